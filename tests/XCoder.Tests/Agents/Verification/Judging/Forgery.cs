using System.Text.RegularExpressions;

namespace XCoder.Tests.Agents.Verification.Judging;

/// <summary>A wrong answer in <c>tests/verification/forgeries</c> that tries to pass tests, and tests as people write them.</summary>
internal sealed partial record Forgery(string Language, string Trick, string Code, string Tests)
{
    private const string ByValue = "value: ";
    private const string TestsName = "tests ", OwnTests = "--- tests\n";

    /// <summary>Whether it passes by a value that careless tests take for another, or through what crosses between processes: no word in it is a trick.</summary>
    public bool IsByValue => Trick.StartsWith(ByValue, StringComparison.Ordinal);

    public static string Folder { get; } = Path.Combine(TestPaths.Root, "tests", "verification", "forgeries");

    public static IReadOnlyList<string> Languages { get; } = [.. Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    /// <summary>All of a language. One that brings no tests gets those of the file in turn.</summary>
    public static IReadOnlyList<Forgery> Read(string language)
    {
        var sections = Section().Matches(File.ReadAllText(Path.Combine(Folder, language + ".txt"))).Select(match => (Name: match.Groups["name"].Value, Text: match.Groups["text"].Value)).ToList();
        var tests = sections.Where(section => section.Name.StartsWith(TestsName, StringComparison.Ordinal)).Select(section => section.Text).ToList();
        return [.. sections.Where(section => !section.Name.StartsWith(TestsName, StringComparison.Ordinal)).Select((section, index) => Of(language, section.Name, section.Text, tests[index % tests.Count]))];
    }

    private static Forgery Of(string language, string name, string text, string tests) =>
        text.Split(OwnTests) is [{ } code, { } own] ? new Forgery(language, name, code, own) : new Forgery(language, name, text, tests);

    [GeneratedRegex(@"^=== (?<name>.*)\n(?<text>[\s\S]*?)(?=^=== |\z)", RegexOptions.Multiline)]
    private static partial Regex Section();
}
