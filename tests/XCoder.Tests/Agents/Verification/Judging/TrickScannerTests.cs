using XCoder.Agents.Verification.Judging;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;

namespace XCoder.Tests.Agents.Verification.Judging;

public sealed class TrickScannerTests : IDisposable
{
    // Harmless in themselves, or stopped when they run: PHP neither starts a program nor reads outside its folder, and a
    // promise that is never settled keeps the word from being written.
    private static readonly HashSet<string> Unnamed =
    [
        "php: built name in a variable", "php: name for a callback", "perl: numeric string by local $\\", "bash: return from the file", "php: loosely equal to all", "javascript: promise that never ends", "javascript: thenable that never ends", "csharp: task that never ends", "typescript: promise that never ends",

        // Nothing calls it, because it gets another name.
        "go: main of its own", "rust: own main",

        // The tests stand where the answer does not see their names.
        "python: reads what the tests expect", "python: reads the table of the tests", "javascript: overwrites the tests' helper", "javascript: reads the table of the tests", "typescript: reads the table without a declaration",
    ];

    private static readonly ToolchainCatalog Toolchains = ToolchainCatalog.Open();
    private readonly TrickScanner _scanner = new(LanguageCatalog.Open(), TrickCatalog.Open());

    public void Dispose() => _scanner.Dispose();

    public static TheoryData<string> Languages => [.. Toolchains.Toolchains.Select(toolchain => toolchain.Language).Distinct()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Find_AForgery_NamesItsTrick(string language) => Assert.Empty(Forgery.Read(language)
        .Where(forgery => !forgery.IsByValue && Find(language, forgery.Code, forgery.Tests) is null && !Unnamed.Contains($"{language}: {forgery.Trick}")).Select(forgery => forgery.Trick));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Find_AGoodAnswer_FindsATrickOnlyWhereItReachesBeyondItself(string language) => Assert.Empty(CorpusCase.Read(language)
        .Where(item => !VerificationCorpusTests.Reaching.Contains(item.Task) && Find(language, item.Code, item.Tests) is not null).Select(item => $"{item.Task}: {Find(language, item.Code, item.Tests)}"));

    [Theory]
    [InlineData("python", "import os\ndef f(): os._exit(0)\n", "ends the program by 'os'")]
    [InlineData("python", "import numpy\n", "needs the module 'numpy', which could reach the tests")]
    [InlineData("go", "import \"os\"\nfunc f() { os.Exit(0) }\n", "needs 'os', which could reach the tests")]
    [InlineData("c", "#define NDEBUG\nint f(void) { return 0; }\n", "redefines '#define NDEBUG'")]
    [InlineData("bash", "exit() { :; }\n", "ends or takes over the shell by 'exit'")]
    public void Find_ATrick_SaysWhatItDoes(string language, string code, string found) => Assert.Equal(found, Find(language, code, ""));

    [Theory]
    [InlineData("python", "# exit(0) reads os.environ\ndef f(x):\n    \"\"\"Calls open() for nobody.\"\"\"\n    return 'exit'\n")]
    [InlineData("javascript", "// process.exit(0)\nfunction f(x) { return 'eval'; }\n")]
    [InlineData("c", "/* exit(0); */\nint f(void) { return 0; }\n")]
    [InlineData("ruby", "# exit! and eval\ndef f(x) = x\n")]
    [InlineData("bash", "# exit 0\nf() { echo fine; }\n")]
    public void Find_ATrickInACommentOrText_IsNone(string language, string code) => Assert.Null(Find(language, code, ""));

    [Fact]
    public void Find_ALanguageWithoutARow_IsRefused() =>
        Assert.NotNull(_scanner.Find(new Toolchain { Language = "haskell", Name = "", File = "", Run = [], Guide = "" }, "f x = x", ""));

    private string? Find(string language, string code, string tests) => _scanner.Find(Toolchains.Find(language, code)!, code, tests);
}
