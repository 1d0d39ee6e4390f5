using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports.Changes;

namespace XCoder.Tests.Analysis.Reports;

public class ChangeFormatTests
{
    // The parts of Ant's and Jenkins's schemas that bind a writer (JUnit.xsd of windyroad, junit-10.xsd of the xunit plugin).
    private const string JUnitSchema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="testsuites"><xs:complexType><xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
          <xs:element name="testsuite"><xs:complexType>
            <xs:sequence>
              <xs:element name="properties"><xs:complexType><xs:sequence><xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
                <xs:attribute name="name" use="required"><xs:simpleType><xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction></xs:simpleType></xs:attribute>
                <xs:attribute name="value" type="xs:string" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
              <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
                <xs:sequence>
                  <xs:element name="failure" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
                    <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
                  <xs:element name="system-out" type="xs:string" minOccurs="0"/>
                </xs:sequence>
                <xs:attribute name="name" type="xs:token" use="required"/><xs:attribute name="classname" type="xs:token" use="required"/><xs:attribute name="time" type="xs:decimal" use="required"/>
              </xs:complexType></xs:element>
              <xs:element name="system-out" type="xs:string"/>
              <xs:element name="system-err" type="xs:string"/>
            </xs:sequence>
            <xs:attribute name="package" type="xs:token" use="required"/><xs:attribute name="id" type="xs:int" use="required"/>
            <xs:attribute name="name" type="xs:token" use="required"/>
            <xs:attribute name="timestamp" use="required"><xs:simpleType><xs:restriction base="xs:dateTime"><xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/></xs:restriction></xs:simpleType></xs:attribute>
            <xs:attribute name="hostname" type="xs:token" use="required"/><xs:attribute name="tests" type="xs:int" use="required"/>
            <xs:attribute name="failures" type="xs:int" use="required"/><xs:attribute name="errors" type="xs:int" use="required"/><xs:attribute name="time" type="xs:decimal" use="required"/>
          </xs:complexType></xs:element>
        </xs:schema>
        """;

    public static TheoryData<string> Names => [.. ChangeFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_PlainSample_IsAsApproved(string name) =>
        Snapshot.Matches(Render(name, SampleChange.Make(ChangeGate.New, isHostile: false)), "change-" + name + (name switch { "sarif" => ".sarif", "markdown" => ".md", "junit" => ".xml", "badge" => ".svg", "github" => ".txt", _ => ".json" }));

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_HostileSample_SendsNothingRawToATerminal(string name)
    {
        var text = Render(name, SampleChange.Make());
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\n' or '\r'));
        Assert.DoesNotContain('\u202E', text);
        Assert.Equal(text, new UTF8Encoding(false, true).GetString(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_NoFinding_IsWellFormed(string name)
    {
        var text = Render(name, SampleChange.Make(ChangeGate.New) with { Findings = [], Files = [], ChangedTokens = 0, DuplicatedTokens = 0 });
        Assert.Equal(name == "jsonl", text.Length == 0);
        _ = name switch
        {
            "json" or "sarif" or "codeclimate" => (object)JsonDocument.Parse(text),
            "junit" or "badge" => XDocument.Parse(text),
            _ => text,
        };
    }

    [Fact]
    public void Sarif_NamesRulesBasesAndLinksThatExist()
    {
        using var sarif = JsonDocument.Parse(Render("sarif", SampleChange.Make()));
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var run = sarif.RootElement.GetProperty("runs")[0];
        var (rules, bases) = (run.GetProperty("tool").GetProperty("driver").GetProperty("rules"), run.GetProperty("originalUriBaseIds"));
        var prints = new HashSet<string>();
        Assert.Equal(9, run.GetProperty("results").GetArrayLength());
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["warning", "note"]);
            Assert.True(prints.Add(result.GetProperty("partialFingerprints").GetProperty("changeFinding/v1").GetString()!));
            var related = result.GetProperty("relatedLocations").EnumerateArray().ToArray();
            Assert.Equal(Enumerable.Range(1, related.Length), related.Select(location => location.GetProperty("id").GetInt32()));

            // The only link is the one to the first of the others.
            var message = result.GetProperty("message").GetProperty("text").GetString()!;
            Assert.Single(Regex.Matches(message, @"(?<!\\)\]\("));
            Assert.EndsWith("](1).", message);
            foreach (var location in related.Append(result.GetProperty("locations")[0]))
            {
                var artifact = location.GetProperty("physicalLocation").GetProperty("artifactLocation");
                Assert.True(bases.TryGetProperty(artifact.GetProperty("uriBaseId").GetString()!, out _));
                Assert.True(Uri.TryCreate(artifact.GetProperty("uri").GetString(), UriKind.Relative, out _));
                Assert.True(location.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32() >= 1);
            }
        }
    }

    // The runner's own reading of a line (actions/runner, ActionCommand.TryParseV2) gives back what was meant, and no line is another command.
    [Fact]
    public void GitHub_Commands_AreReadBackAsTheyWereMeant()
    {
        var report = SampleChange.Make();
        var lines = Render("github", report).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var commands = lines.Where(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal)).ToList();
        Assert.Equal(report.Findings.Count, commands.Count);
        Assert.DoesNotContain(lines.Except(commands), line => line.Contains("##[", StringComparison.Ordinal));
        foreach (var (level, properties, message) in commands.Select(Parse))
        {
            Assert.Contains(level, (string[])["warning", "notice"]);
            var finding = Assert.Single(report.Findings, finding => XCoder.Analysis.Text.SafeText.ForTerminal(finding.Snippet.Path) == properties["file"]
                && (finding.Snippet.IsFile || finding.Snippet.Span.StartLine.ToString(CultureInfo.InvariantCulture) == properties["line"]));
            Assert.Equal($"XCoder: {finding.Rule.Title}", properties["title"]);
            Assert.Equal(level == "warning", finding.Severity == "warning");
            Assert.StartsWith(XCoder.Analysis.Text.SafeText.ForTerminal(finding.Message), message);
        }
    }

    [Fact]
    public void GitHub_MoreThanTenOfALevel_AreListedAsPlainLines()
    {
        var many = SampleChange.Make() with { Findings = [.. Enumerable.Range(1, 25).Select(i => SampleChange.Finding(ChangeKind.New, DuplicateKind.Exact, 1, SampleChange.Snippet(SampleChange.Hostile, SampleChange.HostilePath, i), SampleChange.Snippet("b", "b.py", i)))] };
        var lines = Render("github", many).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Count(line => line.StartsWith("::warning ", StringComparison.Ordinal)));
        Assert.Equal(10, lines.Count(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal)));
        Assert.Equal(15, lines.Count(line => line.StartsWith("- src/", StringComparison.Ordinal)));
        Assert.Contains("15 more findings", lines[^1]);
        Assert.DoesNotContain(lines.Where(line => line[0] != ':'), line => line.Contains("##[", StringComparison.Ordinal));
    }

    [Fact]
    public void Markdown_OfHostileNames_HasOnlyItsOwnMarkup()
    {
        var text = Render("markdown", SampleChange.Make());
        Assert.DoesNotContain('@', text);
        Assert.Empty(Regex.Matches(text, "<(?!/?(details|summary|code|br)( open)?>)"));
        Assert.Equal(Regex.Count(text, "<details"), Regex.Count(text, "</details>"));
        Assert.Equal(Regex.Count(text, "<code>"), Regex.Count(text, "</code>"));
        foreach (var row in text.Split('\n').Where(line => line.StartsWith('|')))
        {
            Assert.Equal(3, row.Count(c => c == '|'));
            Assert.DoesNotContain('`', row);
            Assert.DoesNotContain('*', row);
            Assert.DoesNotContain(']', row);
        }

        // A reader sees the name as it is, but for what would act on a terminal.
        Assert.Contains(XCoder.Analysis.Text.SafeText.ForTerminal(SampleChange.Hostile), System.Net.WebUtility.HtmlDecode(text));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void Markdown_TakesAtMostSixtyThousandBytes_AndCountsTheRest(int count)
    {
        var many = SampleChange.Make() with { Findings = [.. Enumerable.Range(1, count).Select(i => SampleChange.Finding((ChangeKind)(i % 4), DuplicateKind.Near, 0.8,
            SampleChange.Snippet(new string('ä', 4000) + SampleChange.Hostile, SampleChange.HostilePath, i), SampleChange.Snippet(SampleChange.Hostile, "b.py", i), SampleChange.Snippet("c", "c.py", i)))] };
        many = many with { Findings = ChangeReport.Order(many.Findings) };
        var text = Render("markdown", many);
        var rows = text.Split('\n').Count(line => line.StartsWith("| <code>", StringComparison.Ordinal));
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, ChangeMarkdown.MostBytes);
        Assert.Equal(Regex.Count(text, "<details"), Regex.Count(text, "</details>"));
        Assert.Equal(count == rows, !text.Contains("would not fit here"));
        Assert.True(rows > 5);
        if (rows < count)
        {
            Assert.Contains($"{(count - rows).ToString("N0", CultureInfo.InvariantCulture)} more findings", text);
        }
    }

    [Theory]
    [InlineData(null, 3)] // files, of which one holds three of the five
    [InlineData("new", 3)]
    [InlineData("any", 5)]
    [InlineData("percent:5", 1)]
    [InlineData("percent:50", 0)]
    public void JUnit_IsOfTheSchema_AndFailsWhatTheGateCounts(string? gate, int failures)
    {
        var text = Render("junit", SampleChange.Make(gate is null ? null : ChangeGate.Parse(gate)));
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(new StringReader(JUnitSchema)));
        var document = XDocument.Parse(text);
        document.Validate(schemas, (_, error) => Assert.Fail(error.Message));
        var suite = document.Root!.Element("testsuite")!;
        Assert.Equal(failures, suite.Elements("testcase").Count(test => test.Element("failure") is not null));
        Assert.Equal(failures.ToString(CultureInfo.InvariantCulture), suite.Attribute("failures")!.Value);
        Assert.Equal(suite.Elements("testcase").Count().ToString(CultureInfo.InvariantCulture), suite.Attribute("tests")!.Value);
    }

    // docs.gitlab.com/ci/testing/code_quality: what a tool must write.
    [Fact]
    public void CodeClimate_HasTheFieldsThatGitLabReads()
    {
        using var issues = JsonDocument.Parse(Render("codeclimate", SampleChange.Make()));
        var prints = new HashSet<string>();
        foreach (var issue in issues.RootElement.EnumerateArray())
        {
            Assert.NotEmpty(issue.GetProperty("description").GetString()!);
            Assert.StartsWith("xcoder/", issue.GetProperty("check_name").GetString());
            Assert.Contains(issue.GetProperty("severity").GetString(), (string[])["info", "minor", "major", "critical", "blocker"]);
            Assert.True(prints.Add(issue.GetProperty("fingerprint").GetString()!));
            Assert.False(issue.GetProperty("location").GetProperty("path").GetString()!.StartsWith("./", StringComparison.Ordinal));
            Assert.True(issue.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32() >= 1);
        }

        Assert.Equal(9, prints.Count);
    }

    [Fact]
    public void Fingerprints_StayWhenLinesMove()
    {
        var report = SampleChange.Make();
        var moved = report with { Findings = [.. report.Findings.Select(finding => finding with { Snippet = finding.Snippet with { Span = finding.Snippet.Span with { StartLine = finding.Snippet.Span.StartLine + 7, EndLine = finding.Snippet.Span.EndLine + 7 } } })] };
        Assert.Equal(Prints(report), Prints(moved));

        static List<string> Prints(ChangeReport report)
        {
            using var issues = JsonDocument.Parse(Render("codeclimate", report));
            return [.. issues.RootElement.EnumerateArray().Select(issue => issue.GetProperty("fingerprint").GetString()!)];
        }
    }

    [Theory]
    [InlineData(null, "new duplicates: 5")]
    [InlineData("percent:20", "duplicated: 12.5 %")]
    public void Badge_SaysTheNumber(string? gate, string title)
    {
        var badge = XDocument.Parse(Render("badge", SampleChange.Make(gate is null ? null : ChangeGate.Parse(gate))));
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(title, badge.Root!.Element(svg + "title")!.Value);
        Assert.Empty(badge.Descendants(svg + "script"));
    }

    private static (string Level, Dictionary<string, string> Properties, string Message) Parse(string line)
    {
        var end = line.IndexOf("::", 2, StringComparison.Ordinal);
        var (head, message) = (line[2..end], line[(end + 2)..]);
        var space = head.IndexOf(' ');
        var properties = head[(space + 1)..].Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Unescape(part[1]
            .Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal)));
        return (head[..space], properties, Unescape(message));
    }

    private static string Unescape(string text) => text.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal)
        .Replace("%25", "%", StringComparison.Ordinal);

    private static string Render(string name, ChangeReport report) => JsonReportTests.Render(stream => ChangeFormat.Find(name)!.Writer(stream, report));
}
