namespace XCoder.Agents.Verification.Sandbox;

/// <summary>The programs that make the sandbox, absolute paths.</summary>
/// <param name="Shell"><c>sh</c>: opens files for <c>bwrap</c>.</param>
/// <param name="Isolation"><c>bwrap</c>.</param>
/// <param name="Limits"><c>prlimit</c>, which runs inside.</param>
/// <param name="Users"><c>setpriv</c>, which runs inside and is needed as root only.</param>
internal sealed record SandboxPrograms(string Shell, string Isolation, string Limits, string Users)
{
    /// <summary>Finds them.</summary>
    /// <param name="finder">Where to look.</param>
    /// <param name="missing">What is not here or not used, and why; null where all are.</param>
    public static SandboxPrograms? Find(ProgramFinder finder, out string? missing)
    {
        var lacks = new List<string>();
        var found = new SandboxPrograms(Require("sh", true), Require("bwrap", false), Require("prlimit", true), Bubblewrap.IsRoot ? Require("setpriv", true) : "");
        missing = lacks.Count > 0 ? string.Join(" and ", lacks) + " not found" : null;
        return missing is null ? found : null;

        // What runs inside must stand where the sandbox shows it.
        string Require(string name, bool isInside)
        {
            var path = isInside ? finder.FindInSystem(name, out var refused) : finder.Find(name, out refused);
            if (path is null)
            {
                lacks.Add(refused is null ? name : $"{name} ({refused})");
            }

            return path ?? "";
        }
    }
}
