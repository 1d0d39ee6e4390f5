namespace XCoder.Cli.Commands.Rows;

/// <summary><c>--run</c>: a run by its name, or by its number as reports show it.</summary>
internal static class RunOption
{
    /// <summary>What help says of it where it selects rows.</summary>
    public const string Only = "Only rows of this run, by its name or number (default: all)";
}
