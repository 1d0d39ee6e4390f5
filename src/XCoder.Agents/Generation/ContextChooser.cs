using System.Text.Json.Serialization;
using XCoder.Analysis.Store;

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
    public static IReadOnlyList<ContextSnippet> Choose(IReadOnlyList<ContextSnippet> ranked, Func<string, string> family,
        ContextOptions options)
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

    private static char[] Separators(string code) =>
        [.. code.Where(character => !char.IsLetterOrDigit(character) && character != '_').Distinct()];

    private static double Similarity(HashSet<string> a, HashSet<string> b)
    {
        var common = a.Count(b.Contains);
        return a.Count + b.Count == 0 ? 1 : common / (double)(a.Count + b.Count - common);
    }
}

/// <summary>How the context of a seed is found.</summary>
public enum ContextKind
{
    /// <summary>No context.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>By BM25 over the snippets' terms.</summary>
    [JsonStringEnumMemberName("lexical")]
    Lexical,

    /// <summary>By cosine fused with BM25, as <c>neighbours</c> ranks.</summary>
    [JsonStringEnumMemberName("embedding")]
    Embedding,
}

/// <summary>What an agent is shown beside its seed.</summary>
public sealed record ContextOptions
{
    /// <summary>How it is found. Default embedding.</summary>
    public ContextKind Kind { get; init; } = ContextKind.Embedding;

    /// <summary>Most snippets, 1 or more. Default 4.</summary>
    public int Count { get; init; } = 4;

    /// <summary>Most tokens of all of them together, as their parsers count. Default 1,200.</summary>
    public int Budget { get; init; } = 1200;

    /// <summary>Least cosine of a snippet to the seed, in [-1, 1]. Default 0.3; lexical context does not look at it.</summary>
    public double LeastCosine { get; init; } = 0.3;

    /// <summary>Jaccard similarity of token sets from which two snippets count as one. Default 0.7.</summary>
    public double MaxJaccard { get; init; } = 0.7;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Budget, 1);
    }
}

/// <summary>A snippet that may be shown beside a seed.</summary>
/// <param name="Origin">The snippet with its code.</param>
/// <param name="Cosine">Cosine to the seed, in [-1, 1].</param>
internal sealed record ContextSnippet(SnippetOrigin Origin, double Cosine);
