using Spectre.Console;
using XCoder.Cli.Reports;

namespace XCoder.Tests.Cli.Reports;

/// <summary>What a report writes to a console of fixed width.</summary>
internal static class ConsoleText
{
    public static string Of(Action<IAnsiConsole> write, int width = ReportConsole.DefaultWidth, bool colour = false)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(ReportConsole.Create(writer, width, colour));
        return writer.ToString();
    }
}
