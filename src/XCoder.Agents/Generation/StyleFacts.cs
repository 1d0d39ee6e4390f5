using System.Text.RegularExpressions;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>Describes the usual style of a corpus, one line per language, for the agents' prompts.</summary>
internal static partial class StyleFacts
{
    private const int Few = 20;

    /// <summary>Returns a line for each language with at least 20 functions.</summary>
    /// <param name="snippets">All snippets.</param>
    /// <param name="family">Returns the language that a dialect belongs to, or the id itself.</param>
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
        private int _documented;
        private int _snake;
        private int _camel;
        private int _pascal;

        public int Functions { get; private set; }

        public void Add(SnippetBrief snippet)
        {
            Functions++;
            _documented += snippet.Documentation is null ? 0 : 1;
            _snake += Snake().IsMatch(snippet.Name) ? 1 : 0;
            _camel += Camel().IsMatch(snippet.Name) ? 1 : 0;
            _pascal += Pascal().IsMatch(snippet.Name) ? 1 : 0;
        }

        public override string ToString()
        {
            var (style, count) = new[] { ("snake_case", _snake), ("camelCase", _camel), ("PascalCase", _pascal) }.MaxBy(item => item.Item2);
            var names = 2 * count >= Functions ? $"function names in {style}; " : "";
            return names + (2 * _documented >= Functions ? "most functions are documented." : "few functions are documented.");
        }
    }
}
