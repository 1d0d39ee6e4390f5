using System.Globalization;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>What is usual in a corpus, by language: a line for the agents' profiles.</summary>
internal static partial class StyleFacts
{
    private const int Few = 20;

    /// <summary>A line for each language that has twenty functions or more.</summary>
    /// <param name="snippets">All snippets.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<SnippetBrief> snippets, Func<string, string> family)
    {
        var facts = new Dictionary<string, Facts>();
        foreach (var snippet in snippets.Where(snippet => !snippet.Kind.IsStructure() && !snippet.IsTest))
        {
            var language = family(snippet.Language);
            (facts.TryGetValue(language, out var known) ? known : facts[language] = new Facts()).Add(snippet);
        }

        return facts.Where(pair => pair.Value.Functions >= Few).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    [GeneratedRegex("^[a-z0-9]+(_[a-z0-9]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Snake();

    [GeneratedRegex("^[a-z][a-z0-9]*([A-Z][a-z0-9]*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Camel();

    [GeneratedRegex("^([A-Z][a-z0-9]*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Pascal();

    private sealed class Facts
    {
        // By length, so that a million functions need no more room than a few.
        private readonly SortedDictionary<int, int> _lengths = [];
        private int _documented;
        private int _snake;
        private int _camel;
        private int _pascal;

        public int Functions { get; private set; }

        public void Add(SnippetBrief snippet)
        {
            Functions++;
            _lengths[snippet.Tokens] = _lengths.GetValueOrDefault(snippet.Tokens) + 1;
            _documented += snippet.Documentation is null ? 0 : 1;
            _snake += Snake().IsMatch(snippet.Name) ? 1 : 0;
            _camel += Camel().IsMatch(snippet.Name) ? 1 : 0;
            _pascal += Pascal().IsMatch(snippet.Name) ? 1 : 0;
        }

        public override string ToString()
        {
            var (style, count) = new[] { ("snake_case", _snake), ("camelCase", _camel), ("PascalCase", _pascal) }.MaxBy(item => item.Item2);
            var names = 2 * count >= Functions ? $"function names in {style}; " : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"{names}half of the functions have {Median()} tokens or fewer; {100.0 * _documented / Functions:0} % are documented.");
        }

        private int Median()
        {
            var left = Functions / 2;
            foreach (var (length, count) in _lengths)
            {
                if ((left -= count) < 0)
                {
                    return length;
                }
            }

            return 0;
        }
    }
}
