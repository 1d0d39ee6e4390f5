using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification;

/// <summary>A verifier with the real parsers, the real manifest and the real sandbox.</summary>
public sealed class VerifierFixture : IDisposable
{
    internal Verifier Verifier { get; } = new(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions());

    public void Dispose() => Verifier.Dispose();
}

/// <summary>A verifier that takes its author's tests alone, as with --accept-own-tests.</summary>
public sealed class TrustingVerifierFixture : IDisposable
{
    internal Verifier Verifier { get; } = new(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions { NeedsIndependentTests = false });

    public void Dispose() => Verifier.Dispose();
}
