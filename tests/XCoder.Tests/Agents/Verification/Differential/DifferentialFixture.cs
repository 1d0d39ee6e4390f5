using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification.Differential;

/// <summary>A tester with the real parsers, the real manifests and the real sandbox.</summary>
public sealed class DifferentialFixture : IDisposable
{
    internal DifferentialTester Tester { get; } = New(new DifferentialOptions());

    internal static DifferentialTester New(DifferentialOptions options) => new(LanguageCatalog.Open(), ToolchainCatalog.Open(), CallCatalog.Open(), SandboxFactAttribute.Check, options);

    public static bool IsHere(string language) => ToolchainCatalog.Open().Toolchains.Any(toolchain => toolchain.Language == language && InstalledToolchain.Find(toolchain, out _) is not null);

    public void Dispose() => Tester.Dispose();
}
