using System.Text.RegularExpressions;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>A row of <c>toolchains.json</c>: how code in a language is checked and run. Commands refer to tools as <c>{tool}</c>.</summary>
public sealed record Toolchain
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Name for people to read.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Regular expression that the code must match for this row to apply; null: any code. The first matching row of a language applies.
    /// </summary>
    public string? When { get; init; }

    /// <summary>Tools by name, each with the names of programs that can serve as it, best first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tools { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where tools outside the system's folders are installed, by tool.</summary>
    public IReadOnlyDictionary<string, LocateRule> Locate { get; init; } = new Dictionary<string, LocateRule>();

    /// <summary><c>roslyn</c> if our own compiler process compiles the code; null: the commands do.</summary>
    public string? Compiler { get; init; }

    /// <summary>Command that prints the version; empty if there is none.</summary>
    public IReadOnlyList<string> Version { get; init; } = [];

    /// <summary>File name of the program.</summary>
    public required string File { get; init; }

    /// <summary>
    /// File name of the tests if response and tests are two files of one program; null: the tests follow the response in its file.
    /// </summary>
    public string? TestsFile { get; init; }

    /// <summary>First lines of the file when the response is checked alone; null: <see cref="Head"/>.</summary>
    public string? CheckHead { get; init; }

    /// <summary>First lines of each file.</summary>
    public string Head { get; init; } = "";

    /// <summary>First lines of the file with the tests; null: <see cref="Head"/>.</summary>
    public string? TestsHead { get; init; }

    /// <summary>
    /// File name of the tests if they see the names of the response but it does not see theirs; null: as <see cref="TestsFile"/>.
    /// </summary>
    public string? TestsApart { get; init; }

    /// <summary>Two texts, before and after the tests, that hide their names from the response; empty: none.</summary>
    public IReadOnlyList<string> TestsFrame { get; init; } = [];

    /// <summary>
    /// End of the file: it calls the tests, then prints <c>{secret}</c> followed by the word read from <see cref="WordFrom"/> as the last
    /// line. That proves that the tests ended, because no file holds the word.
    /// </summary>
    public string Tail { get; init; } = "";

    /// <summary>
    /// Descriptor from which the tail reads the word. Default 0, standard input, which is otherwise empty for the program.
    /// </summary>
    public int WordFrom { get; init; }

    /// <summary>Regular expression of text that must be moved to the beginning, such as imports; null: none.</summary>
    public string? Hoist { get; init; }

    /// <summary>Pairs of a regular expression and the replacement of its matches.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Replace { get; init; } = [];

    /// <summary>Regular expression that the tests must match so that the tail can call them; null: the tests are statements.</summary>
    public string? Entry { get; init; }

    /// <summary>Name of the type with the entry point, for our own compiler.</summary>
    public string? Main { get; init; }

    /// <summary>Command that checks the response without running it; empty for our own compiler.</summary>
    public IReadOnlyList<string> Check { get; init; } = [];

    /// <summary>Command that builds response and tests; empty if nothing is built.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>
    /// Command that builds programs around responses that have been checked, if one is faster than <see cref="Build"/>; empty:
    /// <see cref="Build"/>.
    /// </summary>
    public IReadOnlyList<string> CallsBuild { get; init; } = [];

    /// <summary>Command that runs the program.</summary>
    public required IReadOnlyList<string> Run { get; init; }

    /// <summary>Command that runs the response with its tests; null: <see cref="Run"/>.</summary>
    public IReadOnlyList<string>? RunTests { get; init; }

    /// <summary>Environment of the commands.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Files and folders that the commands read beside <c>/usr</c>; the last part may hold <c>*</c>.</summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>Regular expression of messages that report a missing library or module; null: none.</summary>
    public string? Missing { get; init; }

    /// <summary>
    /// Regular expression of messages by which a program ends of an error that is no failed check; null: none are known.
    /// </summary>
    public string? Crash { get; init; }

    /// <summary>
    /// Regular expression of messages that name something that is not declared, with the group <c>name</c>; null: none are known.
    /// </summary>
    public string? Unbound { get; init; }

    /// <summary>How a stub of what a task declares is written; null: no stub is tried.</summary>
    public StubForm? Stub { get; init; }

    /// <summary>How tests must be written, for prompts: completes "Write the tests as …".</summary>
    public required string Guide { get; init; }
}

/// <summary>
/// How a stub of the declarations in a task is written. Tests that build with it but not with the answer show that the answer does not
/// declare what the task asks for.
/// </summary>
public sealed record StubForm
{
    /// <summary>
    /// Regular expression of a declaration in the text of a task. Its group <c>what</c>, else the whole match, is declared; its group
    /// <c>name</c> is the function's name.
    /// </summary>
    public required string Declaration { get; init; }

    /// <summary>The declared function, <c>{what}</c>, with a body that fits every type of result.</summary>
    public required string Stub { get; init; }

    /// <summary>
    /// Regular expression of a call of the function <c>{name}</c> in tests; its group <c>owner</c> is the type that the stub must belong
    /// to. Null where functions need no type.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>A type, <c>{owner}</c>, with its <c>{stubs}</c>.</summary>
    public string? Wrap { get; init; }

    /// <summary>Regular expression of lines of the answer that the declarations need, such as imports; null: none.</summary>
    public string? Lines { get; init; }

    /// <summary>Returns a program of stubs, or null where the task declares nothing that the tests call.</summary>
    /// <param name="task">The task.</param>
    /// <param name="code">The answer.</param>
    /// <param name="tests">The tests.</param>
    public string? Write(string task, string code, string tests)
    {
        var declared = ProgramText.Matches(task, Declaration).DistinctBy(found => found.Value).ToList();
        var stubs = Owner is null
            ? string.Concat(declared.Select(Text))
            : string.Concat(declared.GroupBy(found => OwnerOf(found, tests)).Where(group => group.Key is not null).Select(group =>
                Wrap!.Replace("{owner}", group.Key, StringComparison.Ordinal)
                    .Replace("{stubs}", string.Concat(group.Select(Text)), StringComparison.Ordinal)));
        return stubs.Length == 0 ? null
            : string.Concat((Lines is null ? [] : ProgramText.Matches(code, Lines)).Select(line => line.Value + "\n")) + stubs;
    }

    private string Text(Match found) =>
        Stub.Replace("{what}", (found.Groups["what"] is { Success: true } what ? what : found).Value.Trim(), StringComparison.Ordinal);

    private string? OwnerOf(Match found, string tests) =>
        ProgramText.Match(tests, Owner!.Replace("{name}", Regex.Escape(found.Groups["name"].Value), StringComparison.Ordinal))?
            .Groups["owner"].Value;
}
