using XCoder.Analysis.Model;

namespace XCoder.Analysis.Text;

/// <summary>What may have been meant by a name that is not known.</summary>
public static class Suggestion
{
    /// <summary>A sentence with a blank before it, such as <c> Did you mean 'python'?</c>; empty where nothing is near.</summary>
    /// <param name="name">What was given.</param>
    /// <param name="known">What there is.</param>
    public static string For(string name, IEnumerable<string> known)
    {
        var best = known.Distinct().Select(item => (item, Distance: Distance(name, item))).OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.item, StringComparer.Ordinal).FirstOrDefault();
        return best.item is null || best.Distance > Most(name) ? "" : Sentence(best.item);
    }

    /// <summary>
    /// The same of a language, which may have been named as people name it (<c>C++</c>) or by an ending of its files (<c>py</c>).
    /// </summary>
    /// <param name="name">What was given.</param>
    /// <param name="languages">The languages there are.</param>
    public static string ForLanguage(string name, IReadOnlyList<Language> languages) =>
        languages.FirstOrDefault(language => language.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            || language.Id.Equals(name, StringComparison.OrdinalIgnoreCase)
            || language.Extensions.Contains("." + name.TrimStart('.').ToLowerInvariant())) is { } meant
            ? Sentence(meant.Id)
            : For(name.ToLowerInvariant(), languages.Select(language => language.Id));

    private static string Sentence(string item) => $" Did you mean '{item}'?";

    // A third of the name, at least one letter.
    private static int Most(string name) => Math.Max(1, name.Length / 3);

    // Levenshtein's, with neighbours that changed places as one change; a name that only goes on is near.
    private static int Distance(string a, string b)
    {
        if (a.Length >= 3 && b.StartsWith(a, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
