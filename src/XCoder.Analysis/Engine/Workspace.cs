using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis;

/// <summary>
/// A folder of indexed code and the results found in it; for most uses, this class is the whole library. Methods take
/// the lock of the workspace when they write, index and embed what they need, and can be cancelled, in which case
/// finished work is kept. Not for concurrent callers; each method uses several threads.
/// </summary>
public sealed partial class Workspace
{
    private readonly Lazy<LanguageCatalog> _catalog;
    private WorkspaceFolder? _existing;
    private readonly HashSet<string> _problems = [];
    private int _holds;

    private Workspace(string folder, WorkspaceOptions options)
    {
        (Folder, Options) = (folder, options);
        _catalog = new Lazy<LanguageCatalog>(() => LanguageCatalog.Open(options.Grammars));
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The options with which the workspace was opened.</summary>
    public WorkspaceOptions Options { get; }

    /// <summary>The supported languages.</summary>
    public LanguageCatalog Catalog => _catalog.Value;

    /// <summary>Opens a workspace. The first <see cref="Index"/> creates its folder.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    /// <param name="options">Options; null uses the defaults.</param>
    /// <exception cref="StoreException">
    /// The folder must not be used: it is tracked by git, belongs to another user, or is not a workspace.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static Workspace Open(string folder, WorkspaceOptions? options = null)
    {
        options ??= new WorkspaceOptions();
        options.Validate();
        var path = Path.GetFullPath(folder);
        WorkspaceFolder.Validate(path, options.Trust);
        return new Workspace(path, options);
    }

    /// <summary>Opens the store for reading.</summary>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public SnippetStore OpenStore()
    {
        var store = Existing().OpenStore();
        if (store.Repositories().Count > 0)
        {
            return store;
        }

        store.Dispose();
        throw new StoreException(
            $"The workspace {Folder} holds no repository. Run 'xcoder index PATH' or 'xcoder analyze PATH' "
                + $"first, or name another --workspace.");
    }

    /// <summary>Returns the snippets of part of the workspace, in a stable order.</summary>
    /// <param name="repository">Name of a repository; null returns all.</param>
    /// <param name="language">Language id; null returns all.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public IEnumerable<Snippet> Snippets(string? repository = null, string? language = null)
    {
        var store = OpenStore();
        try
        {
            return Stream(store, store.Snippets(Select(store, repository, language)));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static IEnumerable<Snippet> Stream(SnippetStore store, IEnumerable<Snippet> snippets)
    {
        using (store)
        {
            foreach (var snippet in snippets)
            {
                yield return snippet;
            }
        }
    }

    /// <summary>Whether at least one parsed file is stored.</summary>
    /// <param name="repository">Name of a repository; null checks all.</param>
    /// <exception cref="RequestException">The repository does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public bool HasFiles(string? repository = null)
    {
        using var store = OpenStore();
        return store.FileIds(Select(store, repository)).Any();
    }

    /// <summary>Root folders of the repositories. Programs found in them must never be run.</summary>
    public IReadOnlyList<string> RepositoryRoots()
    {
        using var store = Existing().OpenStore();
        return [.. store.Repositories().Select(row => row.Repository.Root)];
    }

    /// <summary>
    /// Returns the selection of a repository and a language, and throws a <see cref="RequestException"/> if one does
    /// not exist.
    /// </summary>
    public StoreSelection Select(SnippetStore store, string? repository, string? language = null)
    {
        _ = language is null ? null : Language(language);
        var names = store.Repositories().Select(row => row.Repository.Name).ToList();
        return repository is null || names.Contains(repository)
            ? StoreSelection.Of(repository, language)
            : throw RequestException.NoRepository(repository, names);
    }

    /// <summary>Returns the language with an id, and throws a <see cref="RequestException"/> if it does not exist.</summary>
    internal Language Language(string id) =>
        Catalog.Find(id)
            ?? throw new RequestException(
                $"There is no language '{id}'.{Suggestion.ForLanguage(id, Catalog.Languages)} 'xcoder languages' lists them.");

    /// <summary>Returns the folder, which must exist. It is validated only once because reading git's index may take long.</summary>
    internal WorkspaceFolder Existing() => _existing ??= WorkspaceFolder.OpenExisting(Folder, Options.Trust);

    /// <summary>Opens the embedding model.</summary>
    /// <exception cref="EmbeddingException">The model cannot be opened; the message says why.</exception>
    internal IEmbeddingModel OpenModel(Action<string>? say = null) =>
        EmbeddingModels.Open(ShippedModels.Folder(Options.Model), Options.Device, threads: 1, say ?? Options.Note);

    /// <summary>Returns the tokenizer that extracts terms for BM25: the model's own, or else the default model's.</summary>
    internal static CodeTokenizer TokenizerOf(IEmbeddingModel model) =>
        model is ITermModel known ? known.Tokenizer : CodeTokenizer.Open(ShippedModels.Folder(WorkspaceOptions.DefaultModel));

    /// <summary>Creates the folder if necessary and takes its lock. Nested calls share the lock of the outer one.</summary>
    /// <param name="cancellation">Cancels the wait for another process.</param>
    /// <exception cref="StoreException">
    /// Another process holds the lock for longer than <see cref="WorkspaceOptions.Wait"/>, or the folder cannot be
    /// written.
    /// </exception>
    /// <exception cref="ReadOnlyException">The workspace was opened for reading only.</exception>
    internal WorkspaceHold Hold(CancellationToken cancellation)
    {
        if (Options.IsReadOnly)
        {
            throw new ReadOnlyException();
        }

        var folder = WorkspaceFolder.Create(Folder, Options.Trust);
        if (_holds > 0)
        {
            return new WorkspaceHold(this, folder, null);
        }

        ScratchFolder.RemoveLeftovers();
        var patience = FormattableString.Invariant($"{Options.Wait.TotalSeconds:0.#}");
        return new WorkspaceHold(this, folder,
            WorkspaceLock.Take(Folder, Options.Wait,
                holder => Options.Message?.Invoke($"The workspace is in use by {holder}; waiting up to {patience} s (--wait)."),
                cancellation));
    }

    /// <summary>Holds the lock of a workspace while it is written to.</summary>
    internal sealed class WorkspaceHold : IDisposable
    {
        private readonly Workspace _workspace;
        private readonly WorkspaceLock? _lock;

        public WorkspaceHold(Workspace workspace, WorkspaceFolder folder, WorkspaceLock? taken)
        {
            (_workspace, Folder, _lock) = (workspace, folder, taken);
            workspace._holds++;
        }

        public WorkspaceFolder Folder { get; }

        public void Dispose()
        {
            _workspace._holds--;
            _lock?.Dispose();
        }
    }
}

/// <summary>Options of a <see cref="Workspace"/>.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>Name of the model that is used by default.</summary>
    public const string DefaultModel = "default";

    /// <summary>Threads to work with, 1 to 1024. Default: the number of cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Embedding model: the name of a shipped one (<c>default</c>, <c>quality</c>) or a folder.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>Device on which models run. Default: CUDA where it works, otherwise the CPU.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>
    /// Lowest margin of semantic duplicates in two languages of ports, -0.1 to 1; elsewhere it is 0.18 higher. Null uses the thresholds
    /// that <see cref="Workspace.Calibrate"/> found, or else 0.12 and 0.3.
    /// </summary>
    public double? Margin { get; init; }

    /// <summary>Whether nothing may be written: what would write a result that is missing or out of date fails. Default false.</summary>
    internal bool IsReadOnly { get; init; }

    /// <summary>How long to wait for another process that writes to the workspace, up to one day. Default 60 seconds.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What the caller vouches for when the workspace is opened. By default it must belong to the user.</summary>
    public WorkspaceTrust Trust { get; init; } = new();

    /// <summary>
    /// Whether reports of duplicates leave out what comments, <c>xcoder.json</c> and <c>xcoder.ignores.json</c> of the repositories say.
    /// Default true.
    /// </summary>
    public bool UsesIgnores { get; init; } = true;

    /// <summary>Rules that hold in every repository, relative to its root. Default none.</summary>
    public IReadOnlyList<PathRule> Rules { get; init; } = [];

    /// <summary>Folder of the language manifest, queries and grammar libraries. Null uses the one beside the library.</summary>
    public string? Grammars { get; init; }

    /// <summary>Receives the current stage and its progress; null ignores them.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Receives messages that matter immediately, such as that the run waits for another process; null ignores them.</summary>
    public Action<string>? Message { get; init; }

    /// <summary>Receives remarks on a result, such as that models ran on the CPU; null ignores them.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Throws if an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is outside its range; the exception gives its name, value and range.
    /// </exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(Wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Wait, TimeSpan.FromDays(1));
        if (Margin is not (null or (>= -0.1 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(Margin), Margin, "The margin must be -0.1 to 1.");
        }
    }
}

/// <summary>A workspace that was opened for reading only lacks a result, or has one that is out of date.</summary>
internal sealed class ReadOnlyException()
    : RequestException("The answer needs more than the workspace holds, and it was opened for reading only.");
