using System.Text.Json.Serialization;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>
/// Chooses the context from ranked neighbours: first the best of each language, then the best of the rest. Skips snippets that nearly equal
/// a chosen one or exceed the budget.
/// </summary>
internal static class ContextChooser
{
    /// <summary>Returns the chosen snippets, in order of rank.</summary>
    /// <param name="ranked">The seed's neighbours in other languages, best first.</param>
    /// <param name="family">Returns the language that a dialect belongs to, or the id itself.</param>
    /// <param name="options">Limits of the context.</param>
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

    /// <summary>BM25 over the snippets' terms.</summary>
    [JsonStringEnumMemberName("lexical")]
    Lexical,

    /// <summary>Cosine fused with BM25, as the command <c>neighbours</c> ranks.</summary>
    [JsonStringEnumMemberName("embedding")]
    Embedding,
}

/// <summary>Limits of the context that accompanies a seed.</summary>
public sealed record ContextOptions
{
    /// <summary>How context is found. Default embedding.</summary>
    public ContextKind Kind { get; init; } = ContextKind.Embedding;

    /// <summary>Highest number of snippets, 1 or more. Default 4.</summary>
    public int Count { get; init; } = 4;

    /// <summary>Highest number of tokens over all snippets, as their parsers count them. Default 1,200.</summary>
    public int Budget { get; init; } = 1200;

    /// <summary>Lowest cosine of a snippet to the seed, in [-1, 1]. Default 0.3; lexical context ignores it.</summary>
    public double LeastCosine { get; init; } = 0.3;

    /// <summary>Two snippets count as equal from this Jaccard similarity of their word sets. Default 0.7.</summary>
    public double MaxJaccard { get; init; } = 0.7;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names option, value and bound.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Budget, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastCosine, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastCosine, 1);
    }
}

/// <summary>A snippet that may accompany a seed.</summary>
/// <param name="Origin">The snippet with its code.</param>
/// <param name="Cosine">Cosine to the seed, in [-1, 1].</param>
internal sealed record ContextSnippet(SnippetOrigin Origin, double Cosine);
