using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Where a snippet stands, for people.</summary>
public static class SnippetPlace
{
    /// <summary><c>repository/path:line</c>, not yet made safe.</summary>
    public static string Of(Snippet snippet) => $"{snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}";
}
