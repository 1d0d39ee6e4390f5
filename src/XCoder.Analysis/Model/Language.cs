namespace XCoder.Analysis.Model;

/// <summary>A row of the language manifest (<c>grammars/languages.json</c>).</summary>
public sealed record Language
{
    /// <summary>Stable id, for example <c>python</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people, for example <c>Python</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Id of the language that this is a way of writing, or null. Neighbours and duplicates in the two do not cross
    /// languages.
    /// </summary>
    public string? DialectOf { get; init; }

    /// <summary>What parses it: <c>tree-sitter</c> (default) or <c>roslyn</c>.</summary>
    public string Parser { get; init; } = "tree-sitter";

    /// <summary>The grammar, null where no tree-sitter grammar is used.</summary>
    public Grammar? Grammar { get; init; }

    /// <summary>File name endings with the dot, lower case, for example <c>.py</c>.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Whole file names, for example <c>Rakefile</c>.</summary>
    public IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>Interpreters of a <c>#!</c> line, without version digits, for example <c>python</c>.</summary>
    public IReadOnlyList<string> Interpreters { get; init; } = [];

    /// <summary>
    /// For endings shared with other languages: ending → regular expression over the first 16 KiB. A row whose
    /// expression matches takes the file; rows are asked in manifest order, before <see cref="Extensions"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Signs { get; init; } = new Dictionary<string, string>();

    /// <summary>Joins qualified names: <c>.</c> or <c>::</c>.</summary>
    public string Separator { get; init; } = ".";

    /// <summary>
    /// What a documentation comment starts with (<c>/**</c>, <c>///</c>). Empty: every comment directly before a
    /// definition documents it.
    /// </summary>
    public IReadOnlyList<string> DocumentationPrefixes { get; init; } = [];

    /// <summary>Words that the grammar calls identifiers and the language's users keywords (Elixir's <c>def</c>).</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>
    /// Expressions whose groups the parser reads as blanks: macros that the grammar cannot parse without the
    /// preprocessor. Positions, snippets and signatures keep the text; the tokens lack it.
    /// </summary>
    public IReadOnlyList<string> Blanks { get; init; } = [];

    /// <summary>Which snippets are tests.</summary>
    public TestRules Tests { get; init; } = new();

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Where a language's tree-sitter grammar comes from.</summary>
/// <param name="Package">npm package, pinned in <c>grammars/package.json</c>.</param>
/// <param name="Path">Folder of <c>parser.c</c> within the package.</param>
/// <param name="Symbol">Exported function that returns the language.</param>
/// <param name="Licence">SPDX id of the grammar's licence.</param>
public sealed record Grammar(string Package, string Path, string Symbol, string Licence);

/// <summary>
/// How a language marks tests; regular expressions, null for none. A snippet is a test if its file's path, its
/// name or one of its decorators matches, or if a snippet around it is one.
/// </summary>
public sealed record TestRules
{
    /// <summary>Over the path below the repository, <c>/</c>-separated. Adds to the rule for folders every language has.</summary>
    public string? Paths { get; init; }

    /// <summary>Over the bare name of a function or structure.</summary>
    public string? Names { get; init; }

    /// <summary>Over each decorator, annotation or attribute as written.</summary>
    public string? Decorators { get; init; }
}
