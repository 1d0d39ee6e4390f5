using System.CommandLine;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli;

/// <summary>What a command works with: parsed global options, the streams, cancellation.</summary>
internal sealed class CommandContext
{
    private const int DefaultWidth = 100;

    private readonly ParseResult _parsed;
    private bool _isValidated;

    public CommandContext(ParseResult parsed, TextWriter messages, CancellationToken cancellation)
    {
        (_parsed, Messages, Cancellation) = (parsed, messages, cancellation);
        if (Threads is < 1 or > 1024)
        {
            throw new UsageException($"--threads must be 1 to 1024, not {Threads}.");
        }

        if (_parsed.GetValue(GlobalOptions.Wait) is var wait and not (>= 0 and <= 86400))
        {
            throw new UsageException($"--wait must be 0 to 86400 seconds, not {wait}.");
        }
    }

    /// <summary>Standard error: progress and messages.</summary>
    public TextWriter Messages { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The workspace's folder, which need not exist; nothing in it is opened before it was looked at.</summary>
    public string WorkspacePath
    {
        get
        {
            var path = _parsed.GetValue(GlobalOptions.Workspace)!;
            if (!_isValidated)
            {
                WorkspaceFolder.Validate(path, Trust);
                _isValidated = true;
            }

            return path;
        }
    }

    // A default workspace that is a link is not what the user named.
    public WorkspaceTrust Trust => new() { AllowsForeignOwner = _parsed.GetValue(GlobalOptions.TrustWorkspace), AllowsLink = _parsed.GetResult(GlobalOptions.Workspace) is { Implicit: false } };

    public string Format => _parsed.GetValue(GlobalOptions.Format)!;

    public bool Quiet => _parsed.GetValue(GlobalOptions.Quiet);

    public bool Verbose => _parsed.GetValue(GlobalOptions.Verbose);

    public int Threads => _parsed.GetValue(GlobalOptions.Threads);

    public string? Repository => _parsed.GetValue(GlobalOptions.Repository);

    public LanguageCatalog Catalog { get; } = LanguageCatalog.Open(Environment.GetEnvironmentVariable("XCODER_GRAMMARS") is { Length: > 0 } folder ? folder : null);

    /// <summary>Where results go, or null for standard output.</summary>
    public string? Output => _parsed.GetValue(GlobalOptions.Output);

    /// <summary>How text is laid out: the terminal's width and colours, plain otherwise.</summary>
    public TextOptions Text
    {
        get
        {
            var terminal = Output is null && !Console.IsOutputRedirected;
            var width = terminal && Console.WindowWidth > 0 ? Math.Max(20, Console.WindowWidth) : DefaultWidth;
            return new TextOptions { Width = width, Colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) };
        }
    }

    public T Get<T>(Option<T> option) => _parsed.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => _parsed.GetValue(argument)!;

    /// <summary>Fails unless <see cref="Format"/> is one of <paramref name="formats"/>.</summary>
    public void RequireFormat(params string[] formats)
    {
        if (!formats.Contains(Format))
        {
            throw new UsageException($"--format {Format} is not possible here; choose {string.Join(", ", formats)}.");
        }
    }

    /// <summary>The language with an id, which must exist.</summary>
    public Language Language(string id) =>
        Catalog.Find(id) ?? throw new UsageException($"There is no language '{SafeText.ForTerminal(id)}'. 'xcoder languages' lists them.");

    /// <summary>The language that a language id is a dialect of, or the id; it must exist.</summary>
    public string Family(string id) => Catalog.FamilyOf(Language(id).Id);

    /// <summary>The items of a comma-separated list.</summary>
    public static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The whole workspace or <c>--repository</c>, which must exist.</summary>
    public StoreSelection Select(SnippetStore store, string? language = null)
    {
        _ = language is null ? null : Language(language);
        var names = store.Repositories().Select(row => row.Repository.Name).ToList();
        return Repository is null || names.Contains(Repository)
            ? StoreSelection.Of(Repository, language)
            : throw new UsageException($"The workspace has no repository '{SafeText.ForTerminal(Repository)}'. It has: {SafeText.ForTerminal(string.Join(", ", names))}.");
    }

    /// <summary>Writes results to standard output or, whole or not at all, to <c>--output</c>.</summary>
    public void Write(Action<Stream> write)
    {
        if (Output is null)
        {
            WriteStandard(write);
            return;
        }

        AtomicFile.Write(Output, write);
    }

    /// <summary>Writes to standard output, whatever <c>--output</c> says.</summary>
    public void WriteStandard(Action<Stream> write)
    {
        using var standard = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        write(standard);
    }

    /// <summary>Writes text results.</summary>
    public void WriteText(Action<TextWriter> write) => Write(AtomicFile.Text(write));

    /// <summary>A message on standard error, unless <c>--quiet</c>.</summary>
    public void Say(string message)
    {
        if (!Quiet)
        {
            Messages.WriteLine(SafeText.ForTerminal(message));
        }
    }

    /// <summary>Opens the store of a workspace for a command that reads what is indexed: something must be.</summary>
    /// <exception cref="StoreException">It cannot be used, or holds no repository.</exception>
    public static SnippetStore OpenIndexed(WorkspaceFolder workspace)
    {
        var store = workspace.OpenStore();
        if (store.Repositories().Count > 0)
        {
            return store;
        }

        store.Dispose();
        throw new StoreException($"The workspace {workspace.Folder} holds no repository. Run 'xcoder index PATH' or 'xcoder analyze PATH' first, or name another --workspace.");
    }

    /// <summary>Roots of the repositories of a workspace: no program in them is ever used.</summary>
    public static IReadOnlyList<string> Roots(WorkspaceFolder workspace)
    {
        using var store = workspace.OpenStore();
        return [.. store.Repositories().Select(row => row.Repository.Root)];
    }

    /// <summary>Opens and locks the workspace for a command that writes to it.</summary>
    public (WorkspaceFolder Workspace, WorkspaceLock Lock) OpenForWriting()
    {
        var workspace = WorkspaceFolder.Create(WorkspacePath, Trust);
        ScratchFolder.RemoveLeftovers();
        var patience = _parsed.GetValue(GlobalOptions.Wait);
        return (workspace, WorkspaceLock.Take(workspace.Folder, TimeSpan.FromSeconds(patience), holder => Say($"The workspace is in use by {holder}; waiting up to {patience:0.#} s (--wait)."), Cancellation));
    }
}
