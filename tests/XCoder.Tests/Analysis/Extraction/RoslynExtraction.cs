using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Model;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Shortens the tests of the C# extractor.</summary>
internal static class RoslynExtraction
{
    public static Language CSharp { get; } = new()
    {
        Id = "csharp",
        Name = "C#",
        Parser = "roslyn",
        Tests = new TestRules { Paths = "(^|/)tests/", Names = "^Test[A-Z]", Decorators = @"^\[\s*(Fact|Theory|Test|TestMethod)\b" },
    };

    public static SourceFile File(string text, string path = "a.cs") => new(path, Encoding.UTF8.GetBytes(text), 0);

    public static List<RoslynFile> Extract(IReadOnlyList<SourceFile> files, RoslynOptions? options = null)
    {
        var found = new List<RoslynFile>();
        RoslynProject.Extract(files, CSharp, options ?? new RoslynOptions(), found.Add);
        return found;
    }

    public static ExtractedFile Extract(string text, string path = "a.cs") => Extract([File(text, path)])[0].Extracted!;


    public static ExtractedSnippet Snippet(this ExtractedFile file, string name) => Assert.Single(file.Snippets, snippet => snippet.Name == name);

    public static string Code(this ExtractedSnippet snippet, SourceFile file) =>
        Encoding.UTF8.GetString(file.Text.AsSpan(snippet.Span.StartByte, snippet.Span.Length));

    /// <summary>Everything extraction found, as text to compare.</summary>
    public static string Print(IEnumerable<RoslynFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.AppendLine($"{file.Index} {file.Source.Path} {file.Outcome} {file.Detail} {file.Extracted?.HasErrors} {file.Extracted?.InactiveBytes}");
            foreach (var s in file.Extracted?.Snippets ?? [])
            {
                text.AppendLine($"{s.Kind} {s.Form} {s.QualifiedName} {s.Span} {s.FirstToken}+{s.TokenCount} {s.Signature} ({string.Join(';', s.Parameters)}) {s.Parent} [{string.Join(',', s.Imports)}] {s.IsTest} {s.HasErrors} {s.Documentation}");
                text.AppendLine($"  {s.Resolved?.Signature} calls {string.Join(',', s.Resolved?.Calls ?? [])} types {string.Join(',', s.Resolved?.Types ?? [])} {s.Resolved?.IsSelfContained}");
            }
        }

        return text.ToString();
    }

    public static string SamplePath() => Path.Combine(TestPaths.Tests, "languages", "csharp", "sample.cs");
}
