using System.Runtime.InteropServices;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;
using XCoder.Agents.Storage;

namespace XCoder.Agents.Generation;

/// <summary>
/// Decides what is written next: data sets in turn; of each the language with the fewest rows; in it the emptiest cell of the
/// coverage matrix: fewest rows of concept and language, then (for discussions) what the language lacks before what it has,
/// then the seeds' own order, best first. What it decides depends on what was planned and became of it alone, never on when.
/// </summary>
/// <remarks>The paper's adaptive instruction generation: generation aims at the knowledge gaps across languages.</remarks>
public sealed class Scheduler
{
    private readonly IReadOnlyList<PlannedSeed> _seeds;
    private readonly GenerationOptions _options;
    private readonly IReadOnlyList<string> _languages;
    private readonly Dictionary<(Dataset Dataset, string Language), int> _written = [];
    private readonly Dictionary<(string Concept, string Target), int> _cells = [];
    private readonly Dictionary<(Dataset Dataset, string Seed, string Target), int> _uses = [];
    private readonly Dictionary<(Dataset, string), PriorityQueue<int, Place>> _queues = [];
    private readonly Dictionary<Dataset, int> _planned = [];

    /// <summary>A scheduler at the beginning of a run.</summary>
    /// <param name="seeds">Seeds, best first.</param>
    /// <param name="options">Data sets, languages, protocols.</param>
    public Scheduler(IReadOnlyList<PlannedSeed> seeds, GenerationOptions options)
    {
        (_seeds, _options) = (seeds, options);
        _languages = options.Languages.Count > 0 ? options.Languages : [.. seeds.Select(seed => seed.Language).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The seeds, best first.</summary>
    public IReadOnlyList<PlannedSeed> Seeds => _seeds;

    /// <summary>Languages that responses are written in.</summary>
    public IReadOnlyList<string> Languages => _languages;

    /// <summary>The next rows to write; fewer than asked for where the seeds give no more.</summary>
    /// <param name="count">How many.</param>
    public IReadOnlyList<WorkItem> Plan(int count)
    {
        _queues.Clear();

        // The agents start from seeds of their own: the first epoch discusses only if nothing else is asked for.
        var isFirst = _planned.Count == 0;
        var open = _options.Datasets.Where(dataset => !isFirst || dataset != Dataset.Discussion || _options.Datasets.All(other => other == Dataset.Discussion)).Distinct().ToList();
        var items = new List<WorkItem>();
        while (items.Count < count && open.Count > 0)
        {
            // The one that is furthest behind its share.
            var dataset = open.MinBy(dataset => (double)_planned.GetValueOrDefault(dataset) / _options.Datasets.Count(other => other == dataset));
            if (Next(dataset) is { } item)
            {
                items.Add(item);
            }
            else
            {
                open.Remove(dataset);
            }
        }

        // What was planned counts when it has an outcome.
        foreach (var item in items)
        {
            Count(item.Dataset, item.Seed.Id, item.Seed.Concept, item.Target, -1);
        }

        return items;
    }

    /// <summary>Takes note of what became of a planned row.</summary>
    public void Add(Dataset dataset, string seed, string? concept, string target, bool isAccepted)
    {
        Count(dataset, seed, concept, target, 1);
        if (_options.IsAdaptive && !isAccepted)
        {
            // It was tried, but the cell is as empty as before.
            CollectionsMarshal.GetValueRefOrAddDefault(_cells, Cell(seed, concept, target), out _)--;
        }
    }

    /// <summary>Takes note of epochs that are done.</summary>
    public void Replay(IEnumerable<IReadOnlyList<EpochItem>> epochs, Func<string, Dataset> dataset)
    {
        foreach (var item in epochs.SelectMany(epoch => epoch))
        {
            Add(dataset(item.Dataset), item.Seed, item.Concept, item.Target, item.Outcome == Outcomes.Accept);
        }
    }

    private WorkItem? Next(Dataset dataset)
    {
        foreach (var language in _languages.OrderBy(language => _written.GetValueOrDefault((dataset, language))).ThenBy(language => language, StringComparer.Ordinal))
        {
            var queue = Queue(dataset, language);
            while (queue.TryDequeue(out var seed, out var place))
            {
                var (at, now) = (_seeds[seed], PlaceOf(dataset, language, seed));
                if (now.CompareTo(place) > 0)
                {
                    // Its cell was served meanwhile, from another seed.
                    queue.Enqueue(seed, now);
                    continue;
                }

                var protocol = ProtocolOf(dataset);
                Count(dataset, at.Id, at.Concept, language, 1);
                queue.Enqueue(seed, PlaceOf(dataset, language, seed));
                return new WorkItem(dataset, protocol, at, language);
            }
        }

        return null;
    }

    private Protocol ProtocolOf(Dataset dataset) => dataset switch
    {
        Dataset.Forward => Protocol.Forward,
        Dataset.Reverse => Protocol.Reverse,
        _ => _options.Protocols[_planned.GetValueOrDefault(dataset) % _options.Protocols.Count],
    };

    private PriorityQueue<int, Place> Queue(Dataset dataset, string language)
    {
        if (_queues.TryGetValue((dataset, language), out var known))
        {
            return known;
        }

        var queue = _queues[(dataset, language)] = new PriorityQueue<int, Place>();
        for (var seed = 0; seed < _seeds.Count; seed++)
        {
            // A discussion brings what another language has; the others stay in their own.
            if (dataset == Dataset.Discussion ? _seeds[seed].Language != language : _seeds[seed].Language == language)
            {
                queue.Enqueue(seed, PlaceOf(dataset, language, seed));
            }
        }

        return queue;
    }

    private Place PlaceOf(Dataset dataset, string language, int seed)
    {
        var at = _seeds[seed];
        return new Place(
            _cells.GetValueOrDefault(Cell(at.Id, at.Concept, language)),
            _uses.GetValueOrDefault((dataset, at.Id, language)),
            dataset == Dataset.Discussion && at.Languages.Contains(language) ? 1 : 0,
            seed);
    }

    private void Count(Dataset dataset, string seed, string? concept, string target, int by)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_planned, dataset, out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_written, (dataset, target), out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, Cell(seed, concept, target), out _) += by;
        CollectionsMarshal.GetValueRefOrAddDefault(_uses, (dataset, seed, target), out _) += by;
    }

    // A seed in no concept is a cell of its own.
    private static (string, string) Cell(string seed, string? concept, string target) => (concept ?? seed, target);

    private readonly record struct Place(int Rows, int Uses, int Has, int Order) : IComparable<Place>
    {
        public int CompareTo(Place other) => (Rows, Uses, Has, Order).CompareTo((other.Rows, other.Uses, other.Has, other.Order));
    }
}
