using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>Which file names hold licence texts.</summary>
internal static class LicenceNames
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // LICENSE, LICENCE.md, LICENSE-MIT, LICENSE.apache2, COPYING.LESSER, COPYING3, UNLICENSE, MIT-LICENSE.txt; no code.
    private static readonly Regex Names = new(
        @"^((un)?licen[sc]es?|copying(v?\d)?)([-_.](?<word>[a-z0-9+]+([-_.][a-z0-9+]+)*?))?(\.(txt|text|md|markdown|rst|adoc|org))?$"
        + @"|^[a-z0-9.]{1,12}[-_]licen[sc]e([-_][0-9.]+)?(\.(txt|text|md|markdown|rst))?$",
        Options);

    // Of what is bundled, not of the code here; and endings of programs and data.
    private static readonly Regex Others = new(
        @"third|3rd|bundled|dependenc|vendor|fonts?\b|header|template|\.(c|cc|cpp|cs|css|go|h|hs|html?|java|jl|js|json|jsx|kt|lua|mjs|php|pl|pm|properties|py|r|rb|rs|scala|sh|swift|toml|ts|tsx|xml|ya?ml)$",
        Options);

    /// <summary>Whether a file of that name is a licence file.</summary>
    public static bool Contains(string name) => name.Length <= 64 && Names.IsMatch(name) && !Others.IsMatch(name);
}
