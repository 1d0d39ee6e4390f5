using System.Runtime.InteropServices;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Generation;

/// <summary>
/// Plans the next rows. Takes the data sets in turn by their shares, for each data set the language with the fewest rows, and for each
/// language seeds that fed the fewest rows, and among them the emptiest cell of the coverage matrix (concept and language). Among equal
/// cells prefers seeds used least, then concepts that
/// the language lacks (if the seed comes from another language), then the order of the seeds. The plan depends only on earlier plans and
/// their outcomes, never on time.
/// </summary>
/// <remarks>The adaptive instruction generation of the Qwen2.5-xCoder paper: it aims at the knowledge gaps between languages.</remarks>
internal sealed class Scheduler
{
    private const int Shuffled = 7;

    private readonly IReadOnlyList<PlannedSeed> _seeds;
    private readonly GenerationOptions _options;
    private readonly IReadOnlyList<string> _languages;
    private readonly Dictionary<(RowKind Kind, string Language), int> _written = [];
    private readonly Dictionary<(string Concept, string Target), int> _cells = [];
    private readonly Dictionary<(RowKind Kind, string Seed, string Target), int> _uses = [];
    private readonly Dictionary<string, int> _fed = [];
    private readonly Dictionary<(RowKind, string), PriorityQueue<int, Place>> _queues = [];
    private readonly Dictionary<RowKind, int> _planned = [];

    /// <summary>Makes the scheduler of a new run.</summary>
    /// <param name="seeds">The seeds, best first.</param>
    /// <param name="options">Kinds, languages and protocols.</param>
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

        // Agents first write from seeds of their own language: the first epoch contains discussions only if nothing else is requested.
        var isFirst = _planned.Count == 0;
        var open = _options.Kinds.Where(kind => !isFirst || !kind.IsDiscussion || _options.Kinds.All(other => other.IsDiscussion))
            .Distinct().ToList();
        var items = new List<WorkItem>();
        while (items.Count < count && open.Count > 0)
        {
            // Take the kind that is furthest behind its share.
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

        // A plan counts only when its outcome is known, so undo the counts.
        foreach (var item in items)
        {
            Count(item.Kind, item.Seed.Id, item.Seed.Concept, item.Target, -1);
        }

        return items;
    }

    /// <summary>Records the outcome of a planned row.</summary>
    public void Add(RowKind kind, string seed, string? concept, string target, bool isAccepted)
    {
        Count(kind, seed, concept, target, 1);
        if (_options.IsAdaptive && !isAccepted)
        {
            // The row counts as tried, but its cell is as empty as before.
            CollectionsMarshal.GetValueRefOrAddDefault(_cells, Cell(seed, concept, target), out _)--;
        }
    }

    /// <summary>Records the outcomes of finished epochs.</summary>
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
                    // Another seed has served the cell since this one was queued.
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
            // Kinds that cross languages take seeds of other languages; the rest take seeds of their own.
            if ((_seeds[seed].Language != language) == kind.Crosses && (_seeds[seed].IsSelfContained || !kind.IsTaskGiven))
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
            _fed.GetValueOrDefault(at.Id) / _options.RowsPerSeed,
            _cells.GetValueOrDefault(Cell(at.Id, at.Concept, language)),
            _uses.GetValueOrDefault((kind, at.Id, language)),
            kind.Crosses && at.Languages.Contains(language) ? 1 : 0,
            OrderOf(seed, language));
    }

    // Agents of different languages begin at different seeds of about the same quality.
    private int OrderOf(int seed, string language) =>
        seed ^ (_languages.TakeWhile(other => other != language).Count() & Shuffled);

    private void Count(RowKind kind, string seed, string? concept, string target, int by)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_planned, kind, out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_written, (kind, target), out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, Cell(seed, concept, target), out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_uses, (kind, seed, target), out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_fed, seed, out _) += by;
    }

    // A seed without a concept forms a cell of its own.
    private static (string, string) Cell(string seed, string? concept, string target) => (concept ?? seed, target);

    private readonly record struct Place(int Fed, int Rows, int Uses, int Has, int Order) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            (Fed, Rows, Uses, Has, Order).CompareTo((other.Fed, other.Rows, other.Uses, other.Has, other.Order));
    }
}

/// <summary>A planned row.</summary>
/// <param name="Kind">Kind of the row.</param>
/// <param name="Protocol">How the row is written.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Use">How often the same row was planned before; each time, the model is asked anew.</param>
internal sealed record WorkItem(RowKind Kind, Protocol Protocol, PlannedSeed Seed, string Target, int Use = 0);

/// <summary>Outcomes of planned rows, as the store names them.</summary>
public static class Outcomes
{
    /// <summary>The row was accepted.</summary>
    public const string Accept = "accept";

    /// <summary>The row was rejected; it is stored with its verdict.</summary>
    public const string Reject = "reject";

    /// <summary>An equal row already existed.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>No row was made; the item's reason says why.</summary>
    public const string Lost = "lost";
}
