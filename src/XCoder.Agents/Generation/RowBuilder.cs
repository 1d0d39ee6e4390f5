using XCoder.Agents.Dialogue;
using XCoder.Agents.Guarding;
using XCoder.Agents.Rows;
using XCoder.Analysis.Storage;

namespace XCoder.Agents.Generation;

/// <summary>Makes rows of what agents wrote. Languages, seeds and lineage are those that were planned, whatever an answer says.</summary>
internal sealed class RowBuilder(SensitiveTextGuard guard, NoticeReader notices, CodeCheck check, string run, string chatModel, string promptHash)
{
    private const int Digits = 20;

    /// <summary>The row of a dialogue that has one, and the notices it needs.</summary>
    public (InstructionRow Row, IReadOnlyList<LicenceNotice> Notices) Build(PreparedItem prepared, DialogueResult result, DateTimeOffset now)
    {
        var redactions = new SortedDictionary<string, int>(prepared.Redactions.ToDictionary(), StringComparer.Ordinal);
        var draft = result.Draft!;
        var code = Guarded(draft.Code, redactions);
        var explanation = Guarded(draft.Explanation, redactions);
        var origins = prepared.Context.Select(snippet => snippet.Origin).Prepend(prepared.Seed).ToList();
        var needed = origins.Select(notices.Read).OfType<LicenceNotice>().DistinctBy(notice => notice.Id).ToList();
        var row = new InstructionRow
        {
            Id = "",
            Dataset = prepared.Item.Dataset,
            Task = RowTask.Instruction,
            SourceLanguage = prepared.Item.Seed.Language,
            TargetLanguage = prepared.Item.Target,
            Instruction = Guarded(draft.Instruction, redactions),
            Response = CodeText.Fence(prepared.Item.Target, code) + (explanation.Length > 0 ? "\n\n" + explanation : ""),
            Tests = draft.Tests is { } tests ? Guarded(tests, redactions) : null,
            Seeds = [prepared.Item.Seed.Id],
            Neighbours = [.. prepared.Context.Select(snippet => new RowNeighbour(snippet.Origin.Snippet.Id, Math.Round(snippet.Cosine, 4)))],
            Concept = prepared.Item.Seed.Concept,
            Protocol = NameOf(prepared.Item.Protocol),
            Rounds = result.Rounds,
            Transcript = [.. result.Transcript.Select(turn => turn with { Text = guard.Redact(turn.Text).Text })],
            Context = NameOf(prepared.Kind),
            Critique = result.Critique!,
            Verification = check.Verify(prepared.Item.Target, code),
            Lineage = [.. origins.Select((origin, i) => Place(origin, i == 0 ? LineageRole.Seed : LineageRole.Context))],
            Licence = LicencePolicy.Join(origins.Select(origin => origin.Licence?.Spdx)),
            Notices = [.. needed.Select(notice => notice.Id)],
            Redactions = redactions,
            Model = chatModel,
            PromptHash = promptHash,
            CreatedAt = now,
        };
        // Another run may write the same: it is another row there.
        return (row with { Id = RowId.Hash(RowId.Of(row), run)[..Digits] }, needed);
    }

    private static Lineage Place(SnippetOrigin origin, LineageRole role) => new(
        role, origin.Repository.Name, origin.Repository.Remote, origin.Repository.Commit, origin.Snippet.Path, origin.Snippet.Span.StartLine, origin.Snippet.Span.EndLine, origin.Licence?.Spdx, origin.Snippet.Id);

    private static string NameOf<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, RowJson.Options).Trim('"');

    private string Guarded(string text, SortedDictionary<string, int> redactions)
    {
        var redacted = guard.Redact(text);
        foreach (var (kind, count) in redacted.Counts)
        {
            redactions[kind] = redactions.GetValueOrDefault(kind) + count;
        }

        return redacted.Text;
    }
}
