using System.Text;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories;
using Xunit;
using Xunit.Abstractions;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>No text of the code is lost: between two tokens there are only blanks and comments, in every language.</summary>
public sealed class LostTextTests(ITestOutputHelper output) : IDisposable
{
    private static readonly LanguageCatalog Catalog = LanguageCatalog.Open();

    private static readonly Dictionary<string, (string[] Lines, (string Open, string Close)[] Blocks)> Comments =
        ExactLayoutTests.Table("comments.txt").ToDictionary(row => row[0], row => (Words(row[1]), Words(row[2]).Chunk(2).Select(pair => (pair[0], pair[1])).ToArray()));

    private readonly CodeReader _reader = new(Catalog);

    public static TheoryData<string> Languages() => ExactLayoutTests.Languages();

    [Theory]
    [MemberData(nameof(Languages))]
    public void Tokens_OfSamplesAndPairs_LeaveOnlyBlanksAndComments(string id)
    {
        var sample = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(TestPaths.Tests, "languages", id), "sample.*")));
        var pairs = ExactLayoutTests.Table("layout.txt").Where(row => row[0] == id).SelectMany(row => row[2..]);

        Assert.Empty(pairs.Prepend(sample).SelectMany(code => Lost(Catalog.Find(id)!, code)));
    }

    /// <summary>The same on the folder that XCODER_TREE names (<c>.ci/full text</c>: a real repository), else on the samples.</summary>
    [Fact]
    public void Tokens_OfARealTree_LeaveOnlyBlanksAndComments()
    {
        var folder = Environment.GetEnvironmentVariable("XCODER_TREE") ?? Path.Combine(TestPaths.Tests, "languages");
        var languages = Catalog.Languages.SelectMany(language => language.Extensions.Select(extension => (extension, language)))
            .ToDictionary(pair => pair.extension, pair => pair.language);
        var (files, lost) = (0, new List<string>());
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var path in Directory.EnumerateFiles(folder, "*", options))
        {
            if (languages.TryGetValue(Path.GetExtension(path).ToLowerInvariant(), out var language) && new FileInfo(path).Length < 1 << 20)
            {
                files++;
                lost.AddRange(Lost(language, File.ReadAllText(path)).Select(text => $"{path}: {text}"));
            }
        }

        output.WriteLine($"text: {files} files, {lost.Count} texts lost");
        Assert.True(files > 0, $"There is no source file in {folder}.");
        Assert.True(lost.Count == 0, string.Join('\n', lost.Take(50)));
    }

    public void Dispose() => _reader.Dispose();

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // What stands between tokens and is neither blank nor comment. Regions that #if excludes count as comments.
    private IEnumerable<string> Lost(Language language, string code)
    {
        var text = Encoding.UTF8.GetBytes(code);
        if (_reader.Extract(language, code) is not { InactiveBytes: 0 } file)
        {
            yield break;
        }

        var end = 0;
        for (var i = 0; i <= file.Tokens.Count; i++)
        {
            var start = i < file.Tokens.Count ? file.Tokens.Starts[i] : text.Length;
            var gap = Encoding.UTF8.GetString(text.AsSpan(end..Math.Max(start, end)));
            if (Left(Comments[language.Id], gap) is { Length: > 0 } left)
            {
                yield return $"'{left}' in '{gap}'";
            }

            end = i < file.Tokens.Count ? start + file.Tokens.Lengths[i] : end;
        }
    }

    // The gap without the blanks and comments that it begins with.
    private static string Left((string[] Lines, (string Open, string Close)[] Blocks) comments, string gap)
    {
        for (gap = Trim(gap); gap.Length > 0; gap = Trim(gap))
        {
            var block = Array.Find(comments.Blocks, block => gap.StartsWith(block.Open, StringComparison.Ordinal));
            if (block.Open is not null)
            {
                gap = gap[EndOf(gap, block)..];
            }
            else if (Array.Exists(comments.Lines, line => gap.StartsWith(line, StringComparison.Ordinal)))
            {
                gap = gap.IndexOf('\n') is var end and >= 0 ? gap[end..] : "";
            }
            else
            {
                break;
            }
        }

        return gap;
    }

    // Comments nest in some languages. One that is not closed reaches to the end.
    private static int EndOf(string gap, (string Open, string Close) block)
    {
        var depth = 1;
        for (var at = block.Open.Length; at < gap.Length; at++)
        {
            if (string.CompareOrdinal(gap, at, block.Close, 0, block.Close.Length) == 0)
            {
                at += block.Close.Length - 1;
                if (--depth == 0)
                {
                    return at + 1;
                }
            }
            else if (string.CompareOrdinal(gap, at, block.Open, 0, block.Open.Length) == 0)
            {
                depth++;
            }
        }

        return gap.IndexOf(block.Close, block.Open.Length, StringComparison.Ordinal) is var first and >= 0 ? first + block.Close.Length : gap.Length;
    }

    // Blanks, and signs that join a line to the next one.
    private static string Trim(string gap)
    {
        gap = gap.TrimStart(' ', '\t', '\r', '\n', '\f', '\v', '\uFEFF');
        return gap.Length > 0 && gap[0] is '\\' or '`' && gap[1..].TrimStart(' ', '\t', '\r') is ['\n', .. var rest] ? Trim(rest) : gap;
    }
}
