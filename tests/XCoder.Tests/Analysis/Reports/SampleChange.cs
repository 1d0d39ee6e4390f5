using XCoder.Analysis.Changes;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>A report of a change with every kind of finding, in plain names and in names that mean something in some format.</summary>
internal static class SampleChange
{
    /// <summary>A name with what is special in HTML, Markdown, XML, SARIF's messages, workflow commands and terminals.</summary>
    public const string Hostile = "f<script>alert(1)</script>|`x`@octocat #12 [a](b) {0} \\ ]]> & \"'::error::%0A%25\n##[group]\r\u001b[31m\u202E\u0000\uFFFF*_~";

    public const string HostilePath = "src/a,b:c%2C|`@octocat`\n::warning::<b>\u0007.py";

    public static ChangeReport Make(ChangeGate? gate = null, bool isHostile = true) => new()
    {
        ToolVersion = "1.2.3",
        CreatedAt = new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero),
        Repository = new Repository("shop", "/srv/code base/shop", "https://example.org/shop.git", new string('d', 40)),
        Revision = isHostile ? "origin/main<b>|" : "origin/main",
        Base = "0123456789abcdef0123456789abcdef01234567",
        IsMergeBase = true,
        Files = [new FileChange("src/basket.py", FileChangeKind.Modified, new string('e', 40)), new FileChange("src/cart.py", FileChangeKind.Added, null), new FileChange("src/old.py", FileChangeKind.Deleted, new string('f', 40)),
            .. isHostile ? (FileChange[])[new FileChange(HostilePath, FileChangeKind.Added, null)] : []],
        Findings =
        [
            Finding(ChangeKind.New, DuplicateKind.Exact, 1, Snippet("cart", "src/cart.py", 3), Snippet("basket", "src/basket.py", 10)),
            .. isHostile ? (ChangeFinding[])[Finding(ChangeKind.New, DuplicateKind.Near, 0.8123, Snippet(Hostile, HostilePath, 1), Snippet(Hostile, HostilePath, 50), Snippet("other", HostilePath, 90))] : [],
            Finding(ChangeKind.Grown, DuplicateKind.Renamed, 1, Snippet("third", "src/cart.py", 30), Snippet("first", "src/basket.py", 40), Snippet("second", "lib/second.py", 1) with { Repository = "shared" }),
            Finding(ChangeKind.Closer, DuplicateKind.Renamed, 1, Snippet("near", "src/cart.py", 60), Snippet("far", "src/basket.py", 70)) with { Before = 0.75 },
            Finding(ChangeKind.Twin, DuplicateKind.Near, 0.9, Snippet("edited", "src/basket.py", 90), Snippet("left", "src/left.py", 4), Snippet("behind", "src/left.py", 24)),
            Finding(ChangeKind.Parallel, DuplicateKind.Semantic, 0.7, Snippet("parse", "src/cart.py", 120), Snippet("Parse", "src/Cart.java", 12) with { Language = "java" }) with { Margin = 0.2512, IsCrossLanguage = true },
            Finding(ChangeKind.GapClosed, DuplicateKind.Semantic, 0.8, Snippet("print", "src/cart.py", 150), Snippet("Print", "src/Cart.java", 40) with { Language = "java" }) with { Margin = 0.31, IsCrossLanguage = true },
            Finding(ChangeKind.New, DuplicateKind.Exact, 1, Snippet("helper", "tests/test_cart.py", 5) with { IsTest = true }, Snippet("helper", "tests/test_basket.py", 5) with { IsTest = true }),
            Finding(ChangeKind.New, DuplicateKind.File, 1, File("src/copy.py"), File("src/basket.py")),
        ],
        ChangedTokens = 1000,
        DuplicatedTokens = 125,
        Losses = isHostile ? [new FileLoss("shop", HostilePath, "timeout", Hostile)] : [],
        Options = new DuplicateOptions(),
        Gate = gate,
        Timings = [KeyValuePair.Create("index", 0.25), KeyValuePair.Create("copies", 0.5)],
        Roots = new Dictionary<string, string> { ["shop"] = "/srv/code base/shop" },
    };

    public static ChangeFinding Finding(ChangeKind kind, DuplicateKind evidence, double similarity, Snippet snippet, params Snippet[] others)
    {
        var finding = new ChangeFinding { Kind = kind, Evidence = evidence, Similarity = similarity, Snippet = snippet, Others = others, Group = "0123456789abcdef", Message = "" };
        return finding with { Message = FindingText.Of(kind == ChangeKind.Closer ? finding with { Before = 0.75 } : finding) };
    }

    public static Snippet Snippet(string name, string path, int line) => new()
    {
        Id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{name} {path} {line}")))[..20],
        Repository = "shop",
        Path = path,
        Language = "python",
        Kind = SnippetKind.Function,
        Name = name,
        QualifiedName = name,
        Span = new SourceSpan(0, 10, line, line + 9),
        Signature = "",
        Tokens = 50,
    };

    private static Snippet File(string path) => Snippet(Path.GetFileName(path), path, 1) with { Id = $"shop/{path}", QualifiedName = path };
}
