namespace XCoder.Agents.Verification.Sandbox;

/// <summary>One command in the sandbox. It finds its files in <c>/code</c>, which it cannot change, and starts in <c>/work</c>, which is empty and its own.</summary>
internal sealed record SandboxJob
{
    /// <summary>Program and arguments. A program without a slash is looked up in the system's folders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Files in <c>/code</c> by bare name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Its whole environment beside <c>PATH</c>, <c>HOME</c> and <c>LANG</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Files and folders of this machine that it may read beside <c>/usr</c>, at the places where they are here; those that do not exist are left out.</summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>
    /// Talks with the program: given its standard input and output, on a thread of its own, until the output ends; false ends the
    /// program for too much output. The result's output is then empty. Null: the input is empty and the output is collected.
    /// </summary>
    public Func<Stream, Stream, bool>? Talk { get; init; }

    /// <summary>What its standard input holds, closed after it; empty: nothing.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Whether the program rightly waits for who talks with it: that is no time of its own. Null: it never does.</summary>
    public Func<bool>? MayWait { get; init; }

    /// <summary>What it may use.</summary>
    public SandboxLimits Limits { get; init; } = new();
}
