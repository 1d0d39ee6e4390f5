using System.Runtime.InteropServices;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Generation;

/// <summary>
/// Decides what is written next: data sets in turn; of each the language with the fewest rows; in it the emptiest cell of the
/// coverage matrix: fewest rows of concept and language, then (where the seed is of another language) what the language lacks before what
/// it has,
/// then the seeds' own order, best first. What it decides depends on what was planned and became of it alone, never on when.
/// </summary>
/// <remarks>The paper's adaptive instruction generation: generation aims at the knowledge gaps across languages.</remarks>
internal sealed class Scheduler
{
    private readonly IReadOnlyList<PlannedSeed> _seeds;
    private readonly GenerationOptions _options;
    private readonly IReadOnlyList<string> _languages;
    private readonly Dictionary<(RowKind Kind, string Language), int> _written = [];
    private readonly Dictionary<(string Concept, string Target), int> _cells = [];
    private readonly Dictionary<(RowKind Kind, string Seed, string Target), int> _uses = [];
    private readonly Dictionary<(RowKind, string), PriorityQueue<int, Place>> _queues = [];
    private readonly Dictionary<RowKind, int> _planned = [];

    /// <summary>A scheduler at the beginning of a run.</summary>
    /// <param name="seeds">Seeds, best first.</param>
    /// <param name="options">Kinds, languages, protocols.</param>
    public Scheduler(IReadOnlyList<PlannedSeed> seeds, GenerationOptions options)
    {
        (_seeds, _options) = (seeds, options);
        _languages = options.Languages.Count > 0 ? options.Languages
            : [.. seeds.Select(seed => seed.Language).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The seeds, best first.</summary>
    public IReadOnlyList<PlannedSeed> Seeds => _seeds;

    /// <summary>The next rows to write; fewer than asked for where the seeds give no more.</summary>
    /// <param name="count">How many.</param>
    public IReadOnlyList<WorkItem> Plan(int count)
    {
        _queues.Clear();

        // The agents start from seeds of their own: the first epoch discusses only if nothing else is asked for.
        var isFirst = _planned.Count == 0;
        var open = _options.Kinds.Where(kind => !isFirst || !kind.IsDiscussion || _options.Kinds.All(other => other.IsDiscussion))
            .Distinct().ToList();
        var items = new List<WorkItem>();
        while (items.Count < count && open.Count > 0)
        {
            // The one that is furthest behind its share.
            var kind = open.MinBy(kind => (double)_planned.GetValueOrDefault(kind) / _options.Kinds.Count(other => other == kind))!;
            if (Next(kind) is { } item)
            {
                items.Add(item);
            }
            else
            {
                open.Remove(kind);
            }
        }

        // What was planned counts when it has an outcome.
        foreach (var item in items)
        {
            Count(item.Kind, item.Seed.Id, item.Seed.Concept, item.Target, -1);
        }

        return items;
    }

    /// <summary>Takes note of what became of a planned row.</summary>
    public void Add(RowKind kind, string seed, string? concept, string target, bool isAccepted)
    {
        Count(kind, seed, concept, target, 1);
        if (_options.IsAdaptive && !isAccepted)
        {
            // It was tried, but the cell is as empty as before.
            CollectionsMarshal.GetValueRefOrAddDefault(_cells, Cell(seed, concept, target), out _)--;
        }
    }

    /// <summary>Takes note of epochs that are done.</summary>
    public void Replay(IEnumerable<IReadOnlyList<EpochItem>> epochs)
    {
        foreach (var item in epochs.SelectMany(epoch => epoch))
        {
            Add(RowKind.Find(item.Dataset)!, item.Seed, item.Concept, item.Target, item.Outcome == Outcomes.Accept);
        }
    }

    private WorkItem? Next(RowKind kind)
    {
        foreach (var language in _languages.OrderBy(language => _written.GetValueOrDefault((kind, language)))
            .ThenBy(language => language, StringComparer.Ordinal))
        {
            var queue = Queue(kind, language);
            while (queue.TryDequeue(out var seed, out var place))
            {
                var (at, now) = (_seeds[seed], PlaceOf(kind, language, seed));
                if (now.CompareTo(place) > 0)
                {
                    // Its cell was served meanwhile, from another seed.
                    queue.Enqueue(seed, now);
                    continue;
                }

                var (protocol, use) = (ProtocolOf(kind), _uses.GetValueOrDefault((kind, at.Id, language)));
                Count(kind, at.Id, at.Concept, language, 1);
                queue.Enqueue(seed, PlaceOf(kind, language, seed));
                return new WorkItem(kind, protocol, at, language, use);
            }
        }

        return null;
    }

    private Protocol ProtocolOf(RowKind kind) =>
        kind.Protocols is [var only] ? only : _options.Protocols[_planned.GetValueOrDefault(kind) % _options.Protocols.Count];

    private PriorityQueue<int, Place> Queue(RowKind kind, string language)
    {
        if (_queues.TryGetValue((kind, language), out var known))
        {
            return known;
        }

        var queue = _queues[(kind, language)] = new PriorityQueue<int, Place>();
        for (var seed = 0; seed < _seeds.Count; seed++)
        {
            // Some kinds bring what another language has; the others stay in their own.
            if ((_seeds[seed].Language != language) == kind.Crosses)
            {
                queue.Enqueue(seed, PlaceOf(kind, language, seed));
            }
        }

        return queue;
    }

    private Place PlaceOf(RowKind kind, string language, int seed)
    {
        var at = _seeds[seed];
        return new Place(
            _cells.GetValueOrDefault(Cell(at.Id, at.Concept, language)),
            _uses.GetValueOrDefault((kind, at.Id, language)),
            kind.Crosses && at.Languages.Contains(language) ? 1 : 0,
            seed);
    }

    private void Count(RowKind kind, string seed, string? concept, string target, int by)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_planned, kind, out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_written, (kind, target), out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, Cell(seed, concept, target), out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_uses, (kind, seed, target), out _) += by;
    }

    // A seed in no concept is a cell of its own.
    private static (string, string) Cell(string seed, string? concept, string target) => (concept ?? seed, target);

    private readonly record struct Place(int Rows, int Uses, int Has, int Order) : IComparable<Place>
    {
        public int CompareTo(Place other) => (Rows, Uses, Has, Order).CompareTo((other.Rows, other.Uses, other.Has, other.Order));
    }
}

/// <summary>A row to be written.</summary>
/// <param name="Kind">What it is to be.</param>
/// <param name="Protocol">How it is written.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Use">How often the same was planned before: each time the model is asked anew.</param>
internal sealed record WorkItem(RowKind Kind, Protocol Protocol, PlannedSeed Seed, string Target, int Use = 0);

/// <summary>What can become of a planned row, as the store names it.</summary>
public static class Outcomes
{
    /// <summary>It was accepted.</summary>
    public const string Accept = "accept";

    /// <summary>It was rejected; it is kept, marked.</summary>
    public const string Reject = "reject";

    /// <summary>The same row was there already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>No row came of it; the reason says why.</summary>
    public const string Lost = "lost";
}
