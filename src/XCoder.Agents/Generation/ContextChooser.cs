namespace XCoder.Agents.Generation;

/// <summary>
/// Picks what is shown from ranked neighbours: first the best of each language, then the best of what is left; nothing
/// nearly equal to what is there already, and no more than fits.
/// </summary>
internal static class ContextChooser
{
    /// <summary>The snippets to show, in the order of their rank.</summary>
    /// <param name="ranked">Neighbours of the seed in other languages, best first.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    /// <param name="options">How many.</param>
    public static IReadOnlyList<ContextSnippet> Choose(IReadOnlyList<ContextSnippet> ranked, Func<string, string> family, ContextOptions options)
    {
        options.Validate();
        var usable = ranked.Where(snippet => options.Kind == ContextKind.Lexical || snippet.Cosine >= options.LeastCosine).ToList();
        var words = usable.Select(snippet => Words(snippet.Origin.Code)).ToList();
        var (chosen, left, languages) = (new SortedSet<int>(), options.Budget, new HashSet<string>());
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < usable.Count && chosen.Count < options.Count; i++)
            {
                var snippet = usable[i].Origin.Snippet;
                if (chosen.Contains(i) || snippet.Tokens > left || (pass == 0 && languages.Contains(family(snippet.Language)))
                    || chosen.Any(other => Similarity(words[i], words[other]) >= options.MaxJaccard))
                {
                    continue;
                }

                chosen.Add(i);
                languages.Add(family(snippet.Language));
                left -= snippet.Tokens;
            }
        }

        return [.. chosen.Select(i => usable[i])];
    }

    private static HashSet<string> Words(string code) =>
        [.. code.Split(Separators(code), StringSplitOptions.RemoveEmptyEntries)];

    private static char[] Separators(string code) => [.. code.Where(character => !char.IsLetterOrDigit(character) && character != '_').Distinct()];

    private static double Similarity(HashSet<string> a, HashSet<string> b)
    {
        var common = a.Count(b.Contains);
        return a.Count + b.Count == 0 ? 1 : common / (double)(a.Count + b.Count - common);
    }
}
