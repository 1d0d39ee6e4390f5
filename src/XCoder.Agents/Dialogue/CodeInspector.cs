namespace XCoder.Agents.Dialogue;

/// <summary>What parsers say of code in the response's language.</summary>
/// <param name="Faults">Faults that need no model, such as syntax errors; empty where there are none.</param>
/// <param name="Declarations">What the code declares, without bodies; empty where nothing is found.</param>
public sealed record CodeInspector(Func<string, IReadOnlyList<string>> Faults, Func<string, string> Declarations)
{
    /// <summary>Knows nothing.</summary>
    public static CodeInspector None { get; } = new(_ => [], _ => "");
}
