namespace XCoder.Analysis.Reports;
/// <summary>Stub until merge.</summary>
public static class HtmlReport { /// <summary>x</summary>
public static void Write(Stream s, AnalysisReport r, Func<string, string?> c) { } }
