using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Agents.Verification.Differential;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Rows;

/// <summary>Rows as an earlier version wrote them, their evidence as sentences: <c>earlier-rows.jsonl</c> is what it stored.</summary>
public class EvidenceMigrationTests
{
    private static readonly byte[][] Earlier = [.. File.ReadLines(Path.Combine(TestPaths.Root, "tests", "XCoder.Tests", "Agents", "Rows", "earlier-rows.jsonl")).Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void Read_EarlierRows_GivesTheirEvidenceAsFields()
    {
        var found = Earlier.Select(json => RowJson.Read(json)).Select(row => new { row.TargetLanguage, row.Verification.Status, row.Verification.Evidence });
        Snapshot.Matches(JsonSerializer.Serialize(found, new JsonSerializerOptions(RowJson.Options) { WriteIndented = true }).ReplaceLineEndings("\n"), "evidence-migrated.json");
    }

    [Fact]
    public void Read_EarlierRows_TheyRenderAsTheyStood()
    {
        foreach (var json in Earlier)
        {
            using var document = JsonDocument.Parse(json);
            var sentences = document.RootElement.GetProperty("verification").GetProperty("evidence").EnumerateArray().Select(line => line.GetString()!).ToList();
            Assert.Equal(sentences.Select(WithoutMessages), RowJson.Read(json).Verification.Evidence.Select(evidence => evidence.Reason is GateReason.Prose or GateReason.ParsedInItsFile ? evidence.Detail : WithoutMessages(evidence.ToString())));
        }
    }

    // The messages of a compiler that is no program of its own stood where now its name does.
    private static string WithoutMessages(string text) => text.StartsWith("compile: ", StringComparison.Ordinal) ? string.Join(':', text.Split(':')[..2]) : text.Replace("does not compile: ", "does not compile; ", StringComparison.Ordinal);

    [Fact]
    public void Write_AnEarlierRow_HoldsFieldsThatReadTheSame()
    {
        foreach (var row in Earlier.Select(json => RowJson.Read(json)))
        {
            var written = RowJson.Write(row);
            using var document = JsonDocument.Parse(written);
            Assert.All(document.RootElement.GetProperty("verification").GetProperty("evidence").EnumerateArray(), evidence => Assert.Equal(JsonValueKind.Object, evidence.ValueKind));
            Assert.Equal(row.Verification.Evidence.Select(evidence => evidence with { IsMigrated = false }), RowJson.Read(written).Verification.Evidence);
            Assert.Equal(row.Id, RowJson.Read(written).Id);
        }
    }

    [Theory]
    [InlineData("tests: failed: They fail.; /usr/bin/python3 -c 'a; b'; TimedOut; 2003 ms", GateReason.TimedOut, "They fail.", "/usr/bin/python3 -c 'a; b'", null, 2003L, null)]
    [InlineData("tests: failed: They fail.; /bin/x; OutOfMemory; 3 ms; killed", GateReason.OutOfMemory, "They fail.", "/bin/x", null, 3L, "killed")]
    [InlineData("independent: failed: It ends before the tests have, in one process with the answer.; /bin/x; exit code 0; 3 ms", GateReason.EndedEarly, "It ends before the tests have, in one process with the answer.", "/bin/x", 0, 3L, null)]
    [InlineData("tests: failed: With its tests it cannot be built, in one process with the answer.; /bin/x; exit code 120; 3 ms; a\nb", GateReason.NotBuilt, "With its tests it cannot be built, in one process with the answer.", "/bin/x", 120, 3L, "a\nb")]
    [InlineData("check: unknown: Go cannot tell; /usr/bin/go vet; Waited; 5 ms", GateReason.Waited, "Go cannot tell", "/usr/bin/go vet", null, 5L, null)]
    [InlineData("tests: unknown: It got too little of a busy machine: after 3 s it had used 0.5 s of processor time.; /bin/x; Waited; 5 ms", GateReason.TooLittleTime, "It got too little of a busy machine: after 3 s it had used 0.5 s of processor time.", "/bin/x", null, 5L, null)]
    [InlineData("mutation: failed: The tests are weak: they pass 2 codes that were changed by a token.", GateReason.WeakTests, "The tests are weak: they pass 2 codes that were changed by a token.", null, null, null, null)]
    [InlineData("tests: failed: x; /bin/x; exit code 99999999999999; 99999999999999999999 ms", null, "x", "/bin/x", null, 0L, null)]
    [InlineData("whatever a stranger says: failed", null, "whatever a stranger says: failed", null, null, null, null)]
    [InlineData("", null, "", null, null, null, null)]
    public void Read_ASentence_IsItsFields(string line, GateReason? reason, string detail, string? command, int? exitCode, long? milliseconds, string? output)
    {
        var found = EvidenceMigration.Read(line);
        Assert.Equal((reason, detail, command, exitCode, milliseconds, output), (found.Reason, found.Detail, found.Command, found.ExitCode, found.Milliseconds, found.Output));
        Assert.Equal(command is null && reason is null, found.Gate == GateNames.Note);
    }

    [Fact]
    public void Read_AFaultThatAGateAdded_IsNamedInEarlierRowsAlone()
    {
        const string Said = "differential: twice(7) gives 14 in python, 49 in ruby.";
        var row = SampleRows.Make(1) with { Critique = new RowCritique { Verdict = Verdict.Reject, Scores = new Dictionary<string, double>(), Faults = ["Too long.", Said] } };
        var written = RowJson.Write(row);
        Assert.Null(RowJson.Read(written).Critique.GateFault);

        var evidence = JsonSerializer.Serialize(row.Verification.Evidence, RowJson.Options);
        var earlier = Encoding.UTF8.GetString(written).Replace(evidence, "[\"differential: failed: twice(7) gives 14 in python, 49 in ruby.\"]", StringComparison.Ordinal);
        Assert.Equal(Said, RowJson.Read(Encoding.UTF8.GetBytes(earlier)).Critique.GateFault);
    }

    [Theory]
    [InlineData(GateOutcome.Passed, Verdict.Accept, false)]
    [InlineData(GateOutcome.Failed, Verdict.Reject, true)]
    public void Join_WhatTheGateOfTranslationsSaidBefore_IsTakenBack(GateOutcome outcome, Verdict verdict, bool isFaulty)
    {
        const string Before = "differential: f(1) gives 1 in python, 2 in ruby.", Now = "differential: f(2) gives 1 in python, 2 in ruby.";
        var critique = new RowCritique { Verdict = Verdict.Reject, Scores = new Dictionary<string, double>(), Faults = [Before], GateFault = Before };
        var joined = TranslationGate.Join(critique, new DifferentialVerdict(outcome, "f(2) gives 1 in python, 2 in ruby."));
        Assert.Equal((verdict, isFaulty ? Now : null), (joined.Verdict, joined.GateFault));
        Assert.Equal(isFaulty ? [Now] : [], joined.Faults);

        // What a critic wrote stays, whatever it begins with.
        Assert.Equal([Before], TranslationGate.Join(critique with { GateFault = null }, new DifferentialVerdict(GateOutcome.Passed, "")).Faults);
    }

    [Fact]
    public void OpenExisting_AnEarlierStore_FindsItsRowsAndKeepsThemVerified()
    {
        using var folder = new TemporaryFolder();
        var rows = Earlier.Select(json => RowJson.Read(json)).ToList();
        SampleRows.Store(folder.Root, rows);
        SqliteConnection.ClearAllPools();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Root, GenerationStore.FileName)}"))
        {
            foreach (var (row, json) in rows.Zip(Earlier))
            {
                Assert.Equal(1, connection.Execute("update row set json = @json where row_id = @Id", new { row.Id, json }));
            }
        }

        using var store = GenerationStore.OpenExisting(folder.Root);
        var found = store.Rows(new RowSelection(null)).ToList();
        Assert.Equal(rows.Select(row => row.Verification.Status), found.Select(row => row.Verification.Status));
        Assert.All(found.Where(row => row.Dataset != RowKind.Mined.Dataset && row.Verification.Evidence.Count > 1), row => Assert.True(row.Verification.WentThroughGates()));
        Assert.DoesNotContain(found.SelectMany(row => row.Verification.Evidence), evidence => evidence.Gate == GateNames.Note);
    }
}
