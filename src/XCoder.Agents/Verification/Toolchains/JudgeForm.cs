using System.Text.Json.Serialization;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>
/// A row of <c>judges.json</c>: how tests of a language run in one process while the answer that they call runs in another, so that
/// only values cross. The templates name <c>{name}</c>, <c>{owner}</c>, <c>{key}</c> (the name that crosses), <c>{signature}</c>,
/// <c>{return}</c>, <c>{parameters}</c> (names, separated by commas).
/// </summary>
public sealed record JudgeForm
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>File in <c>judges</c> with the sections <c>common</c>, <c>answer</c> and <c>judge</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>What a parser must read before code, such as an opening tag.</summary>
    public string Opening { get; init; } = "";

    /// <summary>
    /// Regular expression of lines of an answer that say how its file is read, tests in it included: they are repeated before the tests;
    /// null: there are none.
    /// </summary>
    public string? Shared { get; init; }

    /// <summary>What stands for a function in the tests' process, by where it stands: <c>free</c>, <c>static</c>, <c>member</c>.</summary>
    public required IReadOnlyDictionary<string, string> Stubs { get; init; }

    /// <summary>The same for functions that give nothing, where a language tells them apart.</summary>
    public IReadOnlyDictionary<string, string> VoidStubs { get; init; } = new Dictionary<string, string>();

    /// <summary>Regular expression of signatures of functions that give nothing; null: <see cref="Stubs"/> serve them.</summary>
    public string? Void { get; init; }

    /// <summary>What is put around the stubs of a type: <c>{owner}</c>, <c>{stubs}</c>; null: functions of types are not called.</summary>
    public string? Owner { get; init; }

    /// <summary>The same where all of the stubs are <c>static</c>; null: as else.</summary>
    public string? StaticOwner { get; init; }

    /// <summary>What <c>{each}</c> holds for each parameter: the first whose type fits says it; none: nothing.</summary>
    public IReadOnlyList<JudgedParameterForm> Parameters { get; init; } = [];

    /// <summary>
    /// Regular expression of a parameter, as its type, a space and its name, that says how many items the array before it holds, where a
    /// language passes arrays without their length; null: it does not.
    /// </summary>
    public string? Length { get; init; }

    /// <summary>How the answer's process finds a function, by where it stands.</summary>
    public required IReadOnlyDictionary<string, string> Entries { get; init; }

    /// <summary>The same for functions that give nothing, where a language tells them apart.</summary>
    public IReadOnlyDictionary<string, string> VoidEntries { get; init; } = new Dictionary<string, string>();

    /// <summary>What stands between entries.</summary>
    public string Separator { get; init; } = "\n";

    /// <summary>Regular expression of the text of a function that belongs to a type, not to its values; null: none does.</summary>
    public string? Static { get; init; }

    /// <summary>Regular expression of a first parameter that is the object itself; null: the language has none.</summary>
    public string? Receiver { get; init; }

    /// <summary>Regular expression of types that keep something between calls: they are not called from another process.</summary>
    public string? Stateful { get; init; }

    /// <summary>The same, of what is left of a type without its functions: fields.</summary>
    public string? Fields { get; init; }

    /// <summary>Regular expression of signatures that cannot cross, such as of type parameters or callbacks; null: all can.</summary>
    public string? Unfit { get; init; }

    /// <summary>
    /// Regular expression of names that the language or its library has: an answer that takes one could stand in for what the tests mean by
    /// it.
    /// </summary>
    public string? Reserved { get; init; }

    /// <summary>
    /// Regular expression of the signature with the groups <c>return</c> and <c>list</c> (the parameters), which lets nothing through that
    /// the tests' process would execute; null: stubs do not repeat signatures.
    /// </summary>
    public string? Signature { get; init; }

    /// <summary>
    /// Regular expression of a parameter with the group <c>name</c>; where stubs ask for them also <c>type</c>, <c>item</c> (the type of
    /// an array's items) and <c>dims</c> (what follows the name and belongs to the type); null: the parameter as written.
    /// </summary>
    public string? Parameter { get; init; }

    /// <summary>Pairs of a regular expression and what takes its place in signatures of stubs.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Replace { get; init; } = [];

    /// <summary>Regular expression of errors that say that the tests use a name of the answer that did not cross.</summary>
    public string? Unbound { get; init; }

    /// <summary>
    /// Regular expression of errors that say that the answer takes a name of the library, which the tests may mean; null: there are none.
    /// </summary>
    public string? Redefined { get; init; }

    /// <summary>
    /// Values that tests of the language take for others, from the table that all languages share: tests that pass with them say nothing.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<DoubtfulRule> Doubtful { get; init; } = [];

    /// <summary>
    /// Whether the language cannot read a descriptor by its number: then values come to either program by the pipe that the variable
    /// <c>XCODER_VALUES</c> names, else by descriptor 9. Standard input is empty.
    /// </summary>
    public bool HasNamedPipe { get; init; }
}

/// <summary>
/// How parameters of a type cross: <c>{p}</c> is a parameter's name, <c>{t}</c> its type, <c>{item}</c> the type of its items,
/// <c>{length}</c> the parameter that says how many those are, or their number, or -1; <c>{next}</c> the same of the very next parameter.
/// </summary>
public sealed record JudgedParameterForm
{
    /// <summary>Regular expression of the type; null: any.</summary>
    public string? Type { get; init; }

    /// <summary>What <c>{each}</c> holds in a stub.</summary>
    public string Each { get; init; } = "";

    /// <summary>What <c>{each}</c> holds in an entry.</summary>
    public string EntryEach { get; init; } = "";
}

/// <summary>Values that tests may take for what they are not: a row of the table in <c>judges.json</c>.</summary>
public sealed record DoubtfulRule
{
    /// <summary>Languages whose tests do; null: those of all.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Regular expression of what crossed back: the value, a space, the arguments after the call.</summary>
    public required string Gives { get; init; }

    /// <summary>Regular expression of calls (name, space, arguments) that may rightly give it; null: none may.</summary>
    public string? Given { get; init; }

    /// <summary>Regular expression of tests that take it for something else; null: all do.</summary>
    public string? When { get; init; }

    /// <summary>
    /// Regular expression of tests that ask for it, which counts where another call gives something else; null: none does.
    /// </summary>
    public string? Unless { get; init; }

    /// <summary>Whether tests that ask for it may be given nothing else.</summary>
    public bool IsEnough { get; init; }

    /// <summary>What is wrong, for people: completes "the answer …".</summary>
    public required string Why { get; init; }
}
