namespace XCoder.Agents.Rows;

/// <summary>Names of the gates, as evidence holds them, in the order in which code meets them.</summary>
internal static class GateNames
{
    /// <summary>The parser looks for syntax errors.</summary>
    public const string Parse = "parse";

    /// <summary>The parsers tell which language the code is in.</summary>
    public const string Language = "language";

    /// <summary>A compiler that runs in a process of its own reads the code.</summary>
    public const string Compile = "compile";

    /// <summary>A compiler or checker of a toolchain reads the code in the sandbox.</summary>
    public const string Check = "check";

    /// <summary>The tests of the response's author run.</summary>
    public const string Tests = "tests";

    /// <summary>The tests of another agent run.</summary>
    public const string Independent = "independent";

    /// <summary>Changed code must fail the tests.</summary>
    public const string Mutation = "mutation";

    /// <summary>A translation and its source are called with the same values.</summary>
    public const string Differential = "differential";

    /// <summary>No gate: a line of a row of an earlier version that no gate of today wrote.</summary>
    public const string Note = "note";
}
