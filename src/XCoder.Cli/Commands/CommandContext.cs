using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using XCoder.Agents;
using XCoder.Analysis;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;
using XCoder.Cli.Commands.Analysis;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands;

/// <summary>Gives a command its global options, its streams and its cancellation.</summary>
internal sealed class CommandContext
{
    private readonly ParseResult _parsed;
    private readonly TextWriter _messages;
    private readonly List<string> _notes = [];
    private int _notesSaid;
    private Workspace? _workspace;
    private RowWorkspace? _rows;
    private LanguageCatalog? _catalog;

    public CommandContext(ParseResult parsed, TextWriter messages, AppliedSettings settings, CancellationToken cancellation)
    {
        (_parsed, _messages, Settings, Cancellation) = (parsed, messages, settings, cancellation);
        Progress = Quiet ? null
            : new ProgressDisplay(messages, Console.IsErrorRedirected || IsDumb ? null : ReportConsole.OfTerminal(messages, HasColours),
                TimeProvider.System);
        if (Threads is < 1 or > 1024)
        {
            throw new UsageException($"--threads must be 1 to 1024, not {Threads}.");
        }

        if (_parsed.GetValue(GlobalOptions.Wait) is var wait and not (>= 0 and <= 86400))
        {
            throw new UsageException($"--wait must be 0 to 86400 seconds, not {wait}.");
        }

        if (parsed.CommandResult.Command is CliCommand command && !command.Formats.Contains(Format))
        {
            throw new UsageException($"--format {Format} is not possible here; choose {string.Join(", ", command.Formats)}.");
        }
    }

    /// <summary>Standard error, for messages. Clears the progress line first.</summary>
    public TextWriter Messages
    {
        get
        {
            Progress?.Clear();
            return _messages;
        }
    }

    /// <summary>Shows the progress of the work; null with <c>--quiet</c>.</summary>
    public ProgressDisplay? Progress { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The files of settings that hold for the command; their options are part of the command line already.</summary>
    public AppliedSettings Settings { get; }

    /// <summary>Whether the user gave an option on the command line.</summary>
    public bool IsGiven(Option option) => _parsed.GetResult(option) is { Implicit: false }
        && !Settings.Set.Any(set => set.Option == option);

    /// <summary>The workspace. It need not exist; it is checked before anything in it is opened.</summary>
    public Workspace Workspace => _workspace ??= Workspace.Open(_parsed.GetValue(GlobalOptions.Workspace)!, new WorkspaceOptions
    {
        Threads = Threads,
        Model = ModelOptions.Of(this),
        Device = DeviceOption.Of(this),
        Margin = MarginOption.Of(this),
        Wait = TimeSpan.FromSeconds(_parsed.GetValue(GlobalOptions.Wait)),
        // The user has not named the default workspace, so it must not be a link.
        Trust = new() { AllowsForeignOwner = _parsed.GetValue(GlobalOptions.TrustWorkspace),
            AllowsLink = _parsed.GetResult(GlobalOptions.Workspace) is { Implicit: false } },
        UsesIgnores = !_parsed.GetValue(IgnoreCommand.NoIgnores),
        Rules = Settings.Chain.Rules,
        Grammars = Grammars,
        Progress = Progress,
        Message = Say,
        Note = Note,
    });

    /// <summary>The workspace's instruction rows.</summary>
    public RowWorkspace Rows => _rows ??= new RowWorkspace(Workspace);

    /// <summary>The workspace's folder.</summary>
    public string WorkspacePath => Workspace.Folder;

    public string Format => _parsed.GetValue(GlobalOptions.Format)!;

    /// <summary>Whether results are JSON: one document, or JSON lines.</summary>
    public bool IsJson => Format is "json" or "jsonl";

    public bool Quiet => _parsed.GetValue(GlobalOptions.Quiet);

    public bool Verbose => _parsed.GetValue(GlobalOptions.Verbose);

    public int Threads => _parsed.GetValue(GlobalOptions.Threads);

    public string? Repository => _parsed.GetValue(GlobalOptions.Repository);

    /// <summary>The languages, available without a workspace, too.</summary>
    public LanguageCatalog Catalog => _workspace?.Catalog ?? (_catalog ??= LanguageCatalog.Open(Grammars));

    // A dumb terminal understands no control codes.
    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") == "dumb";

    private static bool HasColours => !IsDumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Folder of the languages, if the environment names one.</summary>
    internal static string? Grammars => Environment.GetEnvironmentVariable("XCODER_GRAMMARS") is { Length: > 0 } folder ? folder : null;

    /// <summary>File for the results, or null for standard output.</summary>
    public string? Output => _parsed.GetValue(GlobalOptions.Output);

    public T Get<T>(Option<T> option) => _parsed.GetValue(option)!;

    /// <summary>The value of an option in words.</summary>
    public string ValueOf(Option option) => CommandSettings.Text(_parsed.GetResult(option)?.GetValueOrDefault<object?>());

    public T Get<T>(Argument<T> argument) => _parsed.GetValue(argument)!;

    /// <summary>The language with an id. Throws if there is none.</summary>
    public Language Language(string id) =>
        Catalog.Find(id)
            ?? throw new UsageException(
                $"There is no language '{id}'.{Suggestion.ForLanguage(id, Catalog.Languages)} 'xcoder languages' lists them.");

    /// <summary>Id of the language that a language is a dialect of, or the same id. Throws if there is no such language.</summary>
    public string Family(string id) => Catalog.FamilyOf(Language(id).Id);

    /// <summary>
    /// Throws if <c>--repository</c> names a repository that occurs neither in the workspace nor in the lineage of a row. Applies to every
    /// command, whatever it does with the option.
    /// </summary>
    public void RequireRepository()
    {
        if (Repository is not null)
        {
            Rows.RequireRepository(Repository);
        }
    }

    /// <summary>Splits a comma-separated list.</summary>
    public static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names in a sentence: <c>a, b and c</c>.</summary>
    public static string Listed(IEnumerable<string> names) =>
        names.ToArray() is [_, _, ..] all ? $"{string.Join(", ", all[..^1])} and {all[^1]}" : string.Concat(names);

    /// <summary>Writes results to standard output or, whole or not at all, to <c>--output</c>.</summary>
    public void Write(Action<Stream> write)
    {
        Progress?.Clear();
        if (Output is null)
        {
            WriteStandard(write);
            return;
        }

        AsideFile.Write(Output, write);
    }

    /// <summary>Writes to standard output even with <c>--output</c>.</summary>
    public void WriteStandard(Action<Stream> write)
    {
        using var standard = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        if (Progress is null || Console.IsOutputRedirected)
        {
            write(standard);
            return;
        }

        Progress.Hold(() =>
        {
            write(standard);
            standard.Flush();
        });
    }

    /// <summary>Writes one JSON value, indented or, with <c>--format jsonl</c>, on one line.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write) => Write(stream =>
    {
        if (Format == "jsonl")
        {
            JsonLines.Write(stream, [write], static (json, action) => action(json));
        }
        else
        {
            JsonLines.WriteDocument(stream, write);
        }
    });

    /// <summary>Writes JSON values as an array or, with <c>--format jsonl</c>, one a line.</summary>
    public void WriteJson<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => Write(stream =>
    {
        if (Format == "jsonl")
        {
            JsonLines.Write(stream, items, write);
        }
        else
        {
            JsonLines.WriteArray(stream, items, write);
        }
    });

    /// <summary>Writes text results.</summary>
    public void WriteText(Action<TextWriter> write) => Write(AsideFile.Text(write));

    /// <summary>Writes results as a report that fits the terminal's width and colours; plain in a file or a pipe.</summary>
    public void WriteReport(Action<IAnsiConsole> write)
    {
        var isTerminal = Output is null && !Console.IsOutputRedirected;
        var width = isTerminal && Console.WindowWidth > 0 ? Math.Max(ReportConsole.LeastWidth, Console.WindowWidth)
            : ReportConsole.DefaultWidth;
        WriteText(writer => write(ReportConsole.Create(writer, width, isTerminal && HasColours)));
    }

    /// <summary>The form of a report that <c>--format</c> names; null for text, and where it names none.</summary>
    public ReportFormat? ReportFormat => ReportFormat.Find(Format);

    /// <summary>Writes a report of an analysis in one of its forms.</summary>
    public void WriteReport(ReportFormat format, AnalysisReport report)
    {
        using var codes = Workspace.OpenStore();
        Write(stream => format.Writer(stream, report, codes.Code));
    }

    /// <summary>Says where the page about a run is.</summary>
    public void SayReport(long run) => Say($"Report of run {run}: {Path.Combine(WorkspacePath, RowWorkspace.ReportName)}");

    /// <summary>Adds a note that is shown once, after the results. Before an error message it would only distract.</summary>
    public void Note(string message)
    {
        if (!_notes.Contains(message))
        {
            _notes.Add(message);
        }
    }

    public void SayNotes()
    {
        Progress?.Clear();
        for (; _notesSaid < _notes.Count; _notesSaid++)
        {
            Say(_notes[_notesSaid]);
        }
    }

    /// <summary>Writes a message to standard error, unless <c>--quiet</c>.</summary>
    public void Say(string message)
    {
        if (!Quiet)
        {
            Messages.WriteLine(SafeText.ForTerminal(message));
        }
    }
}
