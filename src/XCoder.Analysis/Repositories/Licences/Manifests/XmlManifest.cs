using System.Xml;
using System.Xml.Linq;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>Reads manifests in XML: MSBuild's, NuGet's, Maven's, ROS's, AppStream's, Visual Studio's.</summary>
internal static class XmlManifest
{
    private const int MostDepth = 100;

    /// <summary>What the manifest says, or null where it cannot be parsed.</summary>
    public static ManifestContent? Read(string text)
    {
        if (Parse(text) is not { } root)
        {
            return null;
        }

        var content = new ManifestContent();
        switch (root.Name.LocalName)
        {
            case "project" or "component" or "application":
                OfMaven(content, root);
                content.Entries.AddRange(Inner(root, "project_license").Select(element => LicenceEntry.Of(element.Value)));
                break;
            case "package" when !Inner(root, "metadata").Any():
                OfRos(content, root);
                break;
            case "PackageManifest":
                content.File = Inner(root, "Metadata").SelectMany(metadata => Inner(metadata, "License")).FirstOrDefault()?.Value.Trim();
                break;
            default:
                OfMsBuild(content, root);
                break;
        }

        return content;
    }

    private static XElement? Parse(string text)
    {
        try
        {
            // The message that elements are not closed names them all.
            using (var reader = Reader(text))
            {
                while (reader.Read())
                {
                    if (reader.Depth > MostDepth)
                    {
                        return null;
                    }
                }
            }

            using var again = Reader(text);
            return XDocument.Load(again).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XmlReader Reader(string text) => XmlReader.Create(new StringReader(text),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 1024 });

    // A project's own licences, not those of its plugins; all of them hold.
    private static void OfMaven(ManifestContent content, XElement root)
    {
        foreach (var licence in Inner(root, "licenses").SelectMany(all => Inner(all, "license")))
        {
            content.Entries.Add(new LicenceEntry(Value(licence, "name"), Value(licence, "url"), Value(licence, "comments")));
        }
    }

    private static void OfRos(ManifestContent content, XElement root)
    {
        foreach (var licence in Inner(root, "license"))
        {
            content.Entries.Add(new LicenceEntry(licence.Value.Trim() is { Length: > 0 } name ? name : null,
                (string?)licence.Attribute("uri"), null, (string?)licence.Attribute("file")));
        }
    }

    private static void OfMsBuild(ManifestContent content, XElement root)
    {
        foreach (var element in root.Descendants().Where(element => !element.HasElements))
        {
            var value = element.Value.Trim();
            if (value.Length == 0)
            {
                continue;
            }

            switch (element.Name.LocalName)
            {
                case "PackageLicenseExpression":
                case "license" when (string?)element.Attribute("type") == "expression":
                    // What another file sets is read there.
                    content.Entries.Add(value.Contains("$(", StringComparison.Ordinal) ? LicenceEntry.Unread : new LicenceEntry(value));
                    break;
                case "PackageLicenseFile":
                case "license" when (string?)element.Attribute("type") == "file":
                    content.File = value;
                    break;
                case "PackageLicenseUrl" or "licenseUrl" when LicenceEntry.IsLink(value)
                    && !value.Contains("deprecateLicenseUrl", StringComparison.OrdinalIgnoreCase):
                    content.Entries.Add(new LicenceEntry(null, value));
                    break;
                case "Copyright" or "copyright":
                    content.Withholds |= ManifestValue.Withholds(value);
                    break;
            }
        }
    }

    private static IEnumerable<XElement> Inner(XElement element, string name) =>
        element.Elements().Where(inner => inner.Name.LocalName == name);

    private static string? Value(XElement element, string name) =>
        Inner(element, name).FirstOrDefault()?.Value.Trim() is { Length: > 0 } value ? value : null;
}
