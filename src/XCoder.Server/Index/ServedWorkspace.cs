using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;

namespace XCoder.Server.Index;

/// <summary>
/// A workspace that is read between two changes of its index many times. Results that take long are kept until the index changes.
/// Nothing is written, but by <see cref="Ignore"/>. For one caller at a time.
/// </summary>
internal sealed class ServedWorkspace : IDisposable
{
    // People may ignore a group without a change of the index; how often that is looked for.
    private static readonly TimeSpan IgnoresInterval = TimeSpan.FromSeconds(2);

    // What embeddings give may be made without a change of the index, too; looking in vain takes a while.
    private static readonly TimeSpan HeldInterval = TimeSpan.FromSeconds(15);

    private readonly Workspace _source;
    private string? _generation;
    private long _ignoresRead, _semanticRead, _conceptsRead;
    private CallIndex? _calls;
    private DuplicateState? _duplicates;
    private Dictionary<long, ConceptMembers>? _conceptOf;
    private readonly Dictionary<(string? Repository, string? Language), ConceptReport> _concepts = [];

    /// <param name="workspace">The workspace, which need not exist yet.</param>
    public ServedWorkspace(Workspace workspace)
    {
        _source = workspace;
        Workspace = Workspace.Open(workspace.Folder, workspace.Options with { IsReadOnly = true, Progress = null });
        Search = new CodeSearch(Workspace);
    }

    /// <summary>The workspace, opened for reading only.</summary>
    public Workspace Workspace { get; }

    /// <summary>Finds code.</summary>
    public CodeSearch Search { get; }

    /// <summary>Opens the store and forgets what was kept if the index changed.</summary>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public SnippetStore Open()
    {
        var store = Workspace.OpenStore();
        var generation = store.Generation();
        if (generation != _generation)
        {
            (_generation, _calls, _duplicates, _conceptOf) = (generation, null, null, null);
            _concepts.Clear();
        }

        return store;
    }

    /// <summary>The calls between functions.</summary>
    public CallIndex Calls(SnippetStore store, CancellationToken cancellation) =>
        _calls ??= CallIndex.Build(store.Briefs(), store.ResolvedCalls(), store.FilesWithSnippets(StoreSelection.All),
            Workspace.Catalog.FamilyOf, Workspace.Options.Threads, cancellation);

    /// <summary>The duplicates of the workspace by their text and, if the workspace holds what it takes, by meaning.</summary>
    public DuplicateState Duplicates(CancellationToken cancellation)
    {
        if (_duplicates is not null && _ignoresRead != 0 && TimeProvider.System.GetElapsedTime(_ignoresRead) < IgnoresInterval)
        {
            return _duplicates;
        }

        var ignores = Workspace.Ignores().Fingerprint;
        _ignoresRead = TimeProvider.System.GetTimestamp();
        if (_duplicates is null || _duplicates.Ignores != ignores)
        {
            var found = new[] { Workspace.Duplicates(null, cancellation), Semantic(cancellation) }.OfType<DuplicateFindings>().ToList();
            _duplicates = new DuplicateState(ignores, [.. found.SelectMany(static findings => findings.Groups)],
                [.. found.SelectMany(static findings => findings.Ignored)], found.Count > 1);
            _semanticRead = TimeProvider.System.GetTimestamp();
        }
        else if (!_duplicates.HasSemantic && TimeProvider.System.GetElapsedTime(_semanticRead) >= HeldInterval)
        {
            _duplicates = Semantic(cancellation) is not { } semantic ? _duplicates
                : new DuplicateState(ignores, [.. _duplicates.Groups, .. semantic.Groups], [.. _duplicates.Ignored, .. semantic.Ignored],
                    true);
            _semanticRead = TimeProvider.System.GetTimestamp();
        }

        return _duplicates;
    }

    /// <summary>Leaves a group out of reports from now on (<see cref="XCoder.Analysis.Workspace.Ignore"/>).</summary>
    /// <exception cref="RequestException">It cannot be left out; the message says why.</exception>
    public void Ignore(string group, string reason, string folder, CancellationToken cancellation)
    {
        _source.Ignore(group, reason, folder, cancellation);
        _ignoresRead = 0;
    }

    /// <summary>The concepts of a repository or of all; null if the workspace does not hold them.</summary>
    public ConceptReport? Concepts(string? repository, string? language, CancellationToken cancellation)
    {
        if (_concepts.TryGetValue((repository, language), out var report))
        {
            return report;
        }

        report = IfHeld(() => Workspace.Concepts(new ConceptQuery { Repository = repository, Language = language }, cancellation));
        return report is null ? null : _concepts[(repository, language)] = report;
    }

    /// <summary>The concept of a function; null if it has none, or the workspace does not hold the concepts of its index.</summary>
    /// <param name="row">Row id of the snippet.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public ConceptMembers? ConceptOf(long row, CancellationToken cancellation)
    {
        if (_conceptOf is null || (_conceptOf.Count == 0 && TimeProvider.System.GetElapsedTime(_conceptsRead) >= HeldInterval))
        {
            _conceptOf = IfHeld(() => Workspace.ConceptsOfSnippets(cancellation)) ?? [];
            _conceptsRead = TimeProvider.System.GetTimestamp();
        }

        return _conceptOf.GetValueOrDefault(row);
    }

    /// <inheritdoc/>
    public void Dispose() => Search.Dispose();

    private DuplicateFindings? Semantic(CancellationToken cancellation) =>
        IfHeld(() => Workspace.Duplicates(new DuplicateQuery { Kinds = [DuplicateKind.Semantic] }, cancellation));

    // Null if it would have to be made first.
    private static T? IfHeld<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ReadOnlyException)
        {
            return null;
        }
        catch (EmbeddingException)
        {
            return null;
        }
    }
}

/// <summary>The duplicates of a workspace.</summary>
/// <param name="Ignores">Fingerprint of what takes groups out.</param>
/// <param name="Groups">The groups that are reported.</param>
/// <param name="Ignored">The groups of which members are left out.</param>
/// <param name="HasSemantic">Whether groups by meaning are among them.</param>
internal sealed record DuplicateState(string Ignores, IReadOnlyList<DuplicateGroup> Groups, IReadOnlyList<IgnoredGroup> Ignored,
    bool HasSemantic)
{
    private readonly Lazy<ILookup<string, DuplicateGroup>> _of = new(() => Groups
        .Concat(Ignored.Where(static ignored => ignored.IsWhole).Select(static ignored => ignored.Group))
        .DistinctBy(static group => group.Group)
        .SelectMany(static group => group.Members.Select(member => (member.Id, Group: group)))
        .ToLookup(static member => member.Id, static member => member.Group));

    /// <summary>The groups that hold a snippet, those that are ignored included.</summary>
    /// <param name="snippet">Id of the snippet.</param>
    public IEnumerable<DuplicateGroup> Of(string snippet) => _of.Value[snippet];
}
