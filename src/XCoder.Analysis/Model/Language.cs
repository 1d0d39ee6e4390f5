namespace XCoder.Analysis.Model;

/// <summary>A row of the language manifest (<c>grammars/languages.json</c>).</summary>
public sealed record Language
{
    /// <summary>Stable id, for example <c>python</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people, for example <c>Python</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Other names that people use for it, as in <c>linguist-language</c>: <c>Shell</c> for Bash.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// Id of the base language if this one is a dialect of it, or null. Neighbours and duplicates between the two do
    /// not count as cross-language.
    /// </summary>
    public string? DialectOf { get; init; }

    /// <summary>The parser to use: <c>tree-sitter</c> (default) or <c>roslyn</c>.</summary>
    public string Parser { get; init; } = "tree-sitter";

    /// <summary>The tree-sitter grammar; null where none is used.</summary>
    public Grammar? Grammar { get; init; }

    /// <summary>
    /// File name endings with the dot, for example <c>.py</c>. A lower-case ending matches any case; one with a capital
    /// (<c>.C</c>) matches only exactly that case.
    /// </summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Whole file names, for example <c>Rakefile</c>.</summary>
    public IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>Interpreters of a <c>#!</c> line, without version digits, for example <c>python</c>.</summary>
    public IReadOnlyList<string> Interpreters { get; init; } = [];

    /// <summary>
    /// Content tests for file endings that several languages share: ending → regular expression over the first 16 KiB,
    /// outside comments and strings. The first row, in manifest order, whose expression matches takes the file;
    /// <see cref="Extensions"/> decides only where none matches.
    /// </summary>
    public IReadOnlyDictionary<string, string> Signs { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The opposite of <see cref="Signs"/>: a file with the ending whose text matches is in another language, unless a sign of
    /// this one matches, too.
    /// </summary>
    public IReadOnlyDictionary<string, string> CounterSigns { get; init; } = new Dictionary<string, string>();

    /// <summary>Separator that joins qualified names: <c>.</c> or <c>::</c>.</summary>
    public string Separator { get; init; } = ".";

    /// <summary>
    /// Whether names may hold dots, colons and other signs, so that nothing of a name is a qualifier (Bash).
    /// </summary>
    public bool HasPlainNames { get; init; }

    /// <summary>
    /// Prefixes that mark a comment as documentation (<c>/**</c>, <c>///</c>). If empty, every comment directly before
    /// a definition documents it.
    /// </summary>
    public IReadOnlyList<string> DocumentationPrefixes { get; init; } = [];

    /// <summary>
    /// Words that the grammar parses as identifiers although the language's users regard them as keywords (Elixir's
    /// <c>def</c>).
    /// </summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>
    /// Regular expressions whose groups are replaced by spaces before parsing: macros that the grammar cannot parse
    /// without the preprocessor. Positions, snippets, signatures and tokens keep the original text.
    /// </summary>
    public IReadOnlyList<string> Blanks { get; init; } = [];

    /// <summary>
    /// Regular expression of the words behind a definition that name its end, blanks before them included; its group is the name.
    /// Null for none.
    /// </summary>
    public string? EndMarker { get; init; }

    /// <summary>How comments are written; null if the manifest does not say.</summary>
    public CommentSyntax? Comments { get; init; }

    /// <summary>Which line ends, indentation and spaces have a meaning; null if tokens say all.</summary>
    public MeaningfulLayout? Layout { get; init; }

    /// <summary>The rules that tell which snippets are tests.</summary>
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

/// <summary>How a language writes comments, for those at the head of a file.</summary>
/// <param name="Line">What begins a comment that ends with its line.</param>
/// <param name="Block">What begins and ends a comment of several lines, or a text at the head that serves as one.</param>
/// <param name="Prelude">
/// Regular expression of lines that may stand before the comment that describes a file, such as <c>&lt;?php</c>; empty for none.
/// </param>
public sealed record CommentSyntax(IReadOnlyList<string> Line, IReadOnlyList<(string Open, string Close)> Block, string Prelude);

/// <summary>
/// Which layout has a meaning in a language. Two snippets with equal tokens are exact duplicates only if they agree in it.
/// </summary>
public sealed record MeaningfulLayout
{
    /// <summary>
    /// The nodes of the grammar that must begin and end at the same tokens: node types whose named children count, or
    /// <c>*</c> for all nodes.
    /// </summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>Node types that do not count where they hold one other alone: a block of one line in Scala.</summary>
    public IReadOnlyList<string> Lone { get; init; } = [];

    /// <summary>Node types in which blanks are text, such as the format of an interpolation.</summary>
    public IReadOnlyList<string> Verbatim { get; init; } = [];

    /// <summary>
    /// Node types behind which it counts whether there is one line end or more: in Scala <c>a size</c> takes an operand from the
    /// next line, but not from the one after a blank line.
    /// </summary>
    public IReadOnlyList<string> Breaks { get; init; } = [];

    /// <summary>
    /// Tokens after which a line end counts unless a closing brace follows, where the grammar does not see it: JavaScript's <c>return</c>.
    /// </summary>
    public IReadOnlyList<string> BreaksAfter { get; init; } = [];

    /// <summary>
    /// Tokens before which a line end counts if an operand precedes and no round or square bracket is open, where the grammar
    /// does not see it.
    /// </summary>
    public IReadOnlyList<string> BreaksBefore { get; init; } = [];

    /// <summary>
    /// Brackets in which every line end counts that no backslash precedes: in Bash it ends the command <c>[</c>, but not <c>[[</c>.
    /// </summary>
    public IReadOnlyList<string> BreaksWithin { get; init; } = [];

    /// <summary>
    /// Tokens for which it counts whether a space separates them from an operand before, and an operator from what follows,
    /// where the grammar does not see it: <c>[a -b]</c> has two elements in Julia.
    /// </summary>
    public IReadOnlyList<string> Spaces { get; init; } = [];

    /// <summary>Like <see cref="Spaces"/>, with no space before the token and one behind it: Swift's <c>a- b</c> is an error.</summary>
    public IReadOnlyList<string> SpacesAfter { get; init; } = [];

    /// <summary>Pairs of tokens between which a blank counts, where the grammar does not see it.</summary>
    public IReadOnlyList<LayoutGap> Gaps { get; init; } = [];

    /// <summary>Keywords that end an operand, such as <c>true</c> and <c>this</c>.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Text that makes a comment more than a comment: Java reads <c>\u000a</c> as a line end there.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>
    /// Characters in a run of blanks that are text: a carriage return in Bash. Before a line end they are none, but for a sign that
    /// joins two lines with no blank on either side, which may join two halves of a word.
    /// </summary>
    public string Signs { get; init; } = "";

    /// <summary>
    /// Regular expression of names: within the round brackets behind one, it counts where blanks are, because the call may
    /// turn its arguments into text.
    /// </summary>
    public string? Quoting { get; init; }

    /// <summary>
    /// Characters behind which, as behind a blank, <c>&lt;</c> and a name begin markup, in which blanks are text; empty if the
    /// language has none, or its grammar knows it.
    /// </summary>
    public string Markup { get; init; } = "";

    /// <summary>
    /// What stands for the number of its line: a token, or several separated by blanks. Of two in one function it counts how many
    /// lines apart they are.
    /// </summary>
    public IReadOnlyList<string> LineNumbers { get; init; } = [];
}

/// <summary>Two tokens beside each other, between which a blank or a line end counts. What is left out holds for every token.</summary>
public sealed record LayoutGap
{
    /// <summary>
    /// Classes of the first token, names of <see cref="TokenClass"/> in lower case, or <c>operand</c> for what may end an operand.
    /// </summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>
    /// Characters of ASCII of which the token before the first one begins with one; empty for all. A range is written <c>a-z</c>.
    /// </summary>
    public string Behind { get; init; } = "";

    /// <summary>Characters of which the first token begins with one.</summary>
    public string AfterBegins { get; init; } = "";

    /// <summary>Characters of which the first token ends with one.</summary>
    public string AfterEnds { get; init; } = "";

    /// <summary>Classes of the second token.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Characters of which the second token begins with one.</summary>
    public string BeforeBegins { get; init; } = "";

    /// <summary>Characters of which the second token ends with one.</summary>
    public string BeforeEnds { get; init; } = "";

    /// <summary>Whether the first token must be the first of its line.</summary>
    public bool Leading { get; init; }

    /// <summary>How many line ends count; 0 where any blank does. None count before a closing brace.</summary>
    public int Lines { get; init; }
}

/// <summary>
/// How a language marks tests, as regular expressions; null for no rule. A snippet is a test if its file's path, its
/// name, one of its decorators, its signature or the call that it is handed to matches, or if an enclosing snippet is a
/// test.
/// </summary>
public sealed record TestRules
{
    /// <summary>
    /// Matched against the path below the repository, <c>/</c>-separated. Holds the rules of all languages too
    /// (<c>tests</c> at the top of the manifest).
    /// </summary>
    public string? Paths { get; init; }

    /// <summary>
    /// Matched against the path: folders of production code (<c>src/main/</c>). What follows the match is not looked at
    /// by <see cref="Paths"/>.
    /// </summary>
    public string? Production { get; init; }

    /// <summary>Matched against the bare name of a function or structure.</summary>
    public string? Names { get; init; }

    /// <summary>Matched against the code of a snippet that <see cref="Names"/> matches; null if the name is enough.</summary>
    public string? Asserts { get; init; }

    /// <summary>Matched against each decorator, annotation or attribute as written.</summary>
    public string? Decorators { get; init; }

    /// <summary>
    /// Matched against the signature of a function, structure or module: the base class of tests, the parameter that
    /// tests have.
    /// </summary>
    public string? Signatures { get; init; }

    /// <summary>
    /// Matched against the name of the call that a function is handed to, without arguments: <c>describe</c>,
    /// <c>it.only</c>, <c>t.Run</c>.
    /// </summary>
    public string? Calls { get; init; }
}
