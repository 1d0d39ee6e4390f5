using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Duplicates.Baselines;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Changes;

/// <summary>
/// Finds what a change did to duplicates, from the copies of the changed code in the work tree and at the base. A pair of copies that
/// the base had is no finding; a pair is told at its outermost snippets, from one side.
/// </summary>
internal sealed class ChangeFinder
{
    // An edit makes near copies only if it brings them so much closer: code that was just below the threshold did not become a copy.
    private const double LeastRise = 0.1;

    // In tests, which repeat each other by their nature, near copies must be nearer.
    private const double LeastInTests = 0.85;

    // A twin has what was changed if it has so much of what the edit removed.
    private const double LeastShared = 0.5;

    private readonly ChangedCode _code;
    private readonly CopySearch _search;
    private readonly DuplicateOptions _options;
    private readonly Dictionary<int, List<Copy>> _copies;
    private readonly int[] _changed;

    /// <param name="code">The code of the work tree and of the base.</param>
    /// <param name="search">Finds copies.</param>
    /// <param name="options">Least number of tokens.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public ChangeFinder(ChangedCode code, CopySearch search, DuplicateOptions options, CancellationToken cancellation)
    {
        (_code, _search, _options) = (code, search, options);
        _changed = [.. Enumerable.Range(0, code.NowCount).Where(ordinal => code.States[ordinal] != PlaceState.Unchanged)];
        int[] before = [.. _changed.Select(ordinal => code.Before[ordinal]).Where(static ordinal => ordinal >= 0).Order()];
        _copies = search.Find([.. _changed, .. before], cancellation);
    }

    /// <summary>The findings, ordered by kind and place.</summary>
    public IReadOnlyList<FoundCopy> Find()
    {
        var copies = new List<FoundCopy>();
        var twins = new List<FoundCopy>();
        foreach (var ordinal in _changed.Where(_copies.ContainsKey))
        {
            copies.AddRange(_code.States[ordinal] == PlaceState.New ? Added(ordinal)
                : _code.Namesakes.Contains(ordinal) ? [] : Edited(ordinal));
            twins.AddRange(_code.States[ordinal] == PlaceState.Edited && !_code.Namesakes.Contains(ordinal)
                && Twins(ordinal) is { } twin ? [twin] : []);
        }

        return [.. Joined(Outermost(copies).Concat(Innermost(twins))).OrderBy(static found => found.Kind)
            .ThenBy(static found => found.Ordinal)];
    }

    // What a change brings at several places, or changes at several of them, is told once.
    private static IEnumerable<FoundCopy> Joined(IEnumerable<FoundCopy> found) => found
        .GroupBy(static found => (found.Kind is ChangeKind.Grown ? ChangeKind.New : found.Kind, found.Copies[0].Ordinal,
            found.Copies[0].Kind))
        .Select(static same =>
        {
            var all = same.OrderBy(static found => found.Ordinal).ToList();
            var ordinals = all.Select(static found => found.Ordinal).ToHashSet();
            return all[0] with
            {
                Copies = [.. all.SelectMany(static found => found.Copies).DistinctBy(static copy => copy.Ordinal)
                    .Where(copy => !ordinals.Contains(copy.Ordinal))],
                Also = [.. ordinals.Where(ordinal => ordinal != all[0].Ordinal).Order()],
                Before = all.Min(static found => found.Before),
            };
        });

    /// <summary>Tokens of changed code outside tests, and of those how many lie in some snippets.</summary>
    /// <param name="duplicated">Ordinals of snippets.</param>
    public (long Changed, long Duplicated) Count(IReadOnlyCollection<int> duplicated)
    {
        var (changed, copied, last) = (0L, 0L, -1);
        var facts = _code.Facts;
        foreach (var ordinal in _changed.Where(ordinal => !IsTest(ordinal)
            && (_code.States[ordinal] == PlaceState.New || !facts[ordinal].IsStructure)))
        {
            if (last < 0 || !facts[last].Encloses(facts[ordinal]))
            {
                last = ordinal;
                changed += facts[ordinal].TokenCount;
                copied += duplicated.Any(other => facts[other].Encloses(facts[ordinal])) ? facts[ordinal].TokenCount
                    : duplicated.Where(other => facts[ordinal].Encloses(facts[other])).Sum(other => (long)facts[other].TokenCount);
            }
        }

        return (changed, Math.Min(copied, changed));
    }

    // Of copies that are all new, the first counts as the one that was there.
    private IEnumerable<FoundCopy> Added(int ordinal)
    {
        var all = Now(ordinal).Where(copy => _code.States[copy.Ordinal] != PlaceState.New || copy.Ordinal < ordinal).ToList();
        var known = all.Count(copy => _code.States[copy.Ordinal] != PlaceState.New);
        return all.Count == 0 ? []
            : [new FoundCopy(known > 1 ? ChangeKind.Grown : ChangeKind.New, ordinal, Sorted(ordinal, all), null)];
    }

    private IEnumerable<FoundCopy> Edited(int ordinal)
    {
        var before = _code.Before[ordinal];
        var old = _copies.GetValueOrDefault(before, []).ToDictionary(static copy => copy.Ordinal);
        var (added, closer) = (new List<Copy>(), new List<Copy>());
        var lowest = 1.0;
        foreach (var copy in Now(ordinal).Where(copy => IsTold(ordinal, copy.Ordinal)))
        {
            var other = _code.BaseOf(copy.Ordinal);
            if (old.TryGetValue(other, out var known))
            {
                if (known.Kind == DuplicateKind.Near && copy.Kind != DuplicateKind.Near)
                {
                    closer.Add(copy);
                    lowest = Math.Min(lowest, known.Similarity);
                }
            }
            else if (_search.IsCompared(before) && _search.IsCompared(other) && !WasEqual(before, other)
                && _search.Similarity(before, other) is var similarity
                && (copy.Kind != DuplicateKind.Near || copy.Similarity - similarity >= LeastRise))
            {
                added.Add(copy);
                lowest = Math.Min(lowest, similarity);
            }
        }

        return added.Count > 0 ? [new FoundCopy(ChangeKind.New, ordinal, Sorted(ordinal, [.. added, .. closer]), lowest)]
            : closer.Count > 0 ? [new FoundCopy(ChangeKind.Closer, ordinal, Sorted(ordinal, closer), lowest)] : [];
    }

    // Of many copies not all are known.
    private bool WasEqual(int before, int other) => _code.Facts[before].Renamed == _code.Facts[other].Renamed
        || _code.Facts[before].Exact == _code.Facts[other].Exact;

    // A pair of which both changed is told at the later one; one with new code at the new one.
    private bool IsTold(int ordinal, int other) => _code.States[other] switch
    {
        PlaceState.Unchanged => true,
        PlaceState.Edited => other < ordinal,
        _ => false,
    };

    private FoundCopy? Twins(int ordinal)
    {
        var before = _code.Before[ordinal];
        if (!_copies.TryGetValue(before, out var copies))
        {
            return null;
        }

        // Of an edit of names and literals alone, a copy that has other ones needs nothing.
        var isOfNames = _code.Facts[before].Renamed == _code.Facts[ordinal].Renamed;
        var removed = _search.Shingles(before).Except(_search.Shingles(ordinal)).ToArray();
        var twins = copies.Where(copy => _code.IsUnchanged(copy.Ordinal) && IsTelling(before, copy, renamed: 1)
            && !_code.Facts[ordinal].Encloses(_code.Facts[copy.Ordinal]) && !_code.Facts[copy.Ordinal].Encloses(_code.Facts[ordinal])
            && (copy.Kind != DuplicateKind.Near || !(_code.Facts[ordinal].IsStructure || IsTest(ordinal)))
            && ((copy.Kind == DuplicateKind.Renamed && !isOfNames) || HasMost(_search.Shingles(copy.Ordinal), removed))).ToList();
        return twins.Count == 0 ? null : new FoundCopy(ChangeKind.Twin, ordinal, Sorted(ordinal, twins), null);
    }

    private static bool HasMost(ulong[] set, ulong[] wanted) => wanted.Length > 0
        && wanted.Count(value => Array.BinarySearch(set, value) >= 0) >= LeastShared * wanted.Length;

    private IEnumerable<Copy> Now(int ordinal) => _copies[ordinal].Where(copy => copy.Ordinal < _code.NowCount && IsTelling(ordinal, copy));

    // Weaker evidence must come from more code: setters of options, and tests of one thing, are equal but for names and literals.
    private bool IsTelling(int ordinal, Copy copy, double renamed = 1.4)
    {
        var tokens = Math.Min(_code.Facts[ordinal].TokenCount, _code.Facts[copy.Ordinal].TokenCount);
        return tokens >= _options.MinTokens * copy.Kind switch
        {
            DuplicateKind.Exact => 1,
            _ when IsTest(ordinal) || IsTest(copy.Ordinal) => 4,
            DuplicateKind.Renamed => renamed,
            _ => 1.6,
        } && (copy.Kind != DuplicateKind.Near || copy.Similarity >= LeastInTests || !(IsTest(ordinal) || IsTest(copy.Ordinal)));
    }

    private bool IsTest(int ordinal) => (_code.Facts[ordinal].Traits & SnippetTraits.Test) != 0;

    // The one to keep first: what was there, with the strongest evidence, in the same language and repository, no test.
    private List<Copy> Sorted(int ordinal, IEnumerable<Copy> copies) =>
    [
        .. copies.OrderBy(copy => _code.States[copy.Ordinal] == PlaceState.New)
            .ThenBy(copy => _code.Families[copy.Ordinal] != _code.Families[ordinal])
            .ThenBy(copy => IsTest(copy.Ordinal) != IsTest(ordinal))
            .ThenBy(static copy => copy.Kind).ThenByDescending(static copy => copy.Similarity)
            .ThenBy(copy => _code.Facts[copy.Ordinal].PathDepth).ThenBy(static copy => copy.Ordinal),
    ];

    private IEnumerable<FoundCopy> Outermost(List<FoundCopy> found)
    {
        // An edited class became a copy by what was added to it, which is told there.
        var all = ByFile(found);
        var told = found.Select(outer => _code.Facts[outer.Ordinal].IsStructure && _code.States[outer.Ordinal] == PlaceState.Edited
            ? Without(outer, all, (copy, inner) => IsWithin(inner, outer.Ordinal, copy)) : outer).OfType<FoundCopy>().ToList();
        var left = ByFile(told);
        return told.Select(inner => Without(inner, left, (copy, outer) => IsAround(outer, inner.Ordinal, copy))).OfType<FoundCopy>();
    }

    private IEnumerable<FoundCopy> Innermost(List<FoundCopy> found)
    {
        var all = ByFile(found);
        return found.Select(outer => Without(outer, all, (copy, inner) => IsWithin(inner, outer.Ordinal, copy))).OfType<FoundCopy>();
    }

    private ILookup<int, FoundCopy> ByFile(List<FoundCopy> found) => found.ToLookup(copy => _code.Facts[copy.Ordinal].File);

    private FoundCopy? Without(FoundCopy found, ILookup<int, FoundCopy> all, Func<int, FoundCopy, bool> isTold)
    {
        var own = _code.Facts[found.Ordinal];
        var nested = all[own.File].Where(other => other.Ordinal != found.Ordinal
            && (own.Encloses(_code.Facts[other.Ordinal]) || _code.Facts[other.Ordinal].Encloses(own))).ToList();
        var left = nested.Count == 0 ? found.Copies
            : found.Copies.FindAll(copy => !nested.Exists(other => isTold(copy.Ordinal, other)));
        return left.Count == 0 ? null : found with { Copies = left };
    }

    private bool IsWithin(FoundCopy inner, int ordinal, int copy) => _code.Facts[ordinal].Encloses(_code.Facts[inner.Ordinal])
        && inner.Copies.Exists(other => _code.Facts[copy].Encloses(_code.Facts[other.Ordinal]));

    private bool IsAround(FoundCopy outer, int ordinal, int copy) => _code.Facts[outer.Ordinal].Encloses(_code.Facts[ordinal])
        && outer.Copies.Exists(other => _code.Facts[other.Ordinal].Encloses(_code.Facts[copy]));
}

/// <summary>A finding by ordinals.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Ordinal">The changed snippet.</param>
/// <param name="Copies">The other snippets, the one to keep first.</param>
/// <param name="Before">The lowest similarity before the change, where it rose.</param>
internal sealed record FoundCopy(ChangeKind Kind, int Ordinal, List<Copy> Copies, double? Before)
{
    /// <summary>Ordinals of further snippets of which the same holds, ascending.</summary>
    public IReadOnlyList<int> Also { get; init; } = [];
}

/// <summary>The code of a work tree and the code that the base had in its place.</summary>
internal sealed record ChangedCode
{
    /// <summary>Facts of all snippets of the work tree, then of those of the base that are changed or gone, ordered by file.</summary>
    public required SnippetFacts[] Facts { get; init; }

    /// <summary>Number of snippets of the work tree.</summary>
    public required int NowCount { get; init; }

    /// <summary>What became of each snippet of the work tree.</summary>
    public required PlaceState[] States { get; init; }

    /// <summary>For each snippet of the work tree that was edited, the ordinal of what it was; else -1.</summary>
    public required int[] Before { get; init; }

    /// <summary>
    /// Changed snippets of the work tree that share their name with others of their file: of these, nobody knows which is which.
    /// </summary>
    public required IReadOnlySet<int> Namesakes { get; init; }

    /// <summary>Number of each snippet's language; dialects of one language share it.</summary>
    public required int[] Families { get; init; }

    /// <summary>Whether a snippet is in the work tree as it was at the base.</summary>
    public bool IsUnchanged(int ordinal) => ordinal < NowCount && States[ordinal] == PlaceState.Unchanged;

    /// <summary>What a snippet of the work tree was at the base; -1 for new code.</summary>
    public int BaseOf(int ordinal) => IsUnchanged(ordinal) ? ordinal : Before[ordinal];
}
