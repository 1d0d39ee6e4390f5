using System.Buffers.Binary;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Licences;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Redaction;
using XCoder.Agents.Rows;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Generation;

/// <summary>
/// Gathers the content of the prompts for an epoch's rows: seeds, context and agents. Replaces secrets and checks licences.
/// </summary>
internal sealed class ItemPreparer(AgentWorkspace workspace, GenerationOptions options, SensitiveTextGuard guard, LicencePolicy licences,
    TranslationTasks translations, Variety variety) : IDisposable
{
    // Some neighbours have no allowed licence or repeat others, so the search returns more than needed.
    private const int Spare = 5;

    // At this weight BM25 decides, and the cosine only breaks ties.
    private const float Lexical = 100;

    private NeighbourSearch? _search;

    /// <summary>Prepares the rows of an epoch.</summary>
    /// <param name="items">The planned rows.</param>
    /// <param name="state">The run's state before the epoch.</param>
    /// <param name="agent">Returns a language's agent for this epoch.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IReadOnlyList<PreparedItem> Prepare(IReadOnlyList<WorkItem> items, RunState state, Func<string, Agent> agent,
        CancellationToken cancellation)
    {
        // Neighbours of seeds that are held out are not shown, but choose the team: otherwise the held-out rows would have other teams.
        var near = Neighbours(options.Context.Kind == ContextKind.None ? [] : [.. items.Select(item => item.Seed.Row).Distinct()],
            cancellation);
        var origins = workspace.Store.Origins(items.Select(item => item.Seed.Row)
            .Concat(near.Values.SelectMany(list => list.Select(neighbour => neighbour.Snippet)))).ToDictionary(origin => origin.Row);
        var chosen = items.Select(item => Choose(item, near.GetValueOrDefault(item.Seed.Row) ?? [], origins)).ToList();
        var around = SurroundingsReader.Read(workspace.Store, [.. items.Select(item => item.Seed.Row),
            .. chosen.SelectMany(list => list.Select(snippet => snippet.Origin.Row))], licences);
        return [.. items.Select((item, i) => Prepare(item, state.Planned + i, origins[item.Seed.Row], chosen[i], around, agent,
            state.Novelty))];
    }

    /// <inheritdoc/>
    public void Dispose() => _search?.Dispose();

    // The context that a row gets, unless its seed is held out.
    private IReadOnlyList<ContextSnippet> Choose(WorkItem item, IReadOnlyList<Neighbour> near, Dictionary<long, SnippetOrigin> origins)
    {
        var ranked = near.Where(neighbour => origins.ContainsKey(neighbour.Snippet))
            .Select(neighbour => new ContextSnippet(origins[neighbour.Snippet], neighbour.Cosine))
            .Where(snippet => licences.Allows(snippet.Origin.Licence?.Spdx)
                && workspace.Benchmarks.Find(snippet.Origin.Code, snippet.Origin.Snippet.Documentation) is null).ToList();
        if (item.Kind.IsTaskGiven && ranked.Exists(IsInTarget))
        {
            // Who translates can use how the target language does such a thing.
            ranked.RemoveAll(snippet => !IsInTarget(snippet));
        }

        return ContextChooser.Choose(ranked, workspace.Catalog.FamilyOf, options.Context);

        bool IsInTarget(ContextSnippet snippet) => workspace.Catalog.FamilyOf(snippet.Origin.Snippet.Language) == item.Target;
    }

    private PreparedItem Prepare(WorkItem item, int number, SnippetOrigin seed, IReadOnlyList<ContextSnippet> chosen,
        Dictionary<long, CodeSurroundings> around, Func<string, Agent> agent, NoveltyIndex novelty)
    {
        var kind = KindOf(item.Seed);
        var context = kind == ContextKind.None ? [] : chosen;
        var tally = new RedactionTally(guard);
        var team = Team(item, chosen).ToList();
        var agents = (item.Kind.IsDiscussion ? team.Take(options.Agents) : [item.Target]).Select(agent).ToList();
        var task = new DialogueTask
        {
            Protocol = item.Protocol,
            Target = agents[0],
            Agents = agents,
            Tester = team.Skip(1).Select(agent).FirstOrDefault(),
            Concept = tally.Redact(item.Seed.Label),
            Seed = Block(seed, "seed", around, tally),
            Instruction = item.Kind.IsTaskGiven
                ? translations.Render(item.Seed.Id, NameOf(seed), agents[0].Name,
                    CodeFence.Around(tally.Redact(seed.Code).TrimEnd('\n'), seed.Snippet.Language)) : "",
            Draw = item.Kind.IsTaskGiven ? Draw.None : variety.Draw(options.Seed, number),
            Context = string.Join('\n', context.Select((snippet, i) => Block(snippet.Origin, $"context {i + 1}", around, tally))),
            Repositories = [.. context.Select(snippet => snippet.Origin.Repository.Name).Prepend(seed.Repository.Name).Distinct()
                .Order(StringComparer.Ordinal)],
            FindRepeated = instruction =>
                novelty.Find(item.Target, InstructionShingles.Sign(guard.Redact(instruction).Text))?.Sentence,
        };
        return new PreparedItem(item, seed, context, kind, task, tally.Counts);
    }

    // The response's agent comes first, then those of the seed, of the context by rank, and of the concept.
    private IEnumerable<string> Team(WorkItem item, IReadOnlyList<ContextSnippet> context) =>
        new[] { item.Target,
            item.Seed.Language }.Concat(context.Select(snippet => workspace.Catalog.FamilyOf(snippet.Origin.Snippet.Language)))
            .Concat(item.Seed.Languages.Order(StringComparer.Ordinal)).Distinct();

    private string NameOf(SnippetOrigin origin) => workspace.Catalog.Find(origin.Snippet.Language)?.Name ?? origin.Snippet.Language;

    private string Block(SnippetOrigin origin, string role, Dictionary<long, CodeSurroundings> around, RedactionTally tally)
    {
        // Documentation within the code, such as a docstring, is not shown twice.
        var code = Dedented(origin.Code);
        var text = origin.Snippet.Documentation is { Length: > 0 } documentation
            && !code.Contains(documentation.Split('\n')[0].Trim(), StringComparison.Ordinal) ? $"Documentation: {documentation}\n{code}"
            : code;
        var (type, calls, _) = around.GetValueOrDefault(origin.Row) ?? CodeSurroundings.None;
        text = text.TrimEnd('\n') + (type.Length > 0 ? $"\n\nThe type it belongs to, without its other members:\n{type}" : "")
            + (calls.Count > 0 ? $"\n\nFunctions it calls:\n{string.Join('\n', calls)}" : "");
        return DataBlock.OfCode($"{role}, {NameOf(origin)}", tally.Redact(text), origin.Facts);
    }

    // A method's code begins without the indent that its other lines have. Its last line tells that indent where it only closes the code.
    private static string Dedented(string code)
    {
        var lines = code.Split('\n');
        var last = lines[^1].TrimStart(' ', '\t');
        var isClosing = lines.Length > 1 && (last.StartsWith('}') || last.StartsWith("end", StringComparison.Ordinal));
        var indent = isClosing ? lines[^1][..^last.Length] : "";
        return indent.Length == 0 ? code : code.Replace("\n" + indent, "\n", StringComparison.Ordinal);
    }

    private Dictionary<long, IReadOnlyList<Neighbour>> Neighbours(IReadOnlyList<long> seeds, CancellationToken cancellation)
    {
        if (seeds.Count == 0)
        {
            return [];
        }

        _search ??= NeighbourSearch.Open(workspace.Store, workspace.Selection, workspace.Model, workspace.Tokenizer, new NeighbourOptions
        {
            Count = Spare * options.Context.Count,
            CrossLanguage = true,
            LexicalWeight = options.Context.Kind == ContextKind.Lexical ? Lexical : null,
            Threads = options.Threads,
        }, workspace.Catalog, cancellation: cancellation);
        return _search.Of(seeds, cancellation).ToDictionary(found => found.Snippet, found => found.Neighbours);
    }

    // Chosen by a hash of the seed, so that all its rows are held out together.
    private ContextKind KindOf(PlannedSeed seed) =>
        BinaryPrimitives.ReadUInt32BigEndian(Convert.FromHexString(RowId.Hash(
            "hold-out", options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture), seed.Id)[..8]))
            < options.HoldOut * uint.MaxValue
            ? ContextKind.None
            : options.Context.Kind;
}

/// <summary>A planned row with everything that its prompts contain.</summary>
/// <param name="Item">The planned row.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Context">The context that accompanies the seed.</param>
/// <param name="Kind">How the context was found; none for held-out seeds.</param>
/// <param name="Task">The task for the agents.</param>
/// <param name="Redactions">Replacements in seed and context, by kind.</param>
internal sealed record PreparedItem(WorkItem Item, SnippetOrigin Seed, IReadOnlyList<ContextSnippet> Context, ContextKind Kind,
    DialogueTask Task, IReadOnlyDictionary<string, int> Redactions);
