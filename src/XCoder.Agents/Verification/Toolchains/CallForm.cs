namespace XCoder.Agents.Verification.Toolchains;

/// <summary>A row of <c>calls.json</c>: how functions of a language are called with given values, and what they give is shown.</summary>
internal sealed record CallForm
{
    /// <summary>Greatest integer that every language holds exactly, also where all numbers are floating-point: 2^53 - 1.</summary>
    public const long Widest = (1L << 53) - 1;

    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>
    /// Name of the file in <c>calls</c> that holds the program: <c>{code}</c>, <c>{calls}</c> and <c>{secret}</c> are put into it.
    /// </summary>
    public required string Driver { get; init; }

    /// <summary>
    /// Regular expression of a parameter, with the groups <c>name</c>, <c>type</c>, <c>default</c>, <c>dims</c> (what follows the name and
    /// belongs to the type).
    /// </summary>
    public required string Parameter { get; init; }

    /// <summary>Regular expression of a first parameter that is the object itself; null: there is none.</summary>
    public string? Receiver { get; init; }

    /// <summary>Regular expression of the text of a function that belongs to a type, not to its values; null: none does.</summary>
    public string? Static { get; init; }

    /// <summary>Regular expression of signatures of functions that give nothing; null: they can be called as all others.</summary>
    public string? Void { get; init; }

    /// <summary>
    /// Whether a place that is not there, in a list or string, gives something and no error: then a value does not say that a call was
    /// meant.
    /// </summary>
    public bool IsLax { get; init; }

    /// <summary>What a parser must read before code.</summary>
    public string Opening { get; init; } = "";

    /// <summary>
    /// How a function is named, by where it stands: <c>free</c>, <c>member</c>, <c>static</c>, <c>loose</c> (a member without its type),
    /// <c>loose static</c>; <c>{name}</c>, <c>{qualified}</c>, <c>{owner}</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Targets { get; init; }

    /// <summary>
    /// A call: <c>{index}</c>, <c>{target}</c>, <c>{name}</c>, and the arguments as <c>{literals}</c>, or as <c>{declarations}</c>,
    /// <c>{passes}</c> and <c>{shows}</c>.
    /// </summary>
    public required string Call { get; init; }

    /// <summary>The same for functions that give nothing.</summary>
    public string? CallVoid { get; init; }

    /// <summary>Statement that declares an argument.</summary>
    public string Declare { get; init; } = "";

    /// <summary>How an argument is passed.</summary>
    public string Pass { get; init; } = "a{n}";

    /// <summary>How an argument is shown after the call.</summary>
    public string Show { get; init; } = "";

    /// <summary>What stands between two that are shown.</summary>
    public string Separator { get; init; } = ", ";

    /// <summary>
    /// How a character beyond ASCII is written: with <c>{unit}</c> (UTF-16), <c>{point}</c>, <c>{byte}</c> (UTF-8, hexadecimal) or
    /// <c>{octal}</c>.
    /// </summary>
    public required string Escape { get; init; }

    /// <summary>ASCII characters that need a backslash beside quotes and backslash.</summary>
    public string Quoted { get; init; } = "";

    /// <summary>The word for true.</summary>
    public string True { get; init; } = "true";

    /// <summary>The word for false.</summary>
    public string False { get; init; } = "false";

    /// <summary>Types, the first that fits is taken.</summary>
    public required IReadOnlyList<TypeRule> Types { get; init; }

    /// <summary>What is put around functions that stand alone; null: nothing.</summary>
    public HostRule? Host { get; init; }

    /// <summary>Names of type parameters and what is put in their place; null: nothing.</summary>
    public GenericRule? Generic { get; init; }

    /// <summary>Pairs of a regular expression and a line that code it matches needs at its beginning.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Uses { get; init; } = [];

    /// <summary>Pairs of a regular expression and what takes its place in code that stands without its type.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Replace { get; init; } = [];

    /// <summary>Command that builds, where it is another than for tests.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>Regular expression of errors that say that a name is not there; null: a compiler says so.</summary>
    public string? Unbound { get; init; }

    /// <summary>Regular expression of errors that say that a number grew too large; null: none does.</summary>
    public string? Overflow { get; init; }
}

/// <summary>Type parameters of functions.</summary>
internal sealed record GenericRule
{
    /// <summary>Regular expression of signatures that have some; its group <c>names</c> holds them.</summary>
    public required string Names { get; init; }

    /// <summary>The type they are taken for.</summary>
    public required string As { get; init; }
}

/// <summary>What is put around functions that stand without the type they belong to.</summary>
internal sealed record HostRule
{
    /// <summary>Name of the type that is put around them.</summary>
    public const string Name = "XCoderHost";

    /// <summary>Regular expression of code that needs it; null: all that stands in no type.</summary>
    public string? When { get; init; }

    /// <summary>Before the code.</summary>
    public required string Open { get; init; }

    /// <summary>After it.</summary>
    public required string Close { get; init; }
}

/// <summary>How a language writes values of a type.</summary>
internal sealed record TypeRule
{
    /// <summary>
    /// Regular expression of the type as a signature spells it; a group <c>item</c> holds the type of a list's items. Null: for values of
    /// parameters without a type.
    /// </summary>
    public string? Pattern { get; init; }

    /// <summary>
    /// What it is in every language: <c>integer</c>, <c>float</c>, <c>number</c>, <c>boolean</c>, <c>text</c>, <c>character</c>,
    /// <c>code</c> (a character as a number), <c>list</c>, <c>any</c>; <c>as item</c>: what its item is.
    /// </summary>
    public required string Is { get; init; }

    /// <summary>Least value of an integer.</summary>
    public long Least { get; init; } = -CallForm.Widest;

    /// <summary>Greatest value of an integer.</summary>
    public long Most { get; init; } = CallForm.Widest;

    /// <summary>
    /// A value, with <c>{value}</c>; of a list with <c>{items}</c>; <c>{type}</c> and <c>{item}</c> are the types as spelled.
    /// </summary>
    public required string Literal { get; init; }

    /// <summary>Statement that declares the argument <c>a{n}</c> as <c>{literal}</c>; null: the language's.</summary>
    public string? Declare { get; init; }

    /// <summary>How it is passed; null: the language's.</summary>
    public string? Pass { get; init; }

    /// <summary>How it is shown after the call; null: the language's.</summary>
    public string? Show { get; init; }

    /// <summary>Whether its length must be passed as the next argument.</summary>
    public bool Length { get; init; }
}
