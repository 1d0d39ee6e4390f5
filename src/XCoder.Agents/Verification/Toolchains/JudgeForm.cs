using System.Text.Json.Serialization;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>
/// A row of <c>judges.json</c>: how the tests of a language run in one process while the answer runs in another, so that only values pass
/// between them. Templates use <c>{name}</c>, <c>{owner}</c>, <c>{key}</c> (the name in requests), <c>{signature}</c>, <c>{return}</c> and
/// <c>{parameters}</c> (names, separated by commas).
/// </summary>
public sealed record JudgeForm
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>File in <c>judges</c> with the sections <c>common</c>, <c>answer</c> and <c>judge</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>Text that the parser must read before the code, such as an opening tag.</summary>
    public string Opening { get; init; } = "";

    /// <summary>
    /// Regular expression of a declaration in an answer that applies to its whole file and so to the tests, such as strict typing.
    /// The declaration is repeated before the tests. Null: there is none.
    /// </summary>
    public string? Shared { get; init; }

    /// <summary>
    /// Templates of the stubs in the tests' process, by the function's place: <c>free</c>, <c>static</c> or <c>member</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Stubs { get; init; }

    /// <summary>The same for functions that return nothing, if the language needs other stubs for them.</summary>
    public IReadOnlyDictionary<string, string> VoidStubs { get; init; } = new Dictionary<string, string>();

    /// <summary>Regular expression of signatures that return nothing; null: <see cref="Stubs"/> serves them, too.</summary>
    public string? Void { get; init; }

    /// <summary>
    /// Template around the stubs of a type, with <c>{owner}</c> and <c>{stubs}</c>; null: functions of types are not called.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The same if all stubs of the type are <c>static</c>; null: as <see cref="Owner"/>.</summary>
    public string? StaticOwner { get; init; }

    /// <summary>
    /// Rules for <c>{each}</c>; the first that matches a parameter's type fills it in, and a parameter without a match adds nothing.
    /// </summary>
    public IReadOnlyList<JudgedParameterForm> Parameters { get; init; } = [];

    /// <summary>
    /// Regular expression of a parameter (type, space, name) that holds the length of the array before it, for languages that pass arrays
    /// without their length; null: the language does not.
    /// </summary>
    public string? Length { get; init; }

    /// <summary>Templates by which the answer's process finds a function, by its place.</summary>
    public required IReadOnlyDictionary<string, string> Entries { get; init; }

    /// <summary>The same for functions that return nothing, if the language needs other entries for them.</summary>
    public IReadOnlyDictionary<string, string> VoidEntries { get; init; } = new Dictionary<string, string>();

    /// <summary>Separator between entries.</summary>
    public string Separator { get; init; } = "\n";

    /// <summary>Regular expression of declarations and decorators of static functions; null: there are none.</summary>
    public string? Static { get; init; }

    /// <summary>Regular expression of a first parameter that is the object itself; null: the language has none.</summary>
    public string? Receiver { get; init; }

    /// <summary>Regular expression of types with state between calls; their functions are not called from another process.</summary>
    public string? Stateful { get; init; }

    /// <summary>The same for the text of a type without its functions, which shows its fields.</summary>
    public string? Fields { get; init; }

    /// <summary>
    /// Regular expression of signatures that cannot be called from another process, for example with type parameters or callbacks; null:
    /// all can.
    /// </summary>
    public string? Unfit { get; init; }

    /// <summary>
    /// Regular expression of names of the language or its library. An answer that declares one could replace what the tests mean by it.
    /// </summary>
    public string? Reserved { get; init; }

    /// <summary>
    /// Regular expression of a signature with the groups <c>return</c> and <c>list</c> (the parameters). It must not match text that the
    /// tests' process would execute. Null: stubs do not repeat signatures.
    /// </summary>
    public string? Signature { get; init; }

    /// <summary>
    /// Regular expression of a parameter with the group <c>name</c>; if stubs need them, also <c>type</c>, <c>item</c> (type of an array's
    /// items) and <c>dims</c> (text after the name that belongs to the type). Null: the parameter as written.
    /// </summary>
    public string? Parameter { get; init; }

    /// <summary>Pairs of a regular expression and its replacement, for the signatures of stubs.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Replace { get; init; } = [];

    /// <summary>Regular expression of errors that report a name of the answer that does not exist in the tests' process.</summary>
    public string? Unbound { get; init; }

    /// <summary>
    /// Regular expression of errors that report that the answer redefines a name of the library, which the tests may mean; null: there are
    /// none.
    /// </summary>
    public string? Redefined { get; init; }

    /// <summary>
    /// Values that tests of the language may mistake for others, from the table for all languages. Tests that pass with such values prove
    /// nothing.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<DoubtfulRule> Doubtful { get; init; } = [];

    /// <summary>
    /// Whether values come to both programs through the pipe named by the variable <c>XCODER_VALUES</c>, because the language cannot read
    /// a file descriptor by number. Otherwise they come through descriptor 9. Standard input is empty.
    /// </summary>
    public bool HasNamedPipe { get; init; }
}

/// <summary>
/// How parameters of a type are passed. <c>{p}</c> is the parameter's name, <c>{t}</c> its type, <c>{item}</c> the type of its items;
/// <c>{length}</c> is the parameter that holds the number of items, or that number, or -1; <c>{next}</c> is the same but considers only the
/// next parameter.
/// </summary>
public sealed record JudgedParameterForm
{
    /// <summary>Regular expression of the type; null matches every type.</summary>
    public string? Type { get; init; }

    /// <summary>Text for <c>{each}</c> in a stub.</summary>
    public string Each { get; init; } = "";

    /// <summary>Text for <c>{each}</c> in an entry.</summary>
    public string EntryEach { get; init; } = "";
}

/// <summary>Values that tests may mistake for others: a row of the table in <c>judges.json</c>.</summary>
public sealed record DoubtfulRule
{
    /// <summary>Ids of the languages whose tests may mistake the value; null: all languages.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Regular expression of a reply: the value, a space, and the arguments after the call.</summary>
    public required string Gives { get; init; }

    /// <summary>Regular expression of requests (key, space, arguments) for which the reply may be right; null: there are none.</summary>
    public string? Given { get; init; }

    /// <summary>Regular expression of tests that mistake the value; null: all tests.</summary>
    public string? When { get; init; }

    /// <summary>
    /// Regular expression of tests that expect the value; these count if another call returns a different value. Null: no tests expect it.
    /// </summary>
    public string? Unless { get; init; }

    /// <summary>Whether tests that expect the value are exempt from the rule even if every call returns that value.</summary>
    public bool IsEnough { get; init; }

    /// <summary>What is wrong, for people to read: completes "the answer …".</summary>
    public required string Why { get; init; }
}
