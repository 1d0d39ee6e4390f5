using XCoder.Agents.Verification.Judging;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;

namespace XCoder.Tests.Agents.Verification.Judging;

public sealed class JudgeProgramsTests : IDisposable
{
    private readonly CodeReaderPool _readers = new(LanguageCatalog.Open());

    public void Dispose() => _readers.Dispose();

    [Theory]
    [InlineData("int f(const int *v, int n)", "XCODER_PASS(v, n)")]
    [InlineData("int f(const double *a, const double *b, size_t len)", "XCODER_PASS(a, len)")]
    [InlineData("int f(const int *in, int *out, int count)", "XCODER_PASS(in, count)")]
    [InlineData("int f(int v[3])", "XCODER_PASS(v, 3)")]
    [InlineData("int f(const int *grid, int n, int m)", "XCODER_PASS(grid, -1)")]
    [InlineData("int f(const int *v, int target)", "XCODER_PASS(v, -1)")]
    [InlineData("int f(const char *text, char *out, size_t size)", "XCODER_PASS(text, -1)")]
    [InlineData("int f(const char *text, char *out, size_t size)", "XCODER_PASS(out, size)")]
    [InlineData("int f(const uint8_t *bytes, size_t size)", "XCODER_PASS(bytes, size)")]
    public void Judge_ArraysOfC_CrossAsFarAsTheirLengthSays(string signature, string expected) =>
        Assert.Contains(expected, Stubs(signature + " { return 0; }", "void run_tests(void) { f(); }"), StringComparison.Ordinal);

    [Theory]
    [InlineData("int f(const int *begin, const int *end) { return 0; }")]
    [InlineData("int f(int **rows, int n) { return 0; }")]
    [InlineData("int f(void *data, int n) { return 0; }")]
    [InlineData("int f(int grid[3][3]) { return 0; }")]
    public void Find_ArraysOfCWithoutALength_DoNotCross(string code) => Assert.NotNull(Find(code, "void run_tests(void) { f(); }").Problem);

    private string Stubs(string code, string tests)
    {
        var (form, driver) = ToolchainCatalog.Open().Judge("c")!.Value;
        var toolchain = ToolchainCatalog.Open().Find("c", code)!;
        return new JudgePrograms(toolchain, form, driver).Judge(tests, Find(code, tests).Functions, "secret")[toolchain.File];
    }

    private AnswerFunctions Find(string code, string tests)
    {
        var reader = _readers.Take();
        try
        {
            return AnswerFunctions.Find(reader, LanguageCatalog.Open().Find("c")!, ToolchainCatalog.Open().Judge("c")!.Value.Form, code, tests);
        }
        finally
        {
            _readers.Return(reader);
        }
    }
}
