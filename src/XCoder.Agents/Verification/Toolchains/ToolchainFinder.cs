namespace XCoder.Agents.Verification.Toolchains;

/// <summary>Looks for toolchains on this machine, once each. Safe for concurrent use.</summary>
/// <param name="repositories">Roots of indexed repositories: no program in them is used.</param>
internal sealed class ToolchainFinder(IReadOnlyList<string>? repositories = null)
{
    private readonly Dictionary<Toolchain, (InstalledToolchain? Found, string? Missing)> _known = [];

    /// <summary>A toolchain with the places of its tools.</summary>
    /// <param name="toolchain">The toolchain.</param>
    /// <param name="missing">What is not here, in a sentence; null where all is.</param>
    /// <returns>Null where a tool is missing.</returns>
    public InstalledToolchain? Find(Toolchain toolchain, out string? missing)
    {
        lock (_known)
        {
            if (!_known.TryGetValue(toolchain, out var known))
            {
                var found = InstalledToolchain.Find(toolchain, out var lacks, repositories);
                _known[toolchain] = known = (found, lacks is null ? null : $"{toolchain.Name} is not here: {lacks} not found.");
            }

            missing = known.Missing;
            return known.Found;
        }
    }
}
