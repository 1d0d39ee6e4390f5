using System.Text.RegularExpressions;

namespace XCoder.Tests;

public partial class FullRunTests
{
    /// <summary>What the suite tries a part of, or nothing, is tried whole by .ci/full: its filters name every class that has such a part.</summary>
    [Fact]
    public void Classes_ThatTryAPart_AreRunWholeByCiFull()
    {
        var script = File.ReadAllText(Path.Combine(TestPaths.Root, ".ci/full"));
        var named = Filter().Matches(script).Select(match => match.Groups[1].Value).ToList();
        var partial = Directory.EnumerateFiles(Path.Combine(TestPaths.Tests, "XCoder.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(nameof(FullRun) + ".", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)).ToList();

        Assert.NotEmpty(partial);
        Assert.All(script.Split('\n').Where(line => line.Contains(" test tests/XCoder.Tests", StringComparison.Ordinal)), line => Assert.Contains("-p:RunSettingsFilePath= ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(partial, name => !named.Exists(word => name.Contains(word, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"FullyQualifiedName~([\w.]+)")]
    private static partial Regex Filter();
}
