using System.Text.RegularExpressions;

namespace XCoder.Tests.Agents.Verification;

/// <summary>A solution of the corpus in <c>tests/verification</c>, with its tests and its broken variant.</summary>
internal sealed partial record CorpusCase(string Language, string Task, string Code, string Tests, string Broken, string Fault)
{
    public static IReadOnlyList<CorpusCase> Read(string language, string folder = "") =>
        [.. Section().Matches(File.ReadAllText(Path.Combine(TestPaths.Root, "tests", "verification", folder, language + ".txt"))).Select(match => Of(language, match))];

    /// <summary>What is wrong with the broken variant: <c>value</c>, <c>compile</c>, <c>type</c>, <c>runtime</c> or <c>loop</c>.</summary>
    public string Kind => Fault.Split(':')[0];

    public static IReadOnlyList<string> Languages { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "tests", "verification"), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    private static CorpusCase Of(string language, Match match)
    {
        var (code, from, to) = (match.Groups["code"].Value, match.Groups["from"].Value, match.Groups["to"].Value);
        Assert.Single(Regex.Matches(code, Regex.Escape(from)));
        return new CorpusCase(language, match.Groups["task"].Value.Trim(), code, match.Groups["tests"].Value, code.Replace(from, to, StringComparison.Ordinal), match.Groups["fault"].Value.Trim());
    }

    [GeneratedRegex(@"^=== (?<task>.*)\n(?<code>[\s\S]*?)^--- tests\n(?<tests>[\s\S]*?)^--- broken (?<fault>.*)\n<<<<\n(?<from>[\s\S]*?)\n>>>>\n(?<to>[\s\S]*?)\n?(?=^=== |\z)", RegexOptions.Multiline)]
    private static partial Regex Section();
}
