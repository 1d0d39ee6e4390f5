using System.Collections.Frozen;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>What of a language must be known to tell its code from comments and strings, and to read a field of a manifest in it.</summary>
internal sealed record CodeSyntax
{
    private static readonly (string, string)[] Slashes = [("/*", "*/")];

    // Scala's and Gradle's words around a licence.
    private static readonly string[] ScalaWords =
        "Seq List Vector Set Some License url uri new URL URI java net create sbt toURL".Split(' ');

    private static readonly FrozenDictionary<string, CodeSyntax> Languages = new Dictionary<string, CodeSyntax>
    {
        ["gemspec"] = new() { Quotes = ["\"", "'", "`"], SpanLines = true, Hole = "#{", Percent = '%', HasHeredocs = true,
            HasRegexes = true, LineBlocks = [("=begin", "=end")], End = "__END__", Before = ".", After = ["=", "+=", "<<"],
            Words = ["freeze"], HasTables = true },
        ["mix"] = new() { Quotes = ["\"\"\"", "'''", "\"", "'"], SpanLines = true, Hole = "#{", Percent = '~', After = [":"] },
        ["setup"] = new() { Quotes = ["\"\"\"", "'''", "\"", "'"], HasPrefixes = true, After = ["="], KeySign = ":", JoinsTexts = true },
        ["meson"] = new() { Quotes = ["'''", "'"], After = [":"] },
        ["nim"] = new() { Blocks = [("#[", "]#")], Quotes = ["\"\"\"", "\""], After = ["="] },
        ["makefile.pl"] = new() { Quotes = ["\"", "'"], SpanLines = true, HasPerlQuotes = true, HasHeredocs = true, HasRegexes = true,
            IsPod = true, End = "__END__", After = ["=>", ""], KeySign = "=>" },
        ["pkgbuild"] = new() { Quotes = ["\"", "'"], SpanLines = true, Hole = "$", WordSigns = "-.+:/@%", WordsHoldSign = true,
            After = ["="], HasBareTexts = true },
        ["rockspec"] = new() { LineComment = "--", HasLongBrackets = true, Quotes = ["\"", "'"], After = ["=", "("] },
        ["nix"] = new() { Blocks = Slashes, Quotes = ["''", "\""], SpanLines = true, Hole = "${", WordSigns = "-'", After = ["="],
            IsEndedBySemicolon = true, HasBareTexts = true, HasConstants = true, Words = ["with", "lib", "licenses", "pkgs", "stdenv"] },
        ["sbt"] = new() { LineComment = "//", Blocks = Slashes, Nests = true, Quotes = ["\"\"\"", "\""], Hole = "$", HasCharacters = true,
            After = [":=", "+=", "++=", "="], Words = ScalaWords, HasBareTexts = true, HasConstants = true },
        ["gradle"] = new() { LineComment = "//", Blocks = Slashes, Quotes = ["\"\"\"", "'''", "\"", "'"], Hole = "$", After = ["="],
            Words = ["listOf", "set"] },
        ["sdl"] = new() { LineComments = ["//", "#", "--"], Blocks = Slashes, Quotes = ["\"", "`"], After = [""] },
        ["erlang"] = new() { LineComment = "%", Quotes = ["\"", "'"], SpanLines = true, IsErlang = true, After = [","], JoinsTexts = true },
        ["opam"] = new() { Blocks = [("(*", "*)")], Quotes = ["\"\"\"", "\""], SpanLines = true, After = [":"] },
        ["dune"] = new() { LineComment = ";", Blocks = [("#|", "|#")], Quotes = ["\""], SpanLines = true, IsLisp = true, Before = "(",
            WordSigns = "-.+:/", After = [""], HasBareTexts = true },
        ["racket"] = new() { LineComment = ";", Blocks = [("#|", "|#")], Quotes = ["\""], SpanLines = true, IsLisp = true,
            WordSigns = "-.+:/", After = [""], HasBareTexts = true, IsOneText = true },
        ["clojure"] = new() { LineComment = ";", Quotes = ["\""], SpanLines = true, IsLisp = true, WordSigns = "-.+:/", After = [""],
            HasTables = true },
        ["package.swift"] = new(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Opens a comment that ends with the line.</summary>
    public string LineComment { init => LineComments = [value]; }

    /// <inheritdoc cref="LineComment"/>
    public string[] LineComments { get; init; } = ["#"];

    /// <summary>Open and close a comment.</summary>
    public (string Open, string Close)[] Blocks { get; init; } = [];

    /// <summary>Open and close a comment where they begin a line.</summary>
    public (string Open, string Close)[] LineBlocks { get; init; } = [];

    /// <summary>Whether comments nest.</summary>
    public bool Nests { get; init; }

    /// <summary>Open and close a string; longer ones first.</summary>
    public string[] Quotes { get; init; } = [];

    /// <summary>Whether a string goes on behind the end of a line.</summary>
    public bool SpanLines { get; init; }

    /// <summary>What opens code within a string.</summary>
    public string? Hole { get; init; }

    /// <summary>Signs that belong to words.</summary>
    public string WordSigns { get; init; } = "";

    /// <summary>Line behind which nothing is code.</summary>
    public string? End { get; init; }

    /// <summary>Ruby's sign of <c>%w[a b]</c>, Elixir's of <c>~w(a b)</c>.</summary>
    public char Percent { get; init; }

    /// <summary>Whether the sign of a comment is part of a word that it stands in.</summary>
    public bool WordsHoldSign { get; init; }

    /// <summary>Perl's <c>q{}</c>, <c>qw()</c>, <c>s///</c>.</summary>
    public bool HasPerlQuotes { get; init; }

    /// <summary>Texts up to a line that repeats a word.</summary>
    public bool HasHeredocs { get; init; }

    /// <summary>Regular expressions between slashes.</summary>
    public bool HasRegexes { get; init; }

    /// <summary>Perl's documentation, from a line with <c>=</c> to <c>=cut</c>.</summary>
    public bool IsPod { get; init; }

    /// <summary>Letters before a string's sign.</summary>
    public bool HasPrefixes { get; init; }

    /// <summary>Lua's <c>[[text]]</c> and <c>--[[comment]]</c>.</summary>
    public bool HasLongBrackets { get; init; }

    /// <summary>Single characters between the sign <c>'</c>.</summary>
    public bool HasCharacters { get; init; }

    /// <summary>Erlang's <c>$"</c>.</summary>
    public bool IsErlang { get; init; }

    /// <summary>Whether brackets alone bound what belongs together.</summary>
    public bool IsLisp { get; init; }

    /// <summary>Whether a value ends with a semicolon alone.</summary>
    public bool IsEndedBySemicolon { get; init; }

    /// <summary>What must stand before a field, or null.</summary>
    public string? Before { get; init; }

    /// <summary>What stands between a field and its value; empty for nothing.</summary>
    public string[] After { get; init; } = [];

    /// <summary>What stands between a field and its value where the field is a string; empty where it never is.</summary>
    public string KeySign { get; init; } = "";

    /// <summary>Words in a value that say nothing.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>Whether a word may name a licence.</summary>
    public bool HasBareTexts { get; init; }

    /// <summary>Whether such a word is the name of a constant.</summary>
    public bool HasConstants { get; init; }

    /// <summary>Whether a value may be a table with a type, a link, a text.</summary>
    public bool HasTables { get; init; }

    /// <summary>Whether strings side by side are one.</summary>
    public bool JoinsTexts { get; init; }

    /// <summary>Whether all words of a value are one expression.</summary>
    public bool IsOneText { get; init; }

    /// <summary>The syntax of a form of <c>manifests.txt</c>.</summary>
    public static CodeSyntax Of(string form) => Languages[form];
}
