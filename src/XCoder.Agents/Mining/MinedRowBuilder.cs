using XCoder.Agents.Rows;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>Writes a row of the functions it is made of.</summary>
/// <param name="catalog">Languages, to name them.</param>
/// <param name="wordings">Wordings of each task.</param>
/// <param name="seed">Number that the choice of a wording follows from.</param>
internal sealed class MinedRowBuilder(LanguageCatalog catalog, IReadOnlyDictionary<RowTask, IReadOnlyList<Wording>> wordings, int seed)
{
    private const string Prose = "text";

    /// <summary>The row of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="source">What it starts from.</param>
    /// <param name="target">What it ends in; the same where there is no twin.</param>
    /// <param name="examples">Functions that show a style.</param>
    /// <param name="pair">Why source and target are the same, or null.</param>
    /// <param name="concept">Id of the target's concept, or null.</param>
    /// <param name="now">Time of its making.</param>
    public InstructionRow Build(RowTask task, MinedCode source, MinedCode target, IReadOnlyList<MinedCode> examples, PairEvidence? pair, string? concept, DateTimeOffset now)
    {
        var (from, to) = (source.Origin.Snippet, target.Origin.Snippet);
        var wording = Choose(task, from.Id, to.Id);
        var lineage = new List<Lineage> { Place(LineageRole.Seed, source) };
        if (source != target)
        {
            lineage.Add(Place(LineageRole.Twin, target));
        }

        lineage.AddRange(examples.Select(example => Place(LineageRole.Context, example)));
        var says = task.NeedsDocumentation();
        var row = new InstructionRow
        {
            Id = "",
            Dataset = RowKind.Mined.Dataset,
            Task = task,
            SourceLanguage = from.Language,
            TargetLanguage = to.Language,
            Instruction = wording.Render(Values(task, source, target, examples)),
            Response = task == RowTask.Documentation ? target.Description! : Fenced(says ? target.Bare : target.Code, to),
            Seeds = [from.Id],
            Neighbours = pair is null ? [] : [new RowNeighbour(to.Id, pair.Cosine)],
            Concept = concept,
            Protocol = Protocol.Mined.Name,
            Rounds = 0,
            Critique = new RowCritique { Verdict = Verdict.Accept, Scores = new Dictionary<string, double>(), Merits = Merits(task, target, pair) },
            Verification = Verify(task, to),
            Pair = pair,
            Lineage = lineage,
            Licence = LicenceJoin.Join(lineage.Select(place => place.Licence)),
            Redactions = says ? target.Redactions : new Dictionary<string, int>(),
            PromptHash = wording.Hash,
            CreatedAt = now,
        };
        return row with { Id = RowId.Of(row) };
    }

    private Wording Choose(RowTask task, string source, string target)
    {
        var known = wordings[task];
        var hash = RowId.Hash(task.ToString(), source, target, seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return known[(int)(Convert.ToUInt32(hash[..8], 16) % (uint)known.Count)];
    }

    private Dictionary<string, object?> Values(RowTask task, MinedCode source, MinedCode target, IReadOnlyList<MinedCode> examples) => new()
    {
        ["source"] = NameOf(source),
        ["target"] = NameOf(target),
        ["code"] = Fenced(task == RowTask.Documentation ? source.Bare : source.Code, source.Origin.Snippet),
        ["scope"] = Inline(source.Scope),
        ["target_scope"] = Inline(target.Scope),
        ["name"] = Inline(target.Origin.Snippet.Name),
        ["documentation"] = CodeFence.Around(target.Description ?? "", Prose),
        ["signature"] = Fenced(target.Origin.Snippet.Signature, target.Origin.Snippet),
        ["examples"] = string.Join("\n\n", examples.Select(example => Fenced(example.Code, example.Origin.Snippet))),
    };

    private string NameOf(MinedCode code) => catalog.Find(code.Origin.Snippet.Language)?.Name ?? code.Origin.Snippet.Language;

    private static string Fenced(string code, Snippet snippet) => CodeFence.Around(code, snippet.Language);

    // A name stands between backticks within a line.
    private static string Inline(string name) => string.Concat(name.Where(c => !char.IsControl(c) && c != '`'));

    private static Lineage Place(LineageRole role, MinedCode code)
    {
        var (snippet, repository) = (code.Origin.Snippet, code.Origin.Repository);
        return new Lineage(role, snippet.Repository, repository.Remote, repository.Commit, snippet.Path, snippet.Span.StartLine, snippet.Span.EndLine, code.Origin.Licence?.Spdx, snippet.Id);
    }

    private static string[] Merits(RowTask task, MinedCode target, PairEvidence? pair) => pair is null
        ? [$"documented by its author in {target.Description!.Split(' ').Length} words"]
        : [FormattableString.Invariant($"margin {pair.Margin:0.00} at a threshold of {pair.Threshold:0.00}"), .. pair.Signals.Where(signal => signal.Value >= 0.8).Select(signal => FormattableString.Invariant($"{signal.Key} agree: {signal.Value:0.00}")),
            .. task == RowTask.Port ? (string[])["the repository's own code is the answer"] : []];

    private RowVerification Verify(RowTask task, Snippet snippet) => task == RowTask.Documentation
        ? new RowVerification(RowStatus.Unverifiable, [new GateEvidence(GateNames.Parse, GateOutcome.Unknown, GateReason.Prose, Detail: "prose; the code it documents holds no syntax error")])
        : new RowVerification(RowStatus.ParsedOnly, [new GateEvidence(GateNames.Parse, GateOutcome.Passed, GateReason.ParsedInItsFile,
            Detail: $"{catalog.Find(snippet.Language)?.Parser ?? "parser"}, {snippet.Language}: no syntax error in lines {snippet.Span.StartLine} to {snippet.Span.EndLine} of its file")]);
}
