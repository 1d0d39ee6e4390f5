using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>What a package manifest says of its licence.</summary>
/// <param name="Spdx">
/// An SPDX expression; <c>NOASSERTION</c> where the licence is written otherwise; null where only a file is named.
/// </param>
/// <param name="IsSure">Whether it counts beside a licence file.</param>
/// <param name="File">The file that holds the licence, as the manifest names it, or null.</param>
internal readonly record struct ManifestStatement(string? Spdx, bool IsSure, string? File);

/// <summary>The licence that a package manifest names. The manifests are data: nothing of them is run.</summary>
internal static partial class ManifestLicence
{
    /// <summary>Whether a file of that name is a manifest this reads.</summary>
    public static bool IsManifest(string name) => ManifestKind.Of(name) is not null;

    /// <summary>What a manifest says of its licence; null where it says nothing.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="bytes">Its content.</param>
    public static ManifestStatement? Read(string name, byte[] bytes)
    {
        var text = LicenceRecogniser.Decode(bytes).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        if (ManifestKind.Of(name) is not { } kind || (kind.Needs is { } needs && !text.Contains(needs, StringComparison.Ordinal)))
        {
            return null;
        }

        var content = kind.Form switch
        {
            "json" or "toml" or "yaml" => TreeManifest.Read(kind, text),
            "xml" => XmlManifest.Read(text),
            "ini" or "fields" => FieldManifest.Read(kind, text),
            _ => CodeManifest.Read(kind, bytes, text),
        };

        // It cannot be parsed, and may say something.
        return content is not null ? Statement(content, kind)
            : Mention().IsMatch(text) ? new ManifestStatement(SpdxTag.NoAssertion, false, null) : null;
    }

    private static ManifestStatement? Statement(ManifestContent content, ManifestKind kind)
    {
        if (content.Withholds || content.Entries.Count > ManifestContent.MostEntries
            || content.Classifiers.Count > ManifestContent.MostEntries)
        {
            return new ManifestStatement(SpdxTag.NoAssertion, true, content.File);
        }

        var file = content.File ?? content.Entries.Find(entry => entry.File is not null).File;
        var read = content.Entries.Where(entry => entry is not { Name: null, Link: null, File: not null })
            .Select(entry => ManifestValue.Read(entry, kind.Names)).ToList();
        var hasFile = read.Count < content.Entries.Count;
        if (kind.Classifiers is not null)
        {
            read = Weigh(read, [.. content.Classifiers.Select(Trim).Where(value => value.Length > 0)]);
        }

        if (read.Count == 0)
        {
            return file is null ? null : new ManifestStatement(null, false, file);
        }

        var all = read.Select(licence => licence.Spdx ?? SpdxTag.NoAssertion).Distinct().ToList();
        var spdx = all.Contains(SpdxTag.NoAssertion) ? SpdxTag.NoAssertion
            : content.IsChoice ? string.Join(" OR ", all) : LicenceRecogniser.Combine(all, " AND ");

        // Of alternatives, one may be a file; else it holds as well.
        return new ManifestStatement(spdx, read.Exists(licence => licence.IsSure), content.IsChoice && hasFile ? null : file);
    }

    // What the field leaves open, Python's classifiers may say; and what they withhold, the field does not give.
    private static List<NamedLicence> Weigh(List<NamedLicence> field, List<string> classifiers)
    {
        var read = classifiers.ConvertAll(value => Classified(value));
        var sure = read.FindAll(licence => licence.IsSure);
        if (field.Count == 0 || field.TrueForAll(licence => !licence.IsSure))
        {
            return sure.Count > 0 ? sure : field.Count > 0 ? field : read;
        }

        var isMild = field.TrueForAll(licence => licence.Spdx is { } spdx && LicenceFinder.ClassOf(spdx) == LicenceClass.Permissive
            && !spdx.Contains(" OR ", StringComparison.Ordinal));
        return [.. field, .. sure.Where(licence => licence.Spdx is null
            || (isMild && LicenceFinder.ClassOf(licence.Spdx) != LicenceClass.Permissive))];
    }

    private static NamedLicence Classified(string value)
    {
        var plain = ManifestValue.Read(new LicenceEntry(value), null);
        return plain.Spdx is null && Short().Match(value) is { Success: true } match
            && ManifestValue.Expression(value[..match.Index]) is { } spdx && ManifestNames.IsKnown(spdx)
                ? new NamedLicence(spdx, true) : plain;
    }

    // "License :: OSI Approved :: MIT License".
    private static string Trim(string classifier)
    {
        var parts = classifier.Split("::", StringSplitOptions.TrimEntries);
        return parts is ["License", .., var last] && !(parts.Length == 2 && last is "OSI Approved" or "DFSG approved") ? last : "";
    }

    [GeneratedRegex("licen[sc]e", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    // "(GPLv3)" behind the name.
    [GeneratedRegex(@"\s*\([^()]{1,20}\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
