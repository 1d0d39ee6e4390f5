using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Model;

namespace XCoder.Compiler;

/// <summary>Reads C# as the extractor does and forgets what it found: what ends this process would have ended the one that asks.</summary>
internal static class TrialReading
{
    // Less than the extractor has, so that what can be read here can be read there.
    private const int StackBytes = 32 << 20;

    private static readonly Language AnyLanguage = new() { Id = "", Name = "" };

    public static CompileReply Read(CompileRequest request)
    {
        RoslynFile? read = null;
        var file = new SourceFile(request.File, Encoding.UTF8.GetBytes(request.Text), 0);
        RoslynProject.Extract([file], AnyLanguage, new RoslynOptions { Resolve = false, StackBytes = StackBytes }, result => read = result);
        return read is { Extracted: not null } ? new CompileReply(null, "") : new CompileReply(null, "", read?.Detail ?? "gave up");
    }
}
