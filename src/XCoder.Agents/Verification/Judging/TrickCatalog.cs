using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification.Judging;

/// <summary>One way in which an answer can tamper with tests that share its process; a row of <c>tricks.json</c>.</summary>
/// <remarks>Patterns see the code as tokens, each followed by one space. A line feed precedes the first token of a line, followed by a tab
/// and a space if the line is indented. <c>{library}</c>, <c>{modules}</c> and <c>{tests}</c> stand for any of these names;
/// <c>{defined}</c> stands for any name that the tests define and the answer can see.</remarks>
internal sealed record Trick
{
    /// <summary>What the trick does, for people to read: completes "the answer …"; <c>{0}</c> stands for the text found.</summary>
    public required string Name { get; init; }

    /// <summary>Words, separated by spaces, that count as the trick wherever they occur outside strings and comments.</summary>
    public string Words { get; init; } = "";

    /// <summary>Patterns over the tokens, with each string replaced by a quotation mark.</summary>
    public IReadOnlyList<string> Code { get; init; } = [];

    /// <summary>As <see cref="Code"/>, over the tokens outside of all functions and structures.</summary>
    public IReadOnlyList<string> Outer { get; init; } = [];

    /// <summary>Patterns over each string and regular expression, quotes included.</summary>
    public IReadOnlyList<string> Strings { get; init; } = [];

    /// <summary>Patterns over the unchanged text, comments included.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Patterns over the tokens, strings unchanged; a match of the group <c>name</c> that is not allowed is the trick.</summary>
    public IReadOnlyList<string> Find { get; init; } = [];

    /// <summary>Patterns for whole names that <see cref="Find"/> may match.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Whether <see cref="Find"/> may also match names that the answer defines.</summary>
    public bool AllowsOwn { get; init; }

    /// <summary>Whether a top-level function or structure with a name of the library is the trick.</summary>
    public bool Shadows { get; init; }
}

/// <summary>The tricks of one language, or of several, and how control answers are written in it.</summary>
internal sealed record TrickRow
{
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Text that the parser must read before the code, such as an opening tag.</summary>
    public string Head { get; init; } = "";

    /// <summary>Pattern of a comment; between tokens only comments and white space are allowed.</summary>
    public required string Comment { get; init; }

    /// <summary>Pattern of a prefix that the scanner removes from names because it does not change their meaning; null: none.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// Pattern of the beginning of text literals without quotation marks, such as regular expressions; null: there are none.
    /// </summary>
    public string? Quotes { get; init; }

    /// <summary>Whether names ignore upper and lower case.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Whether a token without white space before it is marked by <c>~</c> instead of the space.</summary>
    public bool MarksTouching { get; init; }

    /// <summary>Names of the language's library that tests rely on, separated by spaces.</summary>
    public string Library { get; init; } = "";

    /// <summary>Pattern over the tokens whose group <c>module</c> captures a name that stands for a module.</summary>
    public string? Modules { get; init; }

    /// <summary>
    /// Patterns over the tests' tokens outside of functions whose group <c>name</c> captures a name that the answer can see at run time.
    /// </summary>
    public IReadOnlyList<string> Defined { get; init; } = [];

    /// <summary>Whether functions see the variables of their callers; then <see cref="Defined"/> applies within functions, too.</summary>
    public bool SeesCallers { get; init; }

    /// <summary>The tricks, in the order in which they are looked for.</summary>
    public required IReadOnlyList<Trick> Tricks { get; init; }

    /// <summary>How control answers that are wrong on purpose are written, one entry for each kind of error.</summary>
    public IReadOnlyList<Control> Controls { get; init; } = [];
}

/// <summary>How a control answer is made from an answer.</summary>
internal sealed record Control
{
    /// <summary>
    /// Text that is appended for each free function, with the placeholders <c>{name}</c>, <c>{qualified}</c> and <c>{owner}</c>. Null:
    /// bodies are replaced instead.
    /// </summary>
    public string? Free { get; init; }

    /// <summary>As <see cref="Free"/>, for each method.</summary>
    public string? Member { get; init; }

    /// <summary>As <see cref="Free"/>, for each name outside of functions that is assigned a value, which may be a function.</summary>
    public string? Bound { get; init; }

    /// <summary>Text that is appended once, before that of the functions.</summary>
    public string Before { get; init; } = "";

    /// <summary>
    /// Pairs of a pattern over a signature and the new body; the first match applies. Groups of the pattern are available as
    /// <c>${name}</c>, the old body as <c>{body}</c>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Bodies { get; init; } = [];

    /// <summary>Pairs as in <see cref="Bodies"/>, for functions whose body is an expression after an arrow.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Arrows { get; init; } = [];
}

/// <summary>The manifest of tricks, with one row for each language or group of languages.</summary>
internal sealed class TrickCatalog
{
    public const string FileName = "tricks.json";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private TrickCatalog(IReadOnlyList<TrickRow> rows) => Rows = rows;

    /// <summary>Rows in the manifest's order.</summary>
    public IReadOnlyList<TrickRow> Rows { get; }

    /// <summary>Reads the manifest.</summary>
    /// <param name="folder">Folder of the manifest; null for the one beside the program.</param>
    /// <exception cref="InvalidDataException">The manifest is missing or malformed.</exception>
    public static TrickCatalog Open(string? folder = null)
    {
        var path = Path.Combine(folder ?? LanguageCatalog.DefaultFolder, FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no manifest of tricks at {path}. Build again, or reinstall the tool.");
        }

        try
        {
            return new TrickCatalog(JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Json)!.Rows);
        }
        catch (Exception exception) when (exception is JsonException or RegexParseException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Returns the row of a language, or null if the language has none.</summary>
    public TrickRow? Find(string language) => Rows.FirstOrDefault(row => row.Languages.Contains(language));

    private sealed record Manifest(IReadOnlyList<TrickRow> Rows);
}
