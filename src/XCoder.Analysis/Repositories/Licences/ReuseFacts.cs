using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// What a repository says of its files' licences by the rules of REUSE (reuse.software): <c>REUSE.toml</c>, <c>.reuse/dep5</c>.
/// </summary>
internal sealed partial class ReuseFacts
{
    private const int MostBytes = 1 << 20;

    // In file order; of those that match a path the last counts.
    private readonly List<(Regex Path, string Spdx)> _rules = [];

    private ReuseFacts(string source) => Source = source;

    /// <summary>Path of the file, below the root of the repository.</summary>
    public string Source { get; }

    /// <summary>Reads the facts of a repository, or null where it has none.</summary>
    /// <param name="root">Its root, ending in a slash.</param>
    public static ReuseFacts? Read(string root)
    {
        if (SourceFileReader.ReadSmall(root + "REUSE.toml", MostBytes) is { } toml)
        {
            return OfToml("REUSE.toml", Encoding.UTF8.GetString(toml));
        }

        return SourceFileReader.ReadSmall(root + ".reuse/dep5", MostBytes) is { } dep5
            ? OfDep5(".reuse/dep5", Encoding.UTF8.GetString(dep5)) : null;
    }

    /// <summary>The SPDX expression for a path below the root, or null.</summary>
    public string? Find(string path) => _rules.FindLast(rule => rule.Path.IsMatch(path)).Spdx;

    private static ReuseFacts OfToml(string source, string text)
    {
        var facts = new ReuseFacts(source);
        foreach (var table in text.Split("[[annotations]]")[1..])
        {
            if (TomlLicence().Match(table) is { Success: true } licence
                && (SpdxTag.Check(string.Join(" AND ", Values(licence.Groups["value"].Value))) ?? SpdxTag.NoAssertion) is var spdx
                && TomlPath().Match(table) is { Success: true } paths)
            {
                facts.Add(Values(paths.Groups["value"].Value), spdx, slashes: true);
            }
        }

        return facts;
    }

    private static ReuseFacts OfDep5(string source, string text)
    {
        var facts = new ReuseFacts(source);
        foreach (var paragraph in text.Replace("\r", "", StringComparison.Ordinal).Split("\n\n"))
        {
            if (Dep5Files().Match(paragraph) is { Success: true } files && Dep5Licence()
                .Match(paragraph) is { Success: true } licence
                && (SpdxTag.Check(licence.Groups["value"].Value) ?? SpdxTag.NoAssertion) is var spdx)
            {
                facts.Add(files.Groups["value"].Value.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries), spdx,
                    slashes: false);
            }
        }

        return facts;
    }

    // In REUSE.toml "*" stops at a slash and "**" does not; in dep5 "*" crosses slashes.
    private void Add(IEnumerable<string> globs, string spdx, bool slashes)
    {
        foreach (var glob in globs.Where(glob => glob.Length <= 500))
        {
            var pattern = Regex.Escape(glob).Replace(@"\*\*", "\0", StringComparison.Ordinal)
                .Replace(@"\*", slashes ? "[^/]*" : ".*", StringComparison.Ordinal).Replace("\0", ".*", StringComparison.Ordinal);
            _rules.Add((new Regex($"^{pattern}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), spdx));
        }
    }

    private static IEnumerable<string> Values(string list) => Quoted().Matches(list).Select(match => match.Groups["value"].Value);

    [GeneratedRegex("""^\s*SPDX-License-Identifier\s*=\s*(?<value>"[^"\n]*"|'[^'\n]*'|\[[^\]]*\])""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TomlLicence();

    [GeneratedRegex("""^\s*path\s*=\s*(?<value>"[^"\n]*"|'[^'\n]*'|\[[^\]]*\])""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TomlPath();

    [GeneratedRegex("""["'](?<value>[^"'\n]+)["']""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^Files:[ \t]*(?<value>[^\n]*(?:\n[ \t]+[^\n]+)*)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Dep5Files();

    [GeneratedRegex(@"^License:[ \t]*(?<value>[^\n]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Dep5Licence();
}
