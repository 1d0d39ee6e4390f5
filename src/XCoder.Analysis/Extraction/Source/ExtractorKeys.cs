using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>
/// Computes keys of what an extraction depends on besides the file's bytes: the extractor's version; the language's id,
/// parser, separator, documentation prefixes, test rules, keywords, blanks, end markers and layout; its query, repairs and grammar
/// build; the table of containers; for resolved C#, the files of the project folder. A stored file is up to date if its hash and this
/// key are unchanged.
/// </summary>
internal sealed class ExtractorKeys(LanguageCatalog catalog)
{
    /// <summary>Increase this whenever extraction yields different results for the same input.</summary>
    private const string Version = "5";

    private readonly ConcurrentDictionary<string, string> _keys = new();

    public string Of(Language language) => _keys.GetOrAdd(language.Id, _ => HexHash.Key(
        Version, language.Id, language.Parser, language.Separator, string.Join('\n', language.DocumentationPrefixes),
        language.Tests.ToString(), string.Join('\n', language.Keywords), string.Join('\n', language.Blanks), language.EndMarker ?? "",
        Of(language.Layout),
        catalog.QueryText(language), catalog.RepairText, catalog.ContainerText, catalog.GrammarBuild(language)));

    private static string Of(MeaningfulLayout? layout) => layout is null ? "" : string.Join('\t',
        new[] { layout.Nodes, layout.Lone, layout.Verbatim, layout.Breaks, layout.BreaksAfter, layout.BreaksBefore,
            layout.BreaksWithin, layout.Spaces, layout.SpacesAfter, [.. layout.Gaps.Select(Of)], layout.Values, layout.Comments,
            [layout.Signs, layout.Quoting ?? "", layout.Markup], layout.LineNumbers }
            .Select(list => string.Join('\n', list)));

    private static string Of(LayoutGap gap) => string.Join(' ', [gap.Behind, "-", .. gap.After, "-", gap.AfterBegins, "-", gap.AfterEnds,
        "-", .. gap.Before, "-", gap.BeforeBegins, "-", gap.BeforeEnds, $"{gap.Lines} {gap.Leading}"]);

    /// <summary>Key of a file that may be in several languages; the first alone where there is one.</summary>
    public string Of(IReadOnlyList<Language> candidates) =>
        candidates is [var only] ? Of(only) : HexHash.Key(candidates.Select(Of));

    /// <summary>Key of a C# file: its language's key and the key of its unit.</summary>
    public string Of(Language language, string unit) => Of(language) + "/" + unit;
}
