namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Groups snippets, or whole files instead, by equal fingerprint. Classes are numbered by their first member. Callables and
/// structures never share a class, and snippets that are too short have none (-1).
/// </summary>
internal sealed class SnippetClasses
{
    private readonly int[] _starts;
    private readonly int[] _members;

    public SnippetClasses(SnippetFacts[] snippets, int minTokens, Func<SnippetFacts, UInt128> fingerprint, bool files = false)
    {
        var classes = new Dictionary<(UInt128, bool), int>(snippets.Length);
        var sizes = new List<int>();
        Of = new int[snippets.Length];
        for (var ordinal = 0; ordinal < snippets.Length; ordinal++)
        {
            ref readonly var snippet = ref snippets[ordinal];
            if (snippet.TokenCount < minTokens || snippet.IsFile != files)
            {
                Of[ordinal] = -1;
                continue;
            }

            var key = (fingerprint(snippet), snippet.IsStructure);
            if (!classes.TryGetValue(key, out var number))
            {
                classes.Add(key, number = sizes.Count);
                sizes.Add(0);
            }

            Of[ordinal] = number;
            sizes[number]++;
        }

        _starts = new int[sizes.Count + 1];
        for (var i = 0; i < sizes.Count; i++)
        {
            _starts[i + 1] = _starts[i] + sizes[i];
        }

        _members = new int[_starts[^1]];
        var next = _starts.AsSpan(0, sizes.Count).ToArray();
        for (var ordinal = 0; ordinal < Of.Length; ordinal++)
        {
            if (Of[ordinal] >= 0)
            {
                _members[next[Of[ordinal]]++] = ordinal;
            }
        }
    }

    /// <summary>Class of each snippet by ordinal, or -1.</summary>
    public int[] Of { get; }

    /// <summary>Number of classes.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Number of snippets in classes.</summary>
    public int MemberCount => _members.Length;

    /// <summary>Ordinals of the snippets in a class, ascending.</summary>
    public ReadOnlySpan<int> Members(int number) => _members.AsSpan(_starts[number].._starts[number + 1]);
}
