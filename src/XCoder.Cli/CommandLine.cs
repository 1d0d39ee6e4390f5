using System.CommandLine;
using XCoder.Cli.Commands;
using XCoder.Cli.Commands.Analysis;
using XCoder.Cli.Commands.Indexing;
using XCoder.Cli.Commands.Rows;

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

        CliCommand[] commands =
        [
            AnalyzeCommand.Create(), IndexCommand.Create(), SnippetsCommand.Create(), DuplicatesCommand.Create(), CoverageCommand.Create(), NeighboursCommand.Create(), CalibrateCommand.Create(), SeedsCommand.Create(),
            GenerateCommand.Create(), MemoryCommand.Create(), VerifyCommand.Create(), ExportCommand.Create(), DecontaminateCommand.Create(), PurgeCommand.Create(), EmbedCommand.Create(), TokenizeCommand.Create(), LanguagesCommand.Create(), DoctorCommand.Create(),
        ];
        foreach (var command in commands)
        {
            root.Add(command);
        }

        HelpExamples.AddTo(root);
        return root;
    }
}
