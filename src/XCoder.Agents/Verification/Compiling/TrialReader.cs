namespace XCoder.Agents.Verification.Compiling;

/// <summary>
/// Decides whether the C# parser can read a text without ending this process or taking minutes. Short texts with little nesting can be read
/// at once; all others are tried in another process first. Safe for concurrent use.
/// </summary>
internal static class TrialReader
{
    // The stack of a reader holds 20,000 levels of any nesting. Parsing time grows with the square or cube of the number of open
    // constructs.
    private const int LongestUntried = 16 << 10, MostOpenUntried = 600, Longest = 1 << 20;

    private static readonly CompilerLimits Limits = new() { Cpu = TimeSpan.FromSeconds(10), Memory = 512L << 20 };

    // The compiler ends with this process, which closes its input.
    private static readonly Lazy<ProgramCompiler> Compiler = new(() => new ProgramCompiler(Limits));

    public static bool IsSafe(string text) => text.Length <= Longest && (IsHarmless(text) || Compiler.Value.CanRead(text));

    // Counts opening signs whether closed or not, in strings and comments too. This upper bound cannot be tricked.
    private static bool IsHarmless(string text) =>
        text.Length <= LongestUntried && text.Count(sign => sign is '(' or '[' or '{' or '<' or '#') <= MostOpenUntried;
}
