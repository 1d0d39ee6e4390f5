using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Renders a list of snippets for a terminal, one a line, as they come.</summary>
public static class SnippetsText
{
    /// <summary>Writes <c>id  place  kind  qualified name</c> for each, and its code below it where <paramref name="code"/> gives some.</summary>
    public static void Write(TextWriter writer, IEnumerable<Snippet> snippets, TextOptions options, Func<string, string?>? code = null)
    {
        options.Validate();
        foreach (var snippet in snippets)
        {
            var place = SafeText.ForTerminal($"{TextLines.Place(snippet)}-{snippet.Span.EndLine}");
            writer.WriteLine($"{TextStyle.Dim(snippet.Id, options)}  {place}  {snippet.Kind.Name(),-11}  {SafeText.ForTerminal(snippet.QualifiedName)}");
            if (code?.Invoke(snippet.Id) is { } text)
            {
                foreach (var line in SafeText.ForLines(text).Split('\n'))
                {
                    writer.WriteLine($"    {line}".TrimEnd());
                }

                writer.WriteLine();
            }
        }
    }
}
