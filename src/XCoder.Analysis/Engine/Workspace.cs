using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis;

/// <summary>
/// A folder of indexed code and what is found in it: the whole of the library for most uses. Methods take the lock of the
/// workspace where they write, index and embed what they need, and may be cancelled: what was finished is kept. For one caller
/// at a time; each method uses several threads.
/// </summary>
public sealed partial class Workspace
{
    private readonly Lazy<LanguageCatalog> _catalog;
    private WorkspaceFolder? _existing;
    private int _holds;

    private Workspace(string folder, WorkspaceOptions options)
    {
        (Folder, Options) = (folder, options);
        _catalog = new Lazy<LanguageCatalog>(() => LanguageCatalog.Open(options.Grammars));
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; }

    /// <summary>How it works.</summary>
    public WorkspaceOptions Options { get; }

    /// <summary>The languages that are known.</summary>
    public LanguageCatalog Catalog => _catalog.Value;

    /// <summary>Opens a workspace. Its folder is made by the first <see cref="Index"/>.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <exception cref="StoreException">What is in the folder is not to be used: it is tracked by git, belongs to another user, or is no
    /// workspace.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Workspace Open(string folder, WorkspaceOptions? options = null)
    {
        options ??= new WorkspaceOptions();
        options.Validate();
        var path = Path.GetFullPath(folder);
        WorkspaceFolder.Validate(path, options.Trust);
        return new Workspace(path, options);
    }

    /// <summary>Opens the store of what is indexed, to read from.</summary>
    /// <exception cref="StoreException">It cannot be used, or nothing is indexed.</exception>
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

    /// <summary>The snippets of a part of the workspace, in a stable order.</summary>
    /// <param name="repository">Name of a repository; null for all.</param>
    /// <param name="language">Language id; null for all.</param>
    /// <exception cref="RequestException">There is no such repository or language.</exception>
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

    /// <summary>Whether any file of a part of the workspace was parsed.</summary>
    /// <param name="repository">Name of a repository; null for all.</param>
    /// <exception cref="RequestException">There is no such repository.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public bool HasFiles(string? repository = null)
    {
        using var store = OpenStore();
        return store.FileIds(Select(store, repository)).Any();
    }

    /// <summary>Roots of the repositories, of which no program is ever used.</summary>
    public IReadOnlyList<string> RepositoryRoots()
    {
        using var store = Existing().OpenStore();
        return [.. store.Repositories().Select(row => row.Repository.Root)];
    }

    /// <summary>The part of the store that belongs to a repository and a language, which must exist.</summary>
    public StoreSelection Select(SnippetStore store, string? repository, string? language = null)
    {
        _ = language is null ? null : Language(language);
        var names = store.Repositories().Select(row => row.Repository.Name).ToList();
        return repository is null || names.Contains(repository)
            ? StoreSelection.Of(repository, language)
            : throw RequestException.NoRepository(repository, names);
    }

    /// <summary>The language with an id, which must exist.</summary>
    internal Language Language(string id) =>
        Catalog.Find(id)
            ?? throw new RequestException(
                $"There is no language '{id}'.{Suggestion.ForLanguage(id, Catalog.Languages)} 'xcoder languages' lists them.");

    /// <summary>The folder of a workspace that must exist. It is validated once: git's index may be large.</summary>
    internal WorkspaceFolder Existing() => _existing ??= WorkspaceFolder.OpenExisting(Folder, Options.Trust);

    /// <summary>Opens the embedding model.</summary>
    /// <exception cref="EmbeddingException">It cannot be used; the message says why.</exception>
    internal IEmbeddingModel OpenModel(Action<string>? say = null) =>
        EmbeddingModels.Open(ShippedModels.Folder(Options.Model), Options.Device, threads: 1, say ?? Options.Note);

    /// <summary>What reads terms for BM25: the model's own tokenizer, or the default model's.</summary>
    internal static CodeTokenizer TokenizerOf(IEmbeddingModel model) =>
        model is ITermModel known ? known.Tokenizer : CodeTokenizer.Open(ShippedModels.Folder(WorkspaceOptions.DefaultModel));

    /// <summary>Makes the folder where it is not there, and takes its lock; within a hold it is held already.</summary>
    /// <param name="cancellation">Ends the wait for another process.</param>
    /// <exception cref="StoreException">Another process has it for longer than <see cref="WorkspaceOptions.Wait"/>, or the folder cannot be
    /// written.</exception>
    internal WorkspaceHold Hold(CancellationToken cancellation)
    {
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

    /// <summary>The lock of a workspace while it is written to.</summary>
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

/// <summary>How a <see cref="Workspace"/> works.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>Name of the model that is used unless another is asked for.</summary>
    public const string DefaultModel = "default";

    /// <summary>Threads to work with, 1 to 1024. Default: as many as there are cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Embedding model: the name of one that ships (<c>default</c>, <c>quality</c>) or a folder.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>Where models run. Default: CUDA where it works, the CPU otherwise.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>
    /// Lowest margin of semantic duplicates across languages, -0.1 to 1. Null: what <see cref="Workspace.Calibrate"/> found, else 0.12.
    /// </summary>
    public double? Margin { get; init; }

    /// <summary>How long to wait for another process that writes to the workspace. Default 60 seconds.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is vouched for when the workspace is opened. Default: it must be one's own.</summary>
    public WorkspaceTrust Trust { get; init; } = new();

    /// <summary>Folder of the language manifest, queries and grammar libraries. Null: the one beside the library.</summary>
    public string? Grammars { get; init; }

    /// <summary>Told how far the work is; null tells nobody.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Receives what must be known at once, such as that another process is waited for; null drops it.</summary>
    public Action<string>? Message { get; init; }

    /// <summary>Receives what is worth knowing beside a result, such as that models ran on the CPU; null drops it.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
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
