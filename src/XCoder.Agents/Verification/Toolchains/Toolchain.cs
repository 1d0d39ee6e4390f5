namespace XCoder.Agents.Verification.Toolchains;

/// <summary>A row of <c>toolchains.json</c>: how code in a language is checked and run. Commands name tools as <c>{tool}</c>.</summary>
public sealed record Toolchain
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Regular expression that the code must match for this row to be taken; null: any code. The first row of a language that fits is
    /// taken.
    /// </summary>
    public string? When { get; init; }

    /// <summary>Tools by name, each with the programs that may serve as it, best first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tools { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where tools outside the system's folders are installed, by tool.</summary>
    public IReadOnlyDictionary<string, LocateRule> Locate { get; init; } = new Dictionary<string, LocateRule>();

    /// <summary><c>roslyn</c> where the code is compiled by our own compiler process; null: by the commands.</summary>
    public string? Compiler { get; init; }

    /// <summary>Command that prints the version; empty where there is none.</summary>
    public IReadOnlyList<string> Version { get; init; } = [];

    /// <summary>Name of the program's file.</summary>
    public required string File { get; init; }

    /// <summary>
    /// Name of a file of their own for the tests, where two files make one program; null: they follow the response in its file.
    /// </summary>
    public string? TestsFile { get; init; }

    /// <summary>What the file begins with where the response is checked alone; null: as else.</summary>
    public string? CheckHead { get; init; }

    /// <summary>What each file begins with.</summary>
    public string Head { get; init; } = "";

    /// <summary>What the file with the tests begins with; null: <see cref="Head"/>.</summary>
    public string? TestsHead { get; init; }

    /// <summary>
    /// Name of a file of their own for the tests where they see the names of the response and it does not see theirs; null:
    /// as <see cref="TestsFile"/>.
    /// </summary>
    public string? TestsApart { get; init; }

    /// <summary>What stands before and behind the tests so that the response does not see their names; empty: nothing.</summary>
    public IReadOnlyList<string> TestsFrame { get; init; } = [];

    /// <summary>
    /// What the file ends with: calls the tests, then writes <c>{secret}</c> and behind it the word that is read from
    /// <see cref="WordFrom"/>, as the last line. That shows that they ended: no file holds the word.
    /// </summary>
    public string Tail { get; init; } = "";

    /// <summary>
    /// Descriptor from which the tail reads the word; 0 (the default) is standard input, which is empty for the program otherwise.
    /// </summary>
    public int WordFrom { get; init; }

    /// <summary>Regular expression of what must stand before all else, such as imports; null: nothing.</summary>
    public string? Hoist { get; init; }

    /// <summary>Pairs of a regular expression and what takes the place of its matches.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Replace { get; init; } = [];

    /// <summary>Regular expression that the tests must match to be called by the tail; null: the tests are statements.</summary>
    public string? Entry { get; init; }

    /// <summary>Name of the type whose entry point is taken, for our own compiler.</summary>
    public string? Main { get; init; }

    /// <summary>Command that checks the response without running it; empty for our own compiler.</summary>
    public IReadOnlyList<string> Check { get; init; } = [];

    /// <summary>Command that builds response and tests; empty where nothing is built.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>
    /// Command that builds programs around responses that have been checked, where that may be quicker than <see cref="Build"/>; empty:
    /// that.
    /// </summary>
    public IReadOnlyList<string> CallsBuild { get; init; } = [];

    /// <summary>Command that runs them.</summary>
    public required IReadOnlyList<string> Run { get; init; }

    /// <summary>Command that runs the response with its tests; null: <see cref="Run"/>.</summary>
    public IReadOnlyList<string>? RunTests { get; init; }

    /// <summary>Environment of the commands.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Files and folders they read beside <c>/usr</c>; the last part may hold <c>*</c>.</summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>Regular expression of messages that say that something is needed which is not here; null: none.</summary>
    public string? Missing { get; init; }

    /// <summary>How tests are to be written, for prompts: completes "Write the tests as …".</summary>
    public required string Guide { get; init; }
}
