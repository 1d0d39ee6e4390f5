using System.Collections.Concurrent;
using System.Security.Cryptography;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages;

/// <summary>The languages of a manifest and, loaded at first use, their grammars and queries. Safe for many threads.</summary>
public sealed class LanguageCatalog
{
    private const int GrammarHeadBytes = 4096;

    private readonly string _folder;
    private readonly Dictionary<string, Language> _byId;
    private readonly ConcurrentDictionary<string, Lazy<CompiledLanguage>> _compiled = new();

    private LanguageCatalog(string folder, IReadOnlyList<Language> languages)
    {
        _folder = folder;
        Languages = languages;
        _byId = languages.ToDictionary(language => language.Id);
    }

    /// <summary>The folder of manifest, queries and grammar libraries that stands beside the program.</summary>
    public static string DefaultFolder => Native.DefaultFolder;

    /// <summary>Rows of the manifest, in its order.</summary>
    public IReadOnlyList<Language> Languages { get; }

    /// <summary>Opens a folder that holds <c>languages.json</c>, <c>queries/</c> and the grammar libraries.</summary>
    /// <param name="folder">The folder; null for <see cref="DefaultFolder"/>.</param>
    /// <exception cref="InvalidDataException">There is no manifest, or it cannot be read.</exception>
    public static LanguageCatalog Open(string? folder = null)
    {
        folder ??= DefaultFolder;
        Native.LoadFrom(folder);
        var manifest = Path.Combine(folder, "languages.json");
        return File.Exists(manifest)
            ? new LanguageCatalog(folder, LanguageManifest.Parse(File.ReadAllBytes(manifest)))
            : throw new InvalidDataException($"There is no language manifest at {manifest}. Build again, or reinstall the tool.");
    }

    /// <summary>The language of that id, or null.</summary>
    public Language? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Id of the language that a language is a dialect of, or its own; of an unknown id the id.</summary>
    public string FamilyOf(string id) => Find(id)?.DialectOf ?? id;

    /// <summary>The query file of a language as text; empty where there is none.</summary>
    public string QueryText(Language language)
    {
        var path = Path.Combine(_folder, "queries", language.Id + ".scm");
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    /// <summary>Path of the language's sample file, or null where there is none.</summary>
    public string? SamplePath(Language language)
    {
        var samples = Path.Combine(_folder, "samples", language.Id);
        return Directory.Exists(samples) ? Directory.EnumerateFiles(samples, "sample.*").FirstOrDefault() : null;
    }

    /// <summary>A text that is another one for another build of a language's grammar; empty where it has none.</summary>
    internal string GrammarBuild(Language language)
    {
        var library = language.Grammar is { } grammar ? new FileInfo(Native.LibraryPath(_folder, grammar.Symbol)) : null;
        if (library is not { Exists: true })
        {
            return "";
        }

        // The beginning holds the section table and, where the linker writes one, an identifier of the build.
        using var stream = library.OpenRead();
        var head = new byte[Math.Min(library.Length, GrammarHeadBytes)];
        stream.ReadExactly(head);
        return $"{library.Length}:{Convert.ToHexStringLower(SHA256.HashData(head))}";
    }

    /// <summary>Grammar and query of a language.</summary>
    /// <exception cref="InvalidDataException">The grammar cannot be loaded or the query is wrong.</exception>
    internal CompiledLanguage Compile(Language language) =>
        _compiled.GetOrAdd(language.Id, _ => new Lazy<CompiledLanguage>(() => CompiledLanguage.Load(language, _folder, QueryText(language)))).Value;
}
