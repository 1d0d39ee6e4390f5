using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Text;
using XCoder.Cli.Commands.Analysis;

namespace XCoder.Cli.Commands;

/// <summary>An option of a command that a file of settings sets.</summary>
/// <param name="Option">The option.</param>
/// <param name="Values">Its values in words.</param>
/// <param name="File">The file that sets it.</param>
internal sealed record SetOption(Option Option, IReadOnlyList<string> Values, string File)
{
    /// <summary>The arguments that set it.</summary>
    public IEnumerable<string> Arguments => (Option.Arity.MaximumNumberOfValues == 1 && Values.Count > 1
        ? [string.Join(',', Values)] : Values).Select(value => $"{Option.Name}={value}");
}

/// <summary>The files of settings that hold for a command, and the options that they set for it.</summary>
/// <param name="Chain">The files.</param>
/// <param name="Set">The options, which are part of the command line already.</param>
internal sealed record AppliedSettings(SettingsChain Chain, IReadOnlyList<SetOption> Set);

/// <summary>A setting, its value and where it comes from.</summary>
/// <param name="Option">Name of the option without <c>--</c>.</param>
/// <param name="Command">The command for which it is set; null for all that have it.</param>
/// <param name="Value">Its value in words.</param>
/// <param name="From">A file, <c>command line</c> or <c>default</c>.</param>
/// <param name="Holds">Whether nothing stronger sets it.</param>
internal sealed record Setting(string Option, string? Command, string Value, string From, bool Holds);

/// <summary>Adds to a command line what files of settings say: as options that the user did not give.</summary>
internal static class CommandSettings
{
    // What a user gives to 'config' itself.
    private static readonly Option[] OfConfig = [GlobalOptions.Config, GlobalOptions.Format, GlobalOptions.Output, GlobalOptions.Quiet,
        GlobalOptions.Verbose];

    /// <summary>Reads the files that hold for a command line.</summary>
    public static SettingsChain Read(ParseResult parsed) => SettingsChain.Read(parsed.GetValue(GlobalOptions.Config), SettingsChain.OwnPath(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME"), Environment.GetEnvironmentVariable("HOME")), Paths(parsed));

    /// <summary>
    /// The options that files set for a command and the command line does not, strongest file first, one entry an option.
    /// </summary>
    /// <param name="chain">The files.</param>
    /// <param name="root">The commands.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">Receives what is wrong in the repository's file, which must not make a command fail.</param>
    /// <exception cref="SettingsException">A trusted file sets an option that does not exist.</exception>
    public static IReadOnlyList<SetOption> Options(SettingsChain chain, RootCommand root, ParseResult parsed, ICollection<string> problems)
    {
        var command = parsed.CommandResult.Command;
        var isOwn = root.Subcommands.Contains(command); // 'languages check' is not 'check'
        var found = new List<SetOption>();
        foreach (var file in chain.Files)
        {
            foreach (var set in file.Options)
            {
                var option = Find(file, root, set);
                if ((set.Command is null || (isOwn && set.Command == command.Name)) && (command.Options.Contains(option)
                    || GlobalOptions.All.Contains(option)))
                {
                    found.Add(new SetOption(option, set.Values, file.Path));
                }
            }

            found.AddRange(Thresholds(file, command));
            if (!isOwn || !file.Formats.TryGetValue(command.Name, out var format))
            {
                continue;
            }

            if (file == chain.Repository && command is CliCommand { Formats: var formats } && !formats.Contains(format))
            {
                problems.Add($"{file.Path}: {command.Name} has no format '{format}'; it has {string.Join(", ", formats)}.");
                continue;
            }

            found.Add(new SetOption(GlobalOptions.Format, [format], file.Path));
        }

        return [.. found.Where(set => parsed.GetResult(set.Option) is null or { Implicit: true }).DistinctBy(static set => set.Option)];
    }

    /// <summary>Whether all that is wrong with a command line is that the command requires options which are not there.</summary>
    public static bool LacksOption(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Count(option => option.Required && parsed.GetResult(option) is null or { Implicit: true })
            is > 0 and var lacking && parsed.UnmatchedTokens.Count == 0 && parsed.Errors.Count == lacking;

    /// <summary>A command line with options added; those of the user come first, and nothing is added behind <c>--</c>.</summary>
    public static string[] Add(string[] arguments, IEnumerable<SetOption> options)
    {
        var end = Array.IndexOf(arguments, "--");
        return [.. arguments.AsSpan(0, end < 0 ? arguments.Length : end), .. options.SelectMany(static set => set.Arguments),
            .. end < 0 ? [] : arguments[end..]];
    }

    /// <summary>All that files and the command line set, strongest first, then defaults of some options.</summary>
    public static IReadOnlyList<Setting> All(CommandContext context, IReadOnlyList<Option> shown)
    {
        var all = GlobalOptions.All.Where(option => context.IsGiven(option) && !OfConfig.Contains(option))
            .Select(option => new Setting(Bare(option), null, context.ValueOf(option), "command line", true)).ToList();
        foreach (var file in context.Settings.Chain.Files)
        {
            var set = file.Options.Select(static option => (option.Name, option.Command, Value: string.Join(", ", option.Values)))
                .Concat(file.Formats.Select(static format => (Name: Bare(GlobalOptions.Format), Command: (string?)format.Key,
                    Value: format.Value)))
                .Concat(Thresholds(file, null).Select(static option => (Name: Bare(option.Option), Command: (string?)null,
                    Value: option.Values[0])));
            all.AddRange(set.ToList().Select(option => new Setting(option.Name, option.Command, option.Value, file.Path,
                !all.Exists(stronger => stronger.Option == option.Name && (stronger.Command is null
                    || stronger.Command == option.Command)))));
        }

        all.AddRange(shown.Where(option => !all.Exists(setting => setting.Option == Bare(option) && setting.Command is null))
            .Select(static option => new Setting(Bare(option), null, Text(option.GetDefaultValue()), "default", true)));
        return all;
    }

    /// <summary>A value as the command line takes it.</summary>
    public static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Bare(Option option) => option.Name.TrimStart('-');

    // A threshold above that of the search is a rule of the file; one below it must reach the search.
    private static IEnumerable<SetOption> Thresholds(ProjectSettings file, Command? command)
    {
        if (file.MinSimilarity < (double)DuplicateSettings.Threshold.GetDefaultValue()! && Has(DuplicateSettings.Threshold))
        {
            yield return new SetOption(DuplicateSettings.Threshold, [Text(file.MinSimilarity)], file.Path);
        }

        if (file.MinTokens < (int)DuplicateSettings.MinTokens.GetDefaultValue()! && Has(DuplicateSettings.MinTokens))
        {
            yield return new SetOption(DuplicateSettings.MinTokens, [Text(file.MinTokens)], file.Path);
        }

        bool Has(Option option) => command?.Options.Contains(option) != false;
    }

    private static Option Find(ProjectSettings file, RootCommand root, SettingOption set)
    {
        var commands = root.Subcommands.Where(command => set.Command is null || command.Name == set.Command).ToList();
        if (commands.Count == 0)
        {
            throw new SettingsException(file.Path, $"options: there is no command '{set.Command}'."
                + Suggestion.For(set.Command!, root.Subcommands.Select(static command => command.Name)));
        }

        var known = commands.SelectMany(static command => command.Options).Concat(GlobalOptions.All)
            .Where(static option => option != GlobalOptions.Config).ToList();
        return known.Find(option => option.Name == "--" + set.Name)
            ?? throw new SettingsException(file.Path, $"options: there is no option '{set.Name}'"
                + $"{(set.Command is null ? "" : $" of {set.Command}")}."
                + Suggestion.For(set.Name, known.Select(static option => option.Name.TrimStart('-'))));
    }

    private static IReadOnlyList<string> Paths(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.OfType<Argument<string[]>>().FirstOrDefault(static argument => argument.Name == "PATH")
            is { } argument && parsed.GetValue(argument) is { Length: > 0 } paths ? paths : ["."];
}
