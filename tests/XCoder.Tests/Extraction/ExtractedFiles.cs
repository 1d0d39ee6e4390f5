using XCoder.Analysis.Model;

namespace XCoder.Tests.Extraction;

/// <summary>Looks into extracted files, whichever extractor made them.</summary>
internal static class ExtractedFiles
{
    public static ExtractedSnippet Snippet(this ExtractedFile file, string name) => file.Snippets.Single(snippet => snippet.Name == name);
}
