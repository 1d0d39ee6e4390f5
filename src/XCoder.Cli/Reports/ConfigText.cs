using Spectre.Console;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Text;
using XCoder.Cli.Commands;

namespace XCoder.Cli.Reports;

/// <summary>Renders which settings hold for a terminal.</summary>
internal static class ConfigText
{
    /// <summary>Writes the settings with their origins, then the rules of the files that were found.</summary>
    public static void Write(IAnsiConsole console, SettingsChain chain, IReadOnlyList<Setting> settings)
    {
        var table = new ReportTable(new ReportColumn("Option", 9, MinWidth: 10), new ReportColumn("Command", 7),
            new ReportColumn("Value", 8, MinWidth: 10), new ReportColumn("From", 10, MinWidth: 10, KeepEnd: true));
        foreach (var setting in settings)
        {
            table.Add(setting.Option, setting.Command ?? "", setting.Value, setting.From + (setting.Holds ? "" : " (overridden)"));
        }

        table.Write(console);
        var rules = chain.Files.SelectMany(static file => file.Rules).Select(static rule => rule.Describe()).ToList();
        if (rules.Count > 0)
        {
            console.Line();
            console.Line("Left out of reports of duplicates", ReportConsole.Bold);
        }

        foreach (var rule in rules)
        {
            console.Paragraph($"  {SafeText.ForTerminal($"{rule.Place}: {rule.Text}")}", "    ");
        }

        if (!chain.Files.Any())
        {
            console.Paragraph($"No {ProjectSettings.FileName} was found.");
        }
    }
}
