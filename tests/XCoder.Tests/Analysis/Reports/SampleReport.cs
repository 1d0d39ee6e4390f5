using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>A small report in which every part of the formats has something to show.</summary>
internal static class SampleReport
{
    internal const string HostilePath = "a b/50%#x\n<img src=x onerror=\"window.hit=1\">\u202E\e[31m.py";
    internal const string HostileName = "</script><script>window.hit=1</script><!--\u2028\u202E[x](http://a)";

    internal static AnalysisReport Make() => new()
    {
        ToolVersion = "0.1.0",
        CreatedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Coverage = Coverage(),
        DuplicateOptions = new DuplicateOptions(),
        ComparedSnippets = 40,
        ProductionTokens = 2000,
        Groups =
        [
            Group("00000000000000a1", DuplicateKind.Exact, 1, Snippet(1, "app", "src/io.py", "python", "read_all", 90), Snippet(2, "lib", HostilePath, "python", HostileName, 90)),
            Group("00000000000000a2", DuplicateKind.Exact, 1, Snippet(3, "app", "src/io.py", "python", "inner", 30), Snippet(4, "lib", "lib/io.py", "python", "inner", 30)) with { Within = "00000000000000a1" },
            Group("00000000000000b1", DuplicateKind.Renamed, 1, Snippet(5, "app", "web/Sum.ts", "typescript", "sum", 40), Snippet(6, "app", "web/sum.js", "javascript", "total", 40), Snippet(7, "lib", "js/sum.js", "javascript", "add", 42)),
            Group("00000000000000c1", DuplicateKind.Near, 0.7456, Snippet(8, "lib", "src/数える.py", "python", "数える", 300), Snippet(9, "lib", "tests/test_count.py", "python", "test_count", 280) with { IsTest = true }),
        ],
        Sizes = [new(10, 12), new(25, 30), new(50, 22), new(100, 9), new(int.MaxValue, 3)],
        Timings = [new("walk", 0.0123), new("extract", 1.5), new("duplicates", 130)],
        Roots = new Dictionary<string, string> { ["app"] = "/srv/code base/app", ["lib"] = "/srv/lib" },
    };

    internal static string? Code(string id) => id switch
    {
        "00000000000000000005" => "function sum(values: number[]) {\n    let result = 0;\n    for (const value of values) result += value;\n    return result;\n}",
        "00000000000000000007" => "function add(items) {\n  let all = 0;\n  for (const item of items) all += item;\n  log(all);\n  return all;\n}",
        "00000000000000000002" => $"def x():\n    s = '{HostileName}'\n    return \"<b>\" + '\e[2J' + s",
        "00000000000000000009" => null,
        _ => $"def f_{id}():\n    s = ''\n    return \"<b>\" + s",
    };

    internal static Snippet Snippet(int id, string repository, string path, string language, string name, int tokens) => new()
    {
        Id = id.ToString("D20"),
        Repository = repository,
        Path = path,
        Language = language,
        Kind = SnippetKind.Function,
        Name = name,
        QualifiedName = $"Module.{name}",
        Span = new SourceSpan(100 * id, (100 * id) + 80, 10 * id, (10 * id) + 5),
        Signature = $"{name}(values)",
        Tokens = tokens,
    };

    internal static DuplicateGroup Group(string id, DuplicateKind kind, double similarity, params Snippet[] members) => new()
    {
        Group = id,
        Kind = kind,
        Measure = kind switch { DuplicateKind.Near => "jaccard", DuplicateKind.Semantic => "cosine", _ => "hash" },
        Similarity = similarity,
        Representative = members[0].Id,
        Reason = "documented, not a test, first of 2",
        Members = members,
        CrossLanguage = members.Any(member => member.Language != members[0].Language),
    };

    private static CoverageReport Coverage()
    {
        LanguageCoverage[] app =
        [
            new() { Language = "python", Files = 8, WithErrors = 1, Bytes = 40_000, Functions = 30, Structures = 4, Documented = 10, Tests = 5, Skipped = new Dictionary<string, int> { ["generated"] = 2 } },
            new() { Language = "javascript", Files = 3, Bytes = 9_000, Functions = 12, Documented = 12 },
            new() { Language = "typescript", Files = 2, Bytes = 1_200, Functions = 7, Structures = 1 },
        ];
        LanguageCoverage[] lib = [new() { Language = "python", Files = 5, Bytes = 20_000, Functions = 20, Structures = 2, Documented = 22, Tests = 1 }];
        var skipped = new Dictionary<string, int> { ["ignored"] = 1_204, ["binary"] = 3, ["unreadable"] = 1 };
        return new CoverageReport(
            new FileCounts(1_226, 18, 1, skipped, 1),
            70_200,
            [app[0] with { Files = 13, Bytes = 60_000, Functions = 50, Structures = 6, Documented = 32, Tests = 6 }, app[1], app[2]],
            [
                new RepositoryCoverage("app", "https://example.org/app.git", "0123456789abcdef0123456789abcdef01234567", new FileCounts(1_220, 13, 1, skipped), 50_200, app, [new("MIT", 12), new("none", 1)]),
                new RepositoryCoverage("lib", "git@example.org:lib", null, new FileCounts(6, 5, 0, new Dictionary<string, int> { ["unreadable"] = 1 }, 1), 20_000, lib, [new("GPL-2.0-only OR MIT", 5)]),
            ],
            [new FileLoss("lib", HostilePath, "unreadable", "permission denied\r\e]0;title\a")]);
    }
}
