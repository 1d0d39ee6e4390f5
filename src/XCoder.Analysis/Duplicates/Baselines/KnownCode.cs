namespace XCoder.Analysis.Duplicates.Baselines;

/// <summary>Tells members of groups that a baseline knows from new ones.</summary>
internal sealed class KnownCode
{
    private readonly (int Found, PlaceState State)[] _matches;
    private readonly int[] _matchOf;
    private readonly IReadOnlyList<CodePlace> _code;
    private readonly Dictionary<CodePlace, List<int>> _groupsAt = [];

    /// <param name="baseline">A baseline that knows its code.</param>
    /// <param name="places">The code of today.</param>
    public KnownCode(DuplicateBaseline baseline, CodePlaces places)
    {
        _code = baseline.Code!;
        var now = new List<CodePlace>();
        _matchOf = new int[places.ByOrdinal.Count];
        for (var ordinal = 0; ordinal < _matchOf.Length; ordinal++)
        {
            _matchOf[ordinal] = now.Count;
            if (places.ByOrdinal[ordinal] is { } place)
            {
                now.Add(place);
            }
        }

        _matches = PlaceMatcher.Match(_code, [.. now, .. places.Files]);
        for (var number = 0; number < baseline.Groups.Count; number++)
        {
            foreach (var place in baseline.Groups[number].Places)
            {
                var at = new CodePlace(place.Repository, place.Path, place.Name, CodePlace.Short(place.Hash));
                (_groupsAt.TryGetValue(at, out var groups) ? groups : _groupsAt[at] = []).Add(number);
            }
        }
    }

    /// <summary>
    /// Numbers of the known groups in which at least so many members of a group were before, most members first.
    /// </summary>
    public IEnumerable<int> GroupsOf(FoundGroup group, int leastShared) => group.Members
        .SelectMany(member => Before(member) is { } place && _groupsAt.TryGetValue(place, out var groups) ? groups : [])
        .CountBy(static number => number)
        .Where(shared => shared.Value >= leastShared)
        .OrderByDescending(static shared => shared.Value).ThenBy(static shared => shared.Key)
        .Select(static shared => shared.Key);

    /// <summary>The members that were not in the group when the baseline was written.</summary>
    public int[] JoinedSince(FoundGroup group, BaselineGroup before)
    {
        var places = before.Places
            .Select(static place => new CodePlace(place.Repository, place.Path, place.Name, CodePlace.Short(place.Hash))).ToHashSet();
        return [.. group.Members.Where(member => Before(member) is not { } place || !places.Contains(place))];
    }

    /// <summary>
    /// The members of a new group that made it one: those that changed more than the one that changed least. All of them if
    /// they changed alike, and none if nothing changed, so that only the search differs.
    /// </summary>
    public int[] NewIn(FoundGroup group)
    {
        var least = group.Members.Min(State);
        int[] changed = [.. group.Members.Where(member => State(member) > least)];
        return changed.Length > 0 || least == PlaceState.Unchanged ? changed : [.. group.Members];
    }

    private PlaceState State(int member) => _matches[_matchOf[member]].State;

    private CodePlace? Before(int member) => _matches[_matchOf[member]].Found is var found and >= 0 ? _code[found] : null;
}
