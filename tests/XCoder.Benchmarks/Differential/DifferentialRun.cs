using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Text;

namespace XCoder.Benchmarks.Differential;

/// <summary>Differential tests of the translation rows of a workspace: how many run, agree, differ; and how many planted faults are found.</summary>
internal static class DifferentialRun
{
    public static int Run(Arguments arguments)
    {
        var (folder, threads, most, mutants, skip) = (arguments.Require("WORKSPACE"), (int)arguments.Number("threads", 2), (int)arguments.Number("rows", int.MaxValue), (int)arguments.Number("mutants", 0), (int)arguments.Number("skip", 0));
        var (only, output) = (arguments.Text("id"), arguments.Text("output"));
        using var store = GenerationStore.Open(folder);
        var catalog = LanguageCatalog.Open();
        using var tester = new DifferentialTester(catalog, ToolchainCatalog.Open(), CallCatalog.Open(), SandboxCheck.Run(), new DifferentialOptions { IsLenient = arguments.Number("lenient", 0) == 1 });
        using var mutator = new CodeMutator(catalog);
        var gate = new TranslationGate(tester);
        var rows = store.Rows(new RowSelection(null)).Where(TranslationGate.IsFor).Where(row => only is null || row.Id.StartsWith(only, StringComparison.Ordinal)).OrderBy(row => row.Id, StringComparer.Ordinal).Skip(skip).Take(most).ToList();
        using var lines = output is null ? null : new StreamWriter(output);
        var (counts, planted, found, pairs) = (new SortedDictionary<string, int>(), 0, 0, new SortedDictionary<string, int[]>());
        Parallel.ForEach(rows, new ParallelOptions { MaxDegreeOfParallelism = threads }, row =>
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var verdict = gate.Judge(row);
            var seconds = watch.Elapsed.TotalSeconds;
            var (tried, caught, survivors) = (0, 0, new List<string>());
            if (verdict.Outcome == GateOutcome.Passed)
            {
                foreach (var changed in mutator.Mutate(row.TargetLanguage, CodeFence.Find(row.Response, row.TargetLanguage)!).Take(mutants))
                {
                    var judged = tester.Compare((row.SourceLanguage, CodeFence.Find(row.Instruction, row.SourceLanguage)!), (row.TargetLanguage, changed), row.Id);
                    tried += judged.Reason is GateReason.DoesNotRunAlone ? 0 : 1;
                    caught += judged.Outcome == GateOutcome.Failed ? 1 : 0;
                    if (judged.Outcome != GateOutcome.Failed)
                    {
                        survivors.Add(judged.Outcome + ": " + judged.Detail + "\n" + changed);
                    }
                }
            }

            lock (counts)
            {
                var key = verdict.Outcome + (verdict.Outcome == GateOutcome.Passed ? "" : ": " + (verdict.ReasonText ?? RowNames.Of(verdict.Kind)));
                counts[key] = counts.GetValueOrDefault(key) + 1;
                (planted, found) = (planted + tried, found + caught);
                var pair = pairs.TryGetValue($"{row.SourceLanguage} {row.TargetLanguage}", out var known) ? known : pairs[$"{row.SourceLanguage} {row.TargetLanguage}"] = new int[4];
                pair[0]++;
                pair[verdict.Outcome == GateOutcome.Passed ? 1 : verdict.Outcome == GateOutcome.Failed ? 2 : 3]++;
                lines?.WriteLine(JsonSerializer.Serialize(new { row.Id, row.SourceLanguage, row.TargetLanguage, Outcome = verdict.Outcome.ToString(), verdict.Detail, Kind = RowNames.Of(verdict.Kind), Reason = verdict.ReasonText, seconds, tried, caught, survivors, Source = CodeFence.Find(row.Instruction, row.SourceLanguage), Target = row.Response }, RowJson.Options));
                lines?.Flush();
            }
        });
        foreach (var (key, count) in counts)
        {
            Console.WriteLine($"{count,6}  {key}");
        }

        foreach (var (key, count) in pairs)
        {
            Console.WriteLine($"{key}: {count[0]} rows, {count[1]} agree, {count[2]} differ, {count[3]} unknown");
        }

        Console.WriteLine($"{rows.Count} rows; planted faults: {planted}, found {found}");
        return 0;
    }
}
