namespace XCoder.Analysis.Duplicates.Baselines;

/// <summary>
/// Tells for each place of today which place of a baseline it was. A place of the baseline is used once, so that of a
/// function and its copy only one is the known one. The evidence, strongest first: same file, name and content; same file
/// and content; same file and name (edited since); same content anywhere (moved or renamed since); same name in a file that
/// others of its functions moved to (renamed and edited since). What is left is new.
/// </summary>
internal sealed class PlaceMatcher
{
    private readonly IReadOnlyList<CodePlace> _before;
    private readonly IReadOnlyList<CodePlace> _now;
    private readonly int[] _found;
    private readonly PlaceState[] _states;
    private readonly bool[] _isUsed;

    private PlaceMatcher(IReadOnlyList<CodePlace> before, IReadOnlyList<CodePlace> now)
    {
        (_before, _now, _isUsed) = (before, now, new bool[before.Count]);
        (_found, _states) = (new int[now.Count], new PlaceState[now.Count]);
        Array.Fill(_found, -1);
        Array.Fill(_states, PlaceState.New);
    }

    /// <summary>Matches the places.</summary>
    /// <param name="before">The places of the baseline.</param>
    /// <param name="now">The places of today, in the order in which copies without other evidence are taken for the known one.</param>
    /// <returns>For each place of today the index of its place in the baseline, or -1, and its state.</returns>
    public static (int Found, PlaceState State)[] Match(IReadOnlyList<CodePlace> before, IReadOnlyList<CodePlace> now)
    {
        var matcher = new PlaceMatcher(Renamed(before, now), now);
        matcher.Pass(PlaceState.Unchanged, static place => place);
        matcher.Pass(PlaceState.Unchanged, static place => place with { Name = place.Name.Length == 0 ? "" : "*" });
        matcher.Pass(PlaceState.Edited, static place => place with { Hash = 0 });
        matcher.Pass(PlaceState.Unchanged, static place => new CodePlace("", "", place.Name.Length == 0 ? "" : "*", place.Hash));
        matcher.FollowFiles();
        return [.. matcher._found.Zip(matcher._states)];
    }

    private void Pass(PlaceState state, Func<CodePlace, CodePlace> key, Func<CodePlace, CodePlace>? keyBefore = null)
    {
        var free = new Dictionary<CodePlace, Queue<int>>();
        for (var i = 0; i < _before.Count; i++)
        {
            if (!_isUsed[i])
            {
                var before = (keyBefore ?? key)(_before[i]);
                (free.TryGetValue(before, out var queue) ? queue : free[before] = new Queue<int>()).Enqueue(i);
            }
        }

        for (var i = 0; i < _now.Count; i++)
        {
            if (_found[i] < 0 && free.TryGetValue(key(_now[i]), out var queue) && queue.TryDequeue(out var known))
            {
                (_found[i], _states[i], _isUsed[known]) = (known, state, true);
            }
        }
    }

    // A file of the baseline that is gone is followed to the new file that holds most of its functions.
    private void FollowFiles()
    {
        var before = _before.Select(File).ToHashSet();
        var now = _now.Select(File).ToHashSet();
        var followed = Enumerable.Range(0, _now.Count)
            .Where(i => _found[i] >= 0)
            .Select(i => (From: File(_before[_found[i]]), To: File(_now[i])))
            .Where(move => !now.Contains(move.From) && !before.Contains(move.To))
            .CountBy(static move => move)
            .OrderByDescending(static move => move.Value)
            .DistinctBy(static move => move.Key.From)
            .ToDictionary(static move => move.Key.From, static move => move.Key.To);
        Pass(PlaceState.Edited, static place => place with { Hash = 0 },
            place => followed.TryGetValue(File(place), out var file) ? file with { Name = place.Name } : default);
    }

    private static CodePlace File(CodePlace place) => place with { Name = "", Hash = 0 };

    // A checkout may lie in a folder of another name: a repository that is gone is taken for the new one that shares most paths.
    private static IReadOnlyList<CodePlace> Renamed(IReadOnlyList<CodePlace> before, IReadOnlyList<CodePlace> now)
    {
        var (old, current) = (Names(before), Names(now));
        var byPath = now.Where(place => !old.Contains(place.Repository)).Select(static place => (place.Path, place.Repository)).Distinct()
            .ToLookup(static place => place.Path, static place => place.Repository);
        var pairs = before.Where(place => !current.Contains(place.Repository)).Select(static place => (place.Path, place.Repository))
            .Distinct()
            .SelectMany(place => byPath[place.Path].Select(to => (From: place.Repository, To: to)))
            .CountBy(static pair => pair)
            .OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key.From, StringComparer.Ordinal)
            .ThenBy(static pair => pair.Key.To, StringComparer.Ordinal);
        var names = new Dictionary<string, string>();
        foreach (var ((from, to), _) in pairs)
        {
            if (!names.ContainsKey(from) && !names.ContainsValue(to))
            {
                names[from] = to;
            }
        }

        return names.Count == 0 ? before
            : [.. before.Select(place => names.TryGetValue(place.Repository, out var name) ? place with { Repository = name } : place)];
    }

    private static HashSet<string> Names(IReadOnlyList<CodePlace> places) => [.. places.Select(static place => place.Repository)];
}

/// <summary>What became of code since a baseline was written, least change first.</summary>
internal enum PlaceState
{
    /// <summary>Its content is in the baseline, perhaps at another place.</summary>
    Unchanged,

    /// <summary>Its place is in the baseline, with other content.</summary>
    Edited,

    /// <summary>The baseline has neither.</summary>
    New,
}
