namespace XCoder.Analysis.Reports;

/// <summary>ANSI colours, where the options ask for them.</summary>
internal static class TextStyle
{
    internal static string Bold(string text, TextOptions options) => Wrap("1", text, options);

    internal static string Dim(string text, TextOptions options) => Wrap("2", text, options);

    internal static string Warning(string text, TextOptions options) => Wrap("33", text, options);

    private static string Wrap(string code, string text, TextOptions options) =>
        options.Colour && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
