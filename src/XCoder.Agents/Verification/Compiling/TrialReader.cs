namespace XCoder.Agents.Verification.Compiling;

/// <summary>
/// Whether the C# parser can read a text without ending this process or taking minutes: short texts that nest little can, all
/// others are tried in another process first. Safe for concurrent use.
/// </summary>
internal static class TrialReader
{
    // 20,000 levels of anything fit the stack that a reader has; time grows with the square or cube of what is open at once.
    private const int LongestUntried = 16 << 10, MostOpenUntried = 600, Longest = 1 << 20;

    private static readonly CompilerLimits Limits = new() { Cpu = TimeSpan.FromSeconds(10), Memory = 512L << 20 };

    // It ends with this process, whose end closes its input.
    private static readonly Lazy<ProgramCompiler> Compiler = new(() => new ProgramCompiler(Limits));

    /// <summary>Whether a text can be read.</summary>
    public static bool IsSafe(string text) => text.Length <= Longest && (IsHarmless(text) || Compiler.Value.CanRead(text));

    // Whatever opens counts, closed or not, in strings and comments too: an upper bound that no trick makes smaller.
    private static bool IsHarmless(string text) =>
        text.Length <= LongestUntried && text.Count(sign => sign is '(' or '[' or '{' or '<' or '#') <= MostOpenUntried;
}
