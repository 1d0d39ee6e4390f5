using System.CommandLine;
using XCoder.Analysis.Pipeline;
using XCoder.Cli.Commands;

namespace XCoder.Cli;

/// <summary>The commands and the options all of them take.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        var root = new RootCommand("XCoder extracts functions and structures from repositories in many languages, finds duplicates among them and reports what a corpus covers.");
        foreach (var option in GlobalOptions.All)
        {
            root.Add(option);
        }

        foreach (var command in (CliCommand[])[AnalyzeCommand.Create(), IndexCommand.Create(), SnippetsCommand.Create(), DuplicatesCommand.Create(), CoverageCommand.Create(), SeedsCommand.Create(), GenerateCommand.Create(), NeighboursCommand.Create(), CalibrateCommand.Create(), EmbedCommand.Create(), TokenizeCommand.Create(), LanguagesCommand.Create(), DoctorCommand.Create()])
        {
            root.Add(command);
        }

        HelpExamples.AddTo(root);
        return root;
    }
}
