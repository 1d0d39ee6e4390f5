using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>What a package manifest says of its licence.</summary>
/// <param name="Spdx">
/// An SPDX expression; <c>NOASSERTION</c> where the licence is written otherwise; null where only a file is named.
/// </param>
/// <param name="Withholds">Whether it says with a word of its own that nothing is granted, such as npm's <c>UNLICENSED</c>.</param>
/// <param name="File">Name of the file that holds the licence, without folders; null if the manifest names none.</param>
internal readonly record struct ManifestStatement(string? Spdx, bool Withholds, string? File);

/// <summary>The licence that a package manifest names. The manifests are data: nothing of them is run.</summary>
internal static partial class ManifestLicence
{
    private const int MostOfName = 200;

    // By name or ending; each gives the licences named, as they are written there.
    private static readonly (Func<string, bool> Is, Func<string, IEnumerable<string>> Read)[] Readers =
    [
        (name => name is "package.json" or "composer.json" or "META6.json" or "META.json" or "bower.json", Json),
        (name => name is "Cargo.toml" or "pyproject.toml", Toml),
        (name => name.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".fsproj", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".vbproj", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase)
            || name is "Directory.Build.props" or "pom.xml", Xml),
        (name => name.EndsWith(".gemspec", StringComparison.Ordinal) || name.EndsWith(".podspec", StringComparison.Ordinal),
            text => Quoted(RubyLicence(), text)),
        (name => name == "setup.cfg", text => Classified(text, Quoted(SetupLicence(), text))),
        (name => name == "setup.py", text => Classified(text, Quoted(PythonLicence(), text))),
        (name => name == "DESCRIPTION", Cran),
        (name => name.EndsWith(".cabal", StringComparison.Ordinal), text => Quoted(CabalLicence(), text)),
        (name => name is "package.yaml" or "pubspec.yaml" or "shard.yml", text => Quoted(YamlLicence(), text)),
        (name => name.EndsWith(".rockspec", StringComparison.Ordinal) || name is "mix.exs" or "build.sbt" or "dub.sdl",
            text => Quoted(AssignedLicence(), text)),
    ];

    /// <summary>Whether a file of that name is a manifest this reads.</summary>
    public static bool IsManifest(string name) => Array.Exists(Readers, reader => reader.Is(name));

    /// <summary>What a manifest says of its licence; null where it says nothing.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="bytes">Its content, UTF-8.</param>
    public static ManifestStatement? Read(string name, byte[] bytes)
    {
        var read = Array.Find(Readers, reader => reader.Is(name)).Read;
        var text = Encoding.UTF8.GetString(bytes);
        var named = read(text).Select(value => value.Trim()).Where(value => value.Length > 0).Distinct().ToList();
        var file = LicenceFile().Match(text) is { Success: true } match ? match.Groups["file"].Value : null;
        if (named.Count == 0)
        {
            return file is null ? null : new ManifestStatement(null, false, file);
        }

        return new ManifestStatement(LicenceFinder.Join(named.Select(value => Expression(value) ?? SpdxTag.NoAssertion), isChoice: true),
            named.Exists(value => value.Length <= MostOfName && (Withheld().IsMatch(value) || Joins(value))), file);
    }

    // Whether something other than an exception is joined to a licence: MIT WITH Commons-Clause.
    private static bool Joins(string value) => value.Contains(" WITH ", StringComparison.Ordinal) && SpdxTag.Check(value) is null;

    private static string? Expression(string value)
    {
        // Longer ones are no names, and cost the expressions below too much.
        if (value.Length > MostOfName || Withheld().IsMatch(value))
        {
            return null;
        }

        if (value.Contains('(', StringComparison.Ordinal) && SpdxTag.Check(value) is { } written
            && written.Contains(' ', StringComparison.Ordinal))
        {
            return written;
        }

        // Names first: "Apache 2" has the form of no expression, "BSD3" has, and is no SPDX id.
        if (LicenceNames.Of(value) is { } known)
        {
            return known;
        }

        // Cargo's old spelling of OR; CRAN's.
        var tidy = Alternative().Replace(value, " OR ");
        var parts = tidy.Split(" OR ");
        return parts.Length > 1 && Array.TrueForAll(parts, part => LicenceNames.Of(part) is not null)
            ? string.Join(" OR ", parts.Select(part => LicenceNames.Of(part)))
            : SpdxTag.Check(tidy);
    }

    private static IEnumerable<string> Json(string text)
    {
        try
        {
            using var document =
                JsonDocument.Parse(text,
                    new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? []
                : root.TryGetProperty("license", out var licence) ? [.. Names(licence)]
                : root.TryGetProperty("licenses", out var licences) ? [.. Names(licences)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // A string, { "type": … } or a list of either, which are alternatives.
    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object when element.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String => [type.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Array).SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Toml(string text)
    {
        var (isPackage, found) = (false, new List<string>());
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
            {
                isPackage = line is "[package]" or "[workspace.package]" or "[project]" or "[tool.poetry]";
            }
            else if (isPackage && TomlLicence().Match(line) is { Success: true } match)
            {
                found.Add(match.Groups["value"].Value);
            }
        }

        return Classified(text, found);
    }

    private static IEnumerable<string> Xml(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 1024 });
            var root = XDocument.Load(reader).Root!;
            var expressions = root.Descendants().Where(element => element.Name.LocalName == "PackageLicenseExpression"
                || (element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression"))
                .Select(element => element.Value);

            // Maven: a project's own licences, not those of its plugins.
            var maven = root.Elements().Where(element => element.Name.LocalName == "licenses").Elements()
                .Select(licence => licence.Elements().FirstOrDefault(element => element.Name.LocalName == "name")?.Value
                    ?? licence.Elements().FirstOrDefault(element => element.Name.LocalName == "url")?.Value ?? "");
            return [.. expressions.Where(value => !value.Contains("$(", StringComparison.Ordinal)), .. maven];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    // "MIT + file LICENSE", "GPL (>= 2) | BSD_3_clause + file LICENSE", "file LICENSE".
    private static IEnumerable<string> Cran(string text) =>
        CranLicence().Match(text) is { Success: true } match && text.Contains("Package:", StringComparison.Ordinal)
            ? [string.Join(" OR ", CranFile().Replace(match.Groups["value"].Value, "")
                .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : [];

    private static IEnumerable<string> Quoted(Regex pattern, string text) =>
        pattern.Matches(text).SelectMany(match => match.Groups["value"].Captures).Select(capture => capture.Value);

    // What the licence field leaves open, Python's classifiers may say: "License :: OSI Approved :: MIT License".
    private static IEnumerable<string> Classified(string text, IEnumerable<string> named)
    {
        var found = named.Where(value => !value.StartsWith("file:", StringComparison.Ordinal) && value.Length <= 120).ToList();
        var classified = Classifier().Matches(text).Select(match => match.Groups["value"].Value).ToList();
        return found.Count > 0 && found.TrueForAll(value => Expression(value) is not null)
            ? found.Concat(classified.Where(value => Withheld().IsMatch(value)))
            : found.Exists(value => Withheld().IsMatch(value)) ? found : classified.DefaultIfEmpty(found.FirstOrDefault() ?? "");
    }

    [GeneratedRegex(@"^\W*(?:un-?licensed|proprietary|commercial|closed|none|all rights reserved|private|see\b.*"
        + @"|custom)\W*(?:license)?\W*$|\b(?:non-?commercial|proprietary)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Withheld();

    // Cargo, pyproject.toml, setup.cfg, csproj, nuspec.
    [GeneratedRegex("""(?:license[-_]files?\s*=\s*\[?\s*["']?|license\s*=\s*\{\s*file\s*=\s*["']|<PackageLicenseFile>\s*"""
        + """|<license\s+type="file">\s*)(?<file>[\w .-]{1,60}?)\s*(?:["'<\r\n\]]|$)""", RegexOptions.CultureInvariant)]
    private static partial Regex LicenceFile();

    [GeneratedRegex(@"\s*/\s*|\s+or\s+(?!later)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Alternative();

    [GeneratedRegex("""^license\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|\{\s*text\s*=\s*["'](?<value>[^"']*)["']\s*\})""",
        RegexOptions.CultureInvariant)]
    private static partial Regex TomlLicence();

    [GeneratedRegex("""^[ \t]*(?:\w+\.)?licen[sc]es?\s*=\s*(?:\[?\s*(?:["'](?<value>[^"'\n]{1,120})["']\s*,?\s*)+"""
        + """|%w\[(?<value>[\w.-]+)\]"""
        + """|\{\s*:?type['"]?\s*(?:=>|:)\s*['"](?<value>[^'"\n]{1,120})['"])""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RubyLicence();

    [GeneratedRegex(@"^licen[sc]e[ \t]*=[ \t]*(?<value>[^\n\r]{1,120})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex SetupLicence();

    [GeneratedRegex("""\blicense\s*=\s*["'](?<value>[^"'\n]{1,120})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex PythonLicence();

    [GeneratedRegex("""License :: (?:OSI Approved :: )?(?<value>[^"'\n\r:]{2,100}?)\s*(?=["'\n\r]|$)""", RegexOptions.CultureInvariant)]
    private static partial Regex Classifier();

    [GeneratedRegex(@"^License:[ \t]*(?<value>[^\n\r]+(?:\r?\n[ \t]+[^\n\r]+)*)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CranLicence();

    [GeneratedRegex(@"\s*\+?\s*file\s+LICEN[SC]E\b", RegexOptions.CultureInvariant)]
    private static partial Regex CranFile();

    [GeneratedRegex(@"^license:[ \t]*(?<value>[^\n\r]{1,120})",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CabalLicence();

    [GeneratedRegex("""^license:[ \t]*["']?(?<value>[^\n\r"'#]{1,120})""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex YamlLicence();

    [GeneratedRegex("""\blicenses?\s*(?::=|\+=|=|:)?\s*(?:\[|Seq\(|List\()?\s*"(?<value>[^"\n]{1,120})["]""",
        RegexOptions.CultureInvariant)]
    private static partial Regex AssignedLicence();
}
