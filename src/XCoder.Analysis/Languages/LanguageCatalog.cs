using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages;

/// <summary>The languages of a manifest, with their grammars and queries, which are loaded on first use. Thread-safe.</summary>
public sealed class LanguageCatalog
{
    private const int GrammarHeadBytes = 4096;

    // Shared by all catalogs: a query takes up to a second to compile, and what is compiled lives as long as the process.
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Language>> Manifests = new();
    private static readonly ConcurrentDictionary<CompilerInput, Lazy<CompiledLanguage>> Compiled = new();

    private readonly string _folder;
    private readonly Dictionary<string, Language> _byId;
    private readonly ConcurrentDictionary<string, Lazy<CompiledLanguage>> _compiled = new();
    private readonly Lazy<string> _repairs;
    private readonly Lazy<string> _containerText;
    private readonly Lazy<IReadOnlyList<Container>> _containers;

    private LanguageCatalog(string folder, IReadOnlyList<Language> languages)
    {
        _folder = folder;
        _repairs = new(() => Text("repairs.json"));
        _containerText = new(() => Text("containers.json"));
        _containers = new(() => ContainerManifest.Parse(ContainerText, languages));
        Languages = languages;
        _byId = languages.ToDictionary(language => language.Id);

        string Text(string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? File.ReadAllText(path) : "";
    }

    /// <summary>The folder of manifest, queries and grammar libraries that ships with the program.</summary>
    public static string DefaultFolder => Native.DefaultFolder;

    /// <summary>Rows of the manifest, in its order.</summary>
    public IReadOnlyList<Language> Languages { get; }

    /// <summary>Opens a folder that holds <c>languages.json</c>, <c>queries/</c> and the grammar libraries.</summary>
    /// <param name="folder">The folder; null for <see cref="DefaultFolder"/>.</param>
    /// <exception cref="InvalidDataException">The manifest is missing or invalid.</exception>
    public static LanguageCatalog Open(string? folder = null)
    {
        folder ??= DefaultFolder;
        Native.LoadFrom(folder);
        var manifest = Path.Combine(folder, "languages.json");
        return File.Exists(manifest)
            ? new LanguageCatalog(folder, Manifests.GetOrAdd(File.ReadAllText(manifest),
                static text => LanguageManifest.Parse(Encoding.UTF8.GetBytes(text))))
            : throw new InvalidDataException($"There is no language manifest at {manifest}. Build again, or reinstall the tool.");
    }

    /// <summary>The language with the given id, or null.</summary>
    public Language? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The language with a name as people write it (<c>C++</c>, <c>Objective-C</c>, <c>Shell</c>), or an id, in any case; or null.
    /// </summary>
    public Language? Named(string name) => Languages.FirstOrDefault(language =>
        language.Aliases.Append(language.Id).Append(language.Name).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Id of the base language of a dialect. For other languages and unknown ids, the id itself.</summary>
    public string FamilyOf(string id) => Find(id)?.DialectOf ?? id;

    /// <summary>Files that hold code in some languages beside other things, such as notebooks: their name, and their endings.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ContainerFiles =>
        Containers.ToDictionary(container => container.Name, container => container.Extensions);

    /// <summary>The text of a language's query file; empty if it has none.</summary>
    public string QueryText(Language language)
    {
        var path = Path.Combine(_folder, "queries", language.Id + ".scm");
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    /// <summary>The text of <c>repairs.json</c>; empty if the folder has none.</summary>
    internal string RepairText => _repairs.Value;

    /// <summary>The text of <c>containers.json</c>; empty if the folder has none.</summary>
    internal string ContainerText => _containerText.Value;

    /// <summary>The kinds of files that hold code of these languages, in the order of their table.</summary>
    /// <exception cref="InvalidDataException">The table is invalid.</exception>
    internal IReadOnlyList<Container> Containers => _containers.Value;

    /// <summary>Path of the language's sample file, or null if it has none.</summary>
    public string? SamplePath(Language language)
    {
        var samples = Path.Combine(_folder, "samples", language.Id);
        return Directory.Exists(samples) ? Directory.EnumerateFiles(samples, "sample.*").FirstOrDefault() : null;
    }

    /// <summary>A text that identifies the build of the language's grammar; empty if it has no grammar library.</summary>
    internal string GrammarBuild(Language language)
    {
        var library = language.Grammar is { } grammar ? new FileInfo(Native.LibraryPath(_folder, grammar.Symbol)) : null;
        if (library is not { Exists: true })
        {
            return "";
        }

        // The head holds the section table and, if the linker writes one, a build id.
        using var stream = library.OpenRead();
        var head = new byte[Math.Min(library.Length, GrammarHeadBytes)];
        stream.ReadExactly(head);
        return $"{library.Length}:{Convert.ToHexStringLower(SHA256.HashData(head))}";
    }

    /// <summary>Loads a grammar without its query, and returns the version of its ABI.</summary>
    /// <exception cref="InvalidDataException">The library or its symbol is missing; the message says where.</exception>
    internal unsafe uint AbiVersion(Language language) => Native.ts_language_abi_version(CompiledLanguage.Open(language, _folder));

    /// <summary>The grammar and compiled query of a language.</summary>
    /// <exception cref="InvalidDataException">The grammar cannot be loaded, or the query is invalid.</exception>
    internal CompiledLanguage Compile(Language language) =>
        _compiled.GetOrAdd(language.Id, _ => new Lazy<CompiledLanguage>(() => Compile(language, QueryText(language)))).Value;

    private CompiledLanguage Compile(Language language, string query)
    {
        var input = new CompilerInput(language, _folder, GrammarBuild(language), query, RepairText);
        try
        {
            return Compiled.GetOrAdd(input,
                static input => new(() => CompiledLanguage.Load(input.Language, input.Folder, input.Query, input.Repairs))).Value;
        }
        catch (InvalidDataException)
        {
            // It may have been for want of memory or file handles.
            Compiled.TryRemove(input, out _);
            throw;
        }
    }

    private readonly record struct CompilerInput(Language Language, string Folder, string Build, string Query, string Repairs);
}

/// <summary>Reads <c>languages.json</c>, the table of languages.</summary>
public static class LanguageManifest
{
    /// <summary>Parses the rows, in order.</summary>
    /// <exception cref="InvalidDataException">The text is not a manifest; the message names the row.</exception>
    public static IReadOnlyList<Language> Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var comments = document.RootElement.TryGetProperty("comments", out var syntaxes)
                ? syntaxes.EnumerateArray().SelectMany(ReadComments).ToDictionary() : [];
            var shared = Tests(document.RootElement);
            var languages = document.RootElement.GetProperty("languages").EnumerateArray().Select(row => Read(row, shared))
                .Select(language => language with { Comments = comments.GetValueOrDefault(language.Id) }).ToList();
            var twice = languages.GroupBy(language => language.Id).FirstOrDefault(group => group.Count() > 1);
            if (twice is not null)
            {
                throw new InvalidDataException($"The language manifest has two rows '{twice.Key}'.");
            }

            // A dialect must name a base language directly: neither chains nor cycles are allowed.
            var whole = languages.Where(language => language.DialectOf is null).Select(language => language.Id).ToHashSet();
            var astray = languages.Find(language => language.DialectOf is { } other && !whole.Contains(other));
            return astray is null ? languages
                : throw new InvalidDataException(
                    $"The language manifest's row '{astray.Id}' is a dialect of '{astray.DialectOf}', which "
                        + $"is not a row or is itself a dialect.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"The language manifest cannot be read: {exception.Message}", exception);
        }
    }

    private static IEnumerable<KeyValuePair<string, CommentSyntax>> ReadComments(JsonElement row)
    {
        var syntax = new CommentSyntax(List(row, "line"),
            row.TryGetProperty("block", out var blocks)
                ? [.. blocks.EnumerateArray().Select(static block => (block[0].GetString()!, block[1].GetString()!))] : [],
            Text(row, "prelude") ?? "");
        return List(row, "languages").Select(id => KeyValuePair.Create(id, syntax));
    }

    private static Language Read(JsonElement row, TestRules shared)
    {
        var id = row.GetProperty("id").GetString()!;
        var own = Tests(row);
        return new Language
        {
            Id = id,
            Name = Text(row, "name") ?? id,
            DialectOf = Text(row, "dialectOf"),
            Parser = Text(row, "parser") ?? "tree-sitter",
            Grammar = row.TryGetProperty("grammar", out var grammar)
                ? new Grammar(Text(grammar, "package")!, Text(grammar, "path")!, Text(grammar, "symbol")!, Text(grammar, "licence")!)
                : null,
            Aliases = List(row, "aliases"),
            Extensions = List(row, "extensions"),
            FileNames = List(row, "fileNames"),
            Interpreters = List(row, "interpreters"),
            Signs = Map(row, "signs"),
            CounterSigns = Map(row, "counterSigns"),
            Separator = Text(row, "separator") ?? ".",
            HasPlainNames = row.TryGetProperty("plainNames", out var plain) && plain.GetBoolean(),
            DocumentationPrefixes = List(row, "documentationPrefixes"),
            Keywords = List(row, "keywords"),
            EndMarker = Text(row, "endMarker"),
            Blanks = List(row, "blanks"),
            Layout = row.TryGetProperty("layout", out var layout) ? Layout(layout) : null,
            Tests = own with { Paths = Either(shared.Paths, own.Paths), Production = Either(shared.Production, own.Production) },
        };
    }

    private static MeaningfulLayout Layout(JsonElement row) => new()
    {
        Nodes = List(row, "nodes"),
        Lone = List(row, "lone"),
        Verbatim = List(row, "verbatim"),
        Breaks = List(row, "breaks"),
        BreaksAfter = List(row, "breaksAfter"),
        BreaksBefore = List(row, "breaksBefore"),
        BreaksWithin = List(row, "breaksWithin"),
        Spaces = List(row, "spaces"),
        SpacesAfter = List(row, "spacesAfter"),
        Gaps = !row.TryGetProperty("gaps", out var gaps) ? [] : [.. gaps.EnumerateArray().Select(gap => new LayoutGap
        {
            Behind = Text(gap, "behind") ?? "",
            After = List(gap, "after"),
            AfterBegins = Text(gap, "afterBegins") ?? "",
            AfterEnds = Text(gap, "afterEnds") ?? "",
            Before = List(gap, "before"),
            BeforeBegins = Text(gap, "beforeBegins") ?? "",
            BeforeEnds = Text(gap, "beforeEnds") ?? "",
            Leading = gap.TryGetProperty("leading", out var leading) && leading.GetBoolean(),
            Lines = gap.TryGetProperty("lines", out var lines) ? lines.GetInt32() : 0,
        })],
        Values = List(row, "values"),
        Comments = List(row, "comments"),
        Signs = Text(row, "signs") ?? "",
        Quoting = Text(row, "quoting"),
        Markup = Text(row, "markup") ?? "",
        LineNumbers = List(row, "lineNumbers"),
    };

    private static TestRules Tests(JsonElement element) => !element.TryGetProperty("tests", out var tests) ? new TestRules() : new TestRules
    {
        Paths = Text(tests, "paths"),
        Production = Text(tests, "production"),
        Names = Text(tests, "names"),
        Asserts = Text(tests, "asserts"),
        Decorators = Text(tests, "decorators"),
        Signatures = Text(tests, "signatures"),
        Calls = Text(tests, "calls"),
    };

    private static string? Either(string? left, string? right) =>
        left is null ? right : right is null ? left : $"(?:{left})|(?:{right})";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Dictionary<string, string> Map(JsonElement row, string name) => row.TryGetProperty(name, out var values)
        ? values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!) : [];

    private static IReadOnlyList<string> List(JsonElement row, string name) =>
        row.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];
}
