using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification.Sandbox;

/// <summary>A test that needs isolation; skipped with the reason where there is none, but fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxFactAttribute : FactAttribute
{
    static SandboxFactAttribute()
    {
        AppContext.SetSwitch(MemoryGroup.Without, Environment.GetEnvironmentVariable("XCODER_NO_MEMORY_GROUP") == "1");
        Check = SandboxCheck.Run();
    }

    public static SandboxCheck Check { get; }

    internal static string? SkipReason => CiTools.Skip(Check.Works, "No isolation here: " + Check.Detail);

    public SandboxFactAttribute() => Skip = SkipReason;
}

/// <summary>The same for many cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute() => Skip = SandboxFactAttribute.SkipReason;
}
