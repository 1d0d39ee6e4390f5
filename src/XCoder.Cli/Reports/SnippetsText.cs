using Spectre.Console;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders a list of snippets for a terminal, one a line, in the given order.</summary>
internal static class SnippetsText
{
    /// <summary>
    /// Writes <c>id place kind qualified name</c> for each snippet, followed by its code if <paramref name="code"/> is given.
    /// </summary>
    public static void Write(IAnsiConsole console, IEnumerable<Snippet> snippets, Func<string, string?>? code = null)
    {
        foreach (var snippet in snippets)
        {
            var place = SafeText.ForTerminal($"{SnippetPlace.Of(snippet)}-{snippet.Span.EndLine}");
            console.Line((snippet.Id, ReportConsole.Dim),
                ($"  {place}  {snippet.Kind.Name(),-11}  {SafeText.ForTerminal(snippet.QualifiedName)}", null));
            if (code?.Invoke(snippet.Id) is { } text)
            {
                foreach (var line in SafeText.ForLines(text).Split('\n'))
                {
                    console.Line($"    {line}".TrimEnd());
                }

                console.Line();
            }
        }
    }
}
