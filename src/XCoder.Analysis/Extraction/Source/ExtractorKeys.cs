using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>
/// What an extraction depends on besides a file's bytes: version of the extractor, the language's row, query and grammar, and
/// for resolved C# the files of the project folder. A stored file is up to date if its bytes and this key are equal.
/// </summary>
internal sealed class ExtractorKeys(LanguageCatalog catalog)
{
    /// <summary>Raised whenever extraction gives other results for the same input.</summary>
    private const string Version = "1";

    private readonly ConcurrentDictionary<string, string> _keys = new();

    public string Of(Language language) => _keys.GetOrAdd(language.Id, _ => HexHash.Key(
        Version, language.Id, language.Parser, language.Separator, string.Join('\n', language.DocumentationPrefixes),
        language.Tests.Paths ?? "", language.Tests.Names ?? "", language.Tests.Decorators ?? "", catalog.QueryText(language),
        catalog.GrammarBuild(language)));

    /// <summary>Key of a C# file: its language's, and what else its unit holds.</summary>
    public string Of(Language language, string unit) => Of(language) + "/" + unit;
}
