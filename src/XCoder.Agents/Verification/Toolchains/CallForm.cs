namespace XCoder.Agents.Verification.Toolchains;

/// <summary>
/// A row of <c>calls.json</c>: how functions of a language are called with given values, and how their results are printed.
/// </summary>
internal sealed record CallForm
{
    /// <summary>Greatest integer that every language holds exactly, even if all its numbers are floating-point: 2⁵³ - 1.</summary>
    public const long Widest = (1L << 53) - 1;

    /// <summary>Values of <see cref="Unit"/>; the third is <c>utf16</c>.</summary>
    public const string Bytes = "byte", Points = "point";

    public required string Language { get; init; }

    /// <summary>
    /// Name of the file in <c>calls</c> that holds the program, with the placeholders <c>{code}</c>, <c>{calls}</c> and <c>{secret}</c>.
    /// </summary>
    public required string Driver { get; init; }

    /// <summary>
    /// Regular expression of a parameter with the groups <c>name</c>, <c>type</c>, <c>default</c> and <c>dims</c> (text after the name that
    /// belongs to the type).
    /// </summary>
    public required string Parameter { get; init; }

    /// <summary>Regular expression of a first parameter that is the object itself; null: the language has none.</summary>
    public string? Receiver { get; init; }

    /// <summary>Regular expression of declarations and decorators of static functions; null: there are none.</summary>
    public string? Static { get; init; }

    /// <summary>Regular expression of signatures that return nothing; null: their calls need no other form.</summary>
    public string? Void { get; init; }

    /// <summary>
    /// Whether an index outside of a list or string gives a value instead of an error. Then a value does not show that the call was meant.
    /// </summary>
    public bool IsLax { get; init; }

    /// <summary>Text that the parser must read before the code, such as an opening tag.</summary>
    public string Opening { get; init; } = "";

    /// <summary>
    /// How a function is named in a call, by its place: <c>free</c>, <c>member</c>, <c>static</c>, <c>loose</c> (a member without its type)
    /// or <c>loose static</c>. Placeholders: <c>{name}</c>, <c>{qualified}</c>, <c>{owner}</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Targets { get; init; }

    /// <summary>
    /// Template of a call with <c>{index}</c>, <c>{target}</c>, <c>{name}</c> and the arguments, either as <c>{literals}</c> or as
    /// <c>{declarations}</c>, <c>{passes}</c> and <c>{shows}</c>.
    /// </summary>
    public required string Call { get; init; }

    /// <summary>Template of a call to a function that returns nothing; null: as <see cref="Call"/>.</summary>
    public string? CallVoid { get; init; }

    /// <summary>Template of the statement that declares an argument.</summary>
    public string Declare { get; init; } = "";

    /// <summary>Template of a passed argument.</summary>
    public string Pass { get; init; } = "a{n}";

    /// <summary>Template of the expression that prints an argument after the call.</summary>
    public string Show { get; init; } = "";

    /// <summary>Separator between printed arguments.</summary>
    public string Separator { get; init; } = ", ";

    /// <summary>
    /// Template of a character in a literal that is not printable ASCII, with <c>{unit}</c> (UTF-16, 4 hexadecimal digits),
    /// <c>{point}</c> (code point, hexadecimal), <c>{point8}</c> (the same with 8 digits), <c>{byte}</c> (UTF-8, hexadecimal) or
    /// <c>{octal}</c> (UTF-8, 3 octal digits).
    /// </summary>
    public required string Escape { get; init; }

    /// <summary>Template of a control character below U+0080 in a literal; null: as <see cref="Escape"/>.</summary>
    public string? Control { get; init; }

    /// <summary>
    /// What lengths and indexes of text count: <c>byte</c> (UTF-8), <c>utf16</c> or <c>point</c> (code points). If two languages count
    /// different units, they may differ for a text of which they count different numbers.
    /// </summary>
    public required string Unit { get; init; }

    /// <summary>ASCII characters that need a backslash, in addition to quotes and the backslash.</summary>
    public string Quoted { get; init; } = "";

    /// <summary>Regular expression of functions around a single literal that leave its value as it is; null: there are none.</summary>
    public string? Wraps { get; init; }

    /// <summary>Regular expression of functions that make a list of their arguments; null: there are none.</summary>
    public string? Lists { get; init; }

    /// <summary>Regular expression, beginning with <c>\G</c>, of what may follow a literal, such as a conversion; null: nothing.</summary>
    public string? After { get; init; }

    /// <summary>Literal for true.</summary>
    public string True { get; init; } = "true";

    /// <summary>Literal for false.</summary>
    public string False { get; init; } = "false";

    /// <summary>Rules for types; the first that matches applies.</summary>
    public required IReadOnlyList<TypeRule> Types { get; init; }

    /// <summary>Code around functions that need a type around them; null: the language has none.</summary>
    public HostRule? Host { get; init; }

    /// <summary>Type parameters and the type that replaces them; null: the language has none.</summary>
    public GenericRule? Generic { get; init; }

    /// <summary>Pairs of a regular expression and a line that must precede code that matches it, such as an import.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Uses { get; init; } = [];

    /// <summary>Pairs of a regular expression and its replacement, for code without its type.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Replace { get; init; } = [];

    /// <summary>Command that builds the program; empty: the same as for tests.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>Regular expression of errors that report an unbound name; null: the compiler reports it.</summary>
    public string? Unbound { get; init; }

    /// <summary>Regular expression of errors that report an overflow; null: there are none.</summary>
    public string? Overflow { get; init; }
}

/// <summary>How type parameters of functions are replaced.</summary>
internal sealed record GenericRule
{
    /// <summary>Regular expression of signatures with type parameters; its group <c>names</c> captures them.</summary>
    public required string Names { get; init; }

    /// <summary>The type that replaces them.</summary>
    public required string As { get; init; }
}

/// <summary>Code around functions that stand without the type they belong to.</summary>
internal sealed record HostRule
{
    /// <summary>Name of the surrounding type.</summary>
    public const string Name = "XCoderHost";

    /// <summary>Regular expression of code that needs it; null: tried for all code that cannot be used without it.</summary>
    public string? When { get; init; }

    /// <summary>Text before the code.</summary>
    public required string Open { get; init; }

    /// <summary>Text after the code.</summary>
    public required string Close { get; init; }
}

/// <summary>How a language writes the values of a type.</summary>
internal sealed record TypeRule
{
    /// <summary>
    /// Regular expression of the type as written in a signature; its group <c>item</c> captures the type of a list's items. Null: for
    /// parameters without a declared type.
    /// </summary>
    public string? Pattern { get; init; }

    /// <summary>
    /// Kind of the type in terms that all languages share: <c>integer</c>, <c>float</c>, <c>number</c>, <c>boolean</c>, <c>text</c>,
    /// <c>character</c>, <c>code</c> (a character as a number), <c>list</c> or <c>any</c>; <c>as item</c> takes the kind of the captured
    /// item type.
    /// </summary>
    public required string Is { get; init; }

    /// <summary>Smallest value of an integer.</summary>
    public long Least { get; init; } = -CallForm.Widest;

    /// <summary>Largest value of an integer.</summary>
    public long Most { get; init; } = CallForm.Widest;

    /// <summary>
    /// Template of a literal with <c>{value}</c>, or <c>{items}</c> for a list; <c>{type}</c> and <c>{item}</c> are the types as written,
    /// <c>{bytes}</c> is the length of a text in UTF-8.
    /// </summary>
    public required string Literal { get; init; }

    /// <summary>Whether a text ends before its first NUL, so that a text with one cannot be passed.</summary>
    public bool Terminated { get; init; }

    /// <summary>Template of the statement that declares the argument <c>a{n}</c> as <c>{literal}</c>; null: the language's.</summary>
    public string? Declare { get; init; }

    /// <summary>Template of a passed argument; null: the language's.</summary>
    public string? Pass { get; init; }

    /// <summary>Template of the expression that prints the argument after the call; null: the language's.</summary>
    public string? Show { get; init; }

    /// <summary>Whether the next argument must be its length.</summary>
    public bool Length { get; init; }
}
