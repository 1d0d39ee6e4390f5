using System.CommandLine;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>snippets</c> lists the extracted snippets.</summary>
internal static class SnippetsCommand
{
    private static readonly Option<bool> WithCode = new("--with-code") { Description = "Add each snippet's code" };

    private static readonly Option<string?> Kind =
        new("--kind") { Description = "Only these kinds, comma-separated: function, method, constructor, structure, interface, enumeration",
            HelpName = "KINDS" };

    private static readonly Option<string?> Language = new("--language") { Description = "Only this language", HelpName = "ID" };

    public static CliCommand Create()
    {
        var command = new CliCommand("snippets", "List the extracted functions and structures", Run,
            "xcoder snippets --language python --kind function",
            "xcoder snippets --format jsonl --with-code > snippets.jsonl");
        command.Add(WithCode);
        command.Add(Kind);
        command.Add(Language);
        return command;
    }

    private static int Run(CommandContext context)
    {
        using var codes = context.Workspace.OpenStore();
        var kinds = Kinds(context.Get(Kind));
        var snippets = context.Workspace.Snippets(context.Repository, context.Get(Language)).Where(snippet => kinds.Contains(snippet.Kind));
        Func<string, string?>? code = context.Get(WithCode) ? codes.Code : null;
        if (context.IsJson)
        {
            context.WriteJson(snippets, (json, snippet) => SnippetJson.Write(json, snippet, code?.Invoke(snippet.Id)));
        }
        else
        {
            context.WriteReport(console => SnippetsText.Write(console, snippets, code));
        }

        return ExitCode.Done;
    }

    private static HashSet<SnippetKind> Kinds(string? names) => names is null
        ? [.. Enum.GetValues<SnippetKind>()]
        : [.. CommandContext.Split(names).Select(name =>
            Enum.TryParse<SnippetKind>(name, ignoreCase: true, out var kind) && !int.TryParse(name, out _)
                ? kind
                : throw new UsageException(
                    $"--kind '{SafeText.ForTerminal(name)}' is none of function, method, constructor, structure, interface, "
                        + $"enumeration."))];
}
