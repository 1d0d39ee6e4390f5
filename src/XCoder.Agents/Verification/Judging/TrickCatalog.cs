using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification.Judging;

/// <summary>One way of an answer to reach the tests that share a process with it; a row of <c>tricks.json</c>.</summary>
/// <remarks>
/// Patterns see the code as tokens, each with one blank behind it; a token at the beginning of a line has a line feed
/// before it, and a tab and a blank where it is indented. <c>{library}</c>, <c>{modules}</c> and <c>{tests}</c> stand for
/// any of these names; <c>{defined}</c> for any name that the tests define and the answer can see.
/// </remarks>
internal sealed record Trick
{
    /// <summary>What it does, for people: completes "the answer …"; <c>{0}</c> is what was found.</summary>
    public required string Name { get; init; }

    /// <summary>Words, separated by blanks, that are the trick wherever they stand outside strings and comments.</summary>
    public string Words { get; init; } = "";

    /// <summary>Patterns over the tokens, each string replaced by a quotation mark.</summary>
    public IReadOnlyList<string> Code { get; init; } = [];

    /// <summary>As <see cref="Code"/>, over the tokens outside every function and structure.</summary>
    public IReadOnlyList<string> Outer { get; init; } = [];

    /// <summary>Patterns over each string and regular expression, quotes included.</summary>
    public IReadOnlyList<string> Strings { get; init; } = [];

    /// <summary>Patterns over the text as it is, comments included.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Patterns over the tokens, strings as they are, whose group <c>name</c> has to be allowed.</summary>
    public IReadOnlyList<string> Find { get; init; } = [];

    /// <summary>Patterns, each for a whole name, of what <see cref="Find"/> may find.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Whether <see cref="Find"/> may also find what the answer defines itself.</summary>
    public bool AllowsOwn { get; init; }

    /// <summary>Whether no function or structure outside all others may have a name of the library.</summary>
    public bool Shadows { get; init; }
}

/// <summary>What may be told of code in one language before it shares a process with tests.</summary>
internal sealed record TrickRow
{
    /// <summary>Language ids.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>What the code begins with for its parser.</summary>
    public string Head { get; init; } = "";

    /// <summary>Pattern of a comment: nothing else may stand between tokens.</summary>
    public required string Comment { get; init; }

    /// <summary>Pattern of what is taken off the front of a name because it does not change it; null: nothing.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// Pattern of the beginning of literals that are texts without quotation marks, such as regular expressions; null: none.
    /// </summary>
    public string? Quotes { get; init; }

    /// <summary>Whether names are the same in upper and lower case.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Whether a token that touches the one before it is marked by <c>~</c> in place of the blank.</summary>
    public bool MarksTouching { get; init; }

    /// <summary>Names of the language's library that tests rely on, separated by blanks.</summary>
    public string Library { get; init; } = "";

    /// <summary>Pattern over the tokens whose group <c>module</c> is a name that stands for a module.</summary>
    public string? Modules { get; init; }

    /// <summary>
    /// Patterns over the tokens of the tests outside functions, whose group <c>name</c> is a name that the answer can see when it runs.
    /// </summary>
    public IReadOnlyList<string> Defined { get; init; } = [];

    /// <summary>
    /// Whether functions see the variables of those that call them: <see cref="Defined"/> then looks within functions, too.
    /// </summary>
    public bool SeesCallers { get; init; }

    /// <summary>The tricks.</summary>
    public required IReadOnlyList<Trick> Tricks { get; init; }

    /// <summary>How answers that are wrong on purpose are made of one, each a kind of wrongness.</summary>
    public IReadOnlyList<Control> Controls { get; init; } = [];
}

/// <summary>How an answer that is wrong on purpose is made.</summary>
internal sealed record Control
{
    /// <summary>
    /// What stands behind the answer for each function: <c>{name}</c>, <c>{qualified}</c> and <c>{owner}</c> are put into it. Null: bodies
    /// are replaced.
    /// </summary>
    public string? Free { get; init; }

    /// <summary>As <see cref="Free"/>, for each method.</summary>
    public string? Member { get; init; }

    /// <summary>As <see cref="Free"/>, for each name outside functions that is given a value, which may be a function.</summary>
    public string? Bound { get; init; }

    /// <summary>As <see cref="Free"/>, once, before the functions.</summary>
    public string Before { get; init; } = "";

    /// <summary>
    /// Pairs of a pattern over a signature and what its body becomes; the first that fits is taken. Groups of the pattern are put into it
    /// as <c>${name}</c>, what stood in the body as <c>{body}</c>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Bodies { get; init; } = [];

    /// <summary>Pairs as in <see cref="Bodies"/>, for functions whose body is an expression behind an arrow.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Arrows { get; init; } = [];
}

/// <summary>The manifest of tricks. A language is a row.</summary>
internal sealed class TrickCatalog
{
    public const string FileName = "tricks.json";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private TrickCatalog(IReadOnlyList<TrickRow> rows) => Rows = rows;

    /// <summary>Rows in the manifest's order.</summary>
    public IReadOnlyList<TrickRow> Rows { get; }

    /// <summary>Reads the manifest.</summary>
    /// <param name="folder">Its folder; null for the one beside the program.</param>
    /// <exception cref="InvalidDataException">There is none, or it cannot be read.</exception>
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

    /// <summary>The row for a language, or null.</summary>
    public TrickRow? Find(string language) => Rows.FirstOrDefault(row => row.Languages.Contains(language));

    private sealed record Manifest(IReadOnlyList<TrickRow> Rows);
}
