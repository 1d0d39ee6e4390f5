using XCoder.Agents.Dialogue;
using XCoder.Agents.Licences;
using XCoder.Agents.Redaction;
using XCoder.Agents.Rows;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Generation;

/// <summary>Makes rows from what agents wrote. Languages, seeds and lineage always come from the plan, whatever an answer says.</summary>
internal sealed class RowBuilder(SensitiveTextGuard guard, NoticeReader notices, CodeCheck check, Func<string, string> family, string run,
    string chatModel, string promptHash)
{
    private const int Digits = 20;

    /// <summary>Builds the row of a dialogue, and returns the licence notices it needs. The dialogue must have a draft.</summary>
    public (InstructionRow Row, IReadOnlyList<LicenceNotice> Notices) Build(PreparedItem prepared, DialogueResult result,
        DateTimeOffset now)
    {
        var tally = new RedactionTally(guard, prepared.Redactions);
        var draft = result.Draft!;
        var response = Response(prepared.Item.Target, draft, tally);
        var candidates = result.Candidates.Select(candidate => Response(prepared.Item.Target, candidate, tally))
            .Where(candidate => candidate != response).Distinct().ToList();
        var origins = prepared.Context.Select(snippet => snippet.Origin).Prepend(prepared.Seed).ToList();
        var needed = origins.Select(notices.Read).OfType<LicenceNotice>().DistinctBy(notice => notice.Id).ToList();
        var row = new InstructionRow
        {
            Id = "",
            Dataset = prepared.Item.Kind.Dataset,
            Task = prepared.Item.Kind.Tasks[0],
            SourceLanguage = prepared.Item.Seed.Language,
            TargetLanguage = prepared.Item.Target,
            Instruction = tally.Redact(draft.Instruction),
            Response = response,
            Tests = draft.Tests is { } tests ? tally.Redact(tests) : null,
            IndependentTests = result.IndependentTests is { } others ? tally.Redact(others) : null,
            Candidates = [.. candidates.Select(candidate => new RowCandidate(candidate))],
            Seeds = [prepared.Item.Seed.Id],
            Neighbours = [.. prepared.Context.Select(snippet => new RowNeighbour(snippet.Origin.Snippet.Id, Math.Round(snippet.Cosine, 4),
                family(snippet.Origin.Snippet.Language)))],
            Concept = prepared.Item.Seed.Concept,
            Protocol = prepared.Item.Protocol.Name,
            Rounds = result.Rounds,
            Transcript = [.. result.Transcript.Select(turn => turn with { Text = guard.Redact(turn.Text).Text })],
            Drawn = prepared.Task.Draw.Ids.Count > 0 ? prepared.Task.Draw.Ids : null,
            Context = RowNames.Of(prepared.Kind),
            Critique = result.Critique!,
            Verification = check.Verify(prepared.Item.Target, CodeFence.Leading(response)),
            Lineage = [.. origins.Select((origin, i) => Place(origin, i == 0 ? LineageRole.Seed : LineageRole.Context))],
            Licence = SpdxExpression.Join(origins.Select(origin => origin.Licence?.Spdx)),
            Notices = [.. needed.Select(notice => notice.Id)],
            Redactions = tally.Counts,
            Model = chatModel,
            PromptHash = promptHash,
            CreatedAt = now,
        };
        // Another run may write the same text; its row must have another id.
        return (row with { Id = RowId.Hash(RowId.Of(row), run)[..Digits] }, needed);
    }

    private static string Response(string language, Draft draft, RedactionTally tally)
    {
        var (code, explanation) = (tally.Redact(draft.Code), tally.Redact(draft.Explanation));
        return CodeFence.Around(code.TrimEnd('\n'), language) + (explanation.Length > 0 ? "\n\n" + explanation : "");
    }

    private static Lineage Place(SnippetOrigin origin, LineageRole role) => new(
        role, origin.Repository.Name, origin.Repository.Remote, origin.Repository.Commit, origin.Snippet.Path,
        origin.Snippet.Span.StartLine, origin.Snippet.Span.EndLine, origin.Licence?.Spdx, origin.Snippet.Id);
}
