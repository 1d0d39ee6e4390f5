using System.Globalization;
using System.Text;
using System.Xml;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>
/// Renders a check as JUnit's XML, as Ant writes and Jenkins reads it: a test case for each changed source file and one for the share
/// of duplicated code where that is the gate. Findings on which the gate fails are failures, without a gate all warnings; the others are
/// output of their test case.
/// </summary>
public static class ChangeJUnit
{
    private const string Suite = "xcoder check";

    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, ChangeReport report)
    {
        var byFile = report.Findings.ToLookup(static finding => finding.Snippet.Path);
        var cases = report.Files.Where(static file => file.Kind != FileChangeKind.Deleted).Select(static file => file.Path)
            .Union(report.Findings.Select(static finding => finding.Snippet.Path)).ToList();
        var isShare = report.Gate?.Percent is not null;
        var failures = cases.Count(path => byFile[path].Any(finding => IsFailure(report, finding)))
            + (isShare && report.Fails ? 1 : 0);
        var (tests, seconds) = (cases.Count + (isShare ? 1 : 0), Number(report.Timings.Sum(static stage => stage.Value)));
        using var xml = XmlWriter.Create(stream,
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", Suite);
        Attribute(xml, "package", report.Repository.Name);
        Attribute(xml, "id", "0");
        Attribute(xml, "timestamp", report.CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        Attribute(xml, "hostname", "localhost");
        Attribute(xml, "tests", Number(tests));
        Attribute(xml, "failures", Number(failures));
        Attribute(xml, "errors", "0");
        Attribute(xml, "time", seconds);
        xml.WriteStartElement("properties");
        Property(xml, "revision", report.Revision);
        Property(xml, "base", report.Base);
        xml.WriteEndElement();
        foreach (var path in cases)
        {
            WriteCase(xml, path, report.Repository.Name, [.. byFile[path]], report);
        }

        if (isShare)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "name", report.Gate!.Name);
            Attribute(xml, "classname", Suite);
            Attribute(xml, "time", "0");
            if (report.Fails)
            {
                Failure(xml, "percent", $"{NumberText.Share(report.DuplicatedShare)} of the changed code is duplicated.", "");
            }

            xml.WriteEndElement();
        }

        xml.WriteElementString("system-out", Safe(string.Join('\n', ChangeSummary.Lines(report))));
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static bool IsFailure(ChangeReport report, ChangeFinding finding) => report.Gate is not { } gate ? finding.Severity == "warning"
        : gate.Percent is null && gate.Counts(finding);

    // A test case has one failure at most, by the schema: of several, the first gives its message.
    private static void WriteCase(XmlWriter xml, string path, string repository, List<ChangeFinding> findings, ChangeReport report)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", path);
        Attribute(xml, "classname", repository);
        Attribute(xml, "time", "0");
        var failed = findings.FindAll(finding => IsFailure(report, finding));
        if (failed.Count > 0)
        {
            Failure(xml, failed[0].Rule.Name, failed[0].Message, Lines(failed));
        }

        var others = findings.FindAll(finding => !IsFailure(report, finding));
        if (others.Count > 0)
        {
            xml.WriteElementString("system-out", Safe(Lines(others)));
        }

        xml.WriteEndElement();
    }

    private static void Failure(XmlWriter xml, string type, string message, string text)
    {
        xml.WriteStartElement("failure");
        Attribute(xml, "type", type);
        Attribute(xml, "message", message);
        xml.WriteString(Safe(text));
        xml.WriteEndElement();
    }

    private static string Lines(List<ChangeFinding> findings) => string.Join('\n', findings.SelectMany(finding => finding.Rest
        .Where(other => other != finding.Others[0])
        .Select(other => $"    also {SafeText.ForTerminal(FindingText.PlaceOf(other, finding.Snippet.Repository))}")
        .Prepend($"{SafeText.ForTerminal(Place(finding.Snippet))}: {finding.Rule.Title}: {SafeText.ForTerminal(finding.Message)}")));

    private static string Place(Snippet snippet) => FindingText.PlaceOf(snippet, snippet.Repository);

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) =>
        xml.WriteAttributeString(name, Safe(SafeText.ForTerminal(value)));

    // XML 1.0 knows no control characters but tabs and line ends, no lone surrogates, and neither U+FFFE nor U+FFFF.
    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append(rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not 0xFFFE and not 0xFFFF) ? rune.ToString() : "\uFFFD");
        }

        return safe.ToString();
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
