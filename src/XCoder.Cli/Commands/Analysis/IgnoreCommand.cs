using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The command <c>ignore</c> leaves a group of copies out of reports, or lists what is left out.</summary>
internal static class IgnoreCommand
{
    /// <summary>For commands that report duplicates.</summary>
    public static readonly Option<bool> NoIgnores =
        new("--no-ignores") { Description = "Report what comments, xcoder.json and xcoder.ignores.json leave out, too" };

    private static readonly Argument<string?> Group = new("GROUP")
    {
        Description = "Id of a group of duplicates, or of a finding of the last check, as they print it in brackets",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why the copies are kept", HelpName = "TEXT" };

    public static CliCommand Create()
    {
        var command = new CliCommand("ignore", $"Leave a group of copies out of reports: adds it to {IgnoredGroups.FileName}, which you "
            + "commit. Without GROUP, list what is left out and why", Run,
            "xcoder ignore 3f9a27c01b44d8e2 --reason \"the copies must be able to differ\"",
            "xcoder ignore --format json");
        command.Add(Group);
        command.Add(Reason);
        MarginOption.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        if (context.Get(Group) is { } group)
        {
            var reason = context.Get(Reason) ?? throw new UsageException("--reason is missing: say why the copies are kept.");
            var (path, entry) = context.Workspace.Ignore(group, reason, Environment.CurrentDirectory, context.Cancellation);
            context.Say($"{NumberText.Count(entry.Members.Count, "copy", "copies")} added to {path}");
            return ExitCode.Done;
        }

        if (context.Get(Reason) is not null)
        {
            throw new UsageException("--reason needs the GROUP for which it is one.");
        }

        List(context);
        return ExitCode.Done;
    }

    private static void List(CommandContext context)
    {
        var ignores = context.Workspace.Ignores();
        var found = ignores.IsEmpty ? [] : context.Workspace.Duplicates(new DuplicateQuery(), context.Cancellation).Ignored;
        var groups = found.SelectMany(static group => group.Reasons.OfType<IgnoreReason>().Distinct())
            .CountBy(static reason => (reason.Source, reason.Place)).ToDictionary();
        var list = ignores.All(context.Repository).Select(reason => (reason, groups.GetValueOrDefault((reason.Source, reason.Place))))
            .ToList();
        if (context.IsJson)
        {
            context.WriteJson(list, static (json, item) =>
            {
                json.WriteStartObject();
                json.WriteString("source", item.reason.Source.ToString().ToLowerInvariant());
                json.WriteString("by", item.reason.Place);
                json.WriteString("reason", item.reason.Text);
                json.WriteNumber("groups", item.Item2);
                json.WriteEndObject();
            });
        }
        else
        {
            context.WriteReport(console => IgnoredReport.Write(console, list));
        }
    }
}
