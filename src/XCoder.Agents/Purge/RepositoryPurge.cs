using System.Text;
using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Purge;

/// <summary>
/// Removes a repository, and every row derived from it, from the store, memories, transcripts, recorded replies and exports of a workspace.
/// Then searches for the repository's texts to prove the removal. If it is killed at any point, the next run completes it. The repository's
/// own folder is not touched.
/// </summary>
/// <param name="workspace">The workspace; locked by the caller.</param>
/// <param name="repository">Name of the repository.</param>
internal sealed class RepositoryPurge(WorkspaceFolder workspace, string repository)
{
    private const int MostProbes = 500_000;

    private readonly PurgeFiles _files = new(workspace.Folder);
    private readonly ExportMark _mark = ExportMark.Of(workspace.Folder);

    /// <summary>Names of the repositories that can be purged, in ordinal order.</summary>
    /// <exception cref="InvalidDataException">The journal of an earlier purge is damaged.</exception>
    public static IReadOnlyList<string> Known(WorkspaceFolder workspace)
    {
        using var store = workspace.OpenStore();
        using var rows = GenerationStore.Exists(workspace.Folder) ? GenerationStore.OpenExisting(workspace.Folder) : null;
        return [.. store.Repositories().Select(item => item.Repository.Name).Concat(rows?.SeenRepositories() ?? [])
            .Concat(PurgeJournal.Read(workspace.Folder) is { } journal ? [journal.Repository] : []).Distinct()
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Purges the repository.</summary>
    /// <param name="isDry">Whether to change nothing and only report what would be removed.</param>
    /// <param name="step">Receives a description of each step.</param>
    /// <param name="cancellation">Stops the work; another run completes it.</param>
    /// <exception cref="InvalidDataException">A purge of another repository must be completed first.</exception>
    public PurgeSummary Run(bool isDry, Action<string>? step = null, CancellationToken cancellation = default)
    {
        var journal = PurgeJournal.Read(workspace.Folder);
        if (journal is not null && journal.Repository != repository)
        {
            throw new InvalidDataException(
                $"The purge of '{journal.Repository}' was not completed. Complete it first: xcoder purge {journal.Repository} --yes");
        }

        using var store = workspace.OpenStore();
        using var rows = GenerationStore.Exists(workspace.Folder) ? GenerationStore.OpenExisting(workspace.Folder) : null;
        step?.Invoke("reading its texts");
        var own = StoreSelection.Of(repository);
        var probes = Probes(store, rows, own, journal, cancellation);
        var snippets = store.Snippets(own).Select(snippet => snippet.Id).ToHashSet();
        var summary = new PurgeSummary
        {
            Repository = repository,
            Files = store.CoverageCounts(own).Sum(count => (long)count.Files),
            Snippets = snippets.Count,
            Rows = new PurgedRows(0, 0, 0, 0, 0, 0),
            Exports = [],
            Moved = [],
            Derived = _files.Derived(),
            Searched = probes.Count,
        };
        if (!isDry)
        {
            new PurgeJournal(repository, [.. probes.Hashes]).Write(workspace.Folder);
        }

        step?.Invoke("rows, replies, memories");
        var proof = new ExportProof(_mark, rows is { } known && known.Exports().Count > 0 ? known.RowIds() : new HashSet<string>());
        summary = summary with { Rows = rows?.Purge(repository, probes.IsIn, isDry) ?? summary.Rows };
        step?.Invoke("exports");
        summary = Exports(rows, proof, summary, probes, isDry, cancellation);
        if (isDry)
        {
            return summary;
        }

        _files.Remove(snippets);
        ScratchFolder.RemoveLeftovers();
        step?.Invoke("the store");
        store.Purge(repository);
        rows?.Compact();
        step?.Invoke("searching");
        summary = Search(store, rows, summary, probes, cancellation);
        if (summary.Found.Count == 0)
        {
            PurgeJournal.Delete(workspace.Folder);
        }

        return summary;
    }

    // The repository's name in the workspace and in exports.
    private HashSet<string> Names => [repository, new LineageGuard(_mark).Text(repository)];

    // Text that other repositories contain as well proves nothing, so it is not searched for.
    private TextProbes Probes(SnippetStore store, GenerationStore? rows, StoreSelection own, PurgeJournal? journal,
        CancellationToken cancellation)
    {
        var hashes = new SortedSet<ulong>(journal?.Probes ?? []);
        foreach (var file in store.Files(own))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var hash in TextProbes.Of(file.Text))
            {
                // Keeps the lowest hashes, which are an unbiased sample.
                if (hashes.Count < MostProbes || hash < hashes.Max)
                {
                    hashes.Add(hash);
                }

                if (hashes.Count > MostProbes)
                {
                    hashes.Remove(hashes.Max);
                }
            }
        }

        var probes = new TextProbes();
        probes.Add(hashes);
        var self = store.FileIds(own).ToHashSet();
        foreach (var file in probes.Count == 0 ? [] : store.Files(StoreSelection.All).Where(file => !self.Contains(file.Id)))
        {
            cancellation.ThrowIfCancellationRequested();
            probes.RemoveFoundIn(file.Text);
        }

        // The store also keeps text of other repositories that differs from their files: documentation without comment marks, and facts
        // in the compiler's words. Licence notices often share their words, too.
        foreach (var text in probes.Count == 0 ? [] : store.FactsOfOthers(repository)
            .Concat(rows?.Notices().Values.Select(notice => notice.Text) ?? []))
        {
            probes.RemoveFoundIn(Encoding.UTF8.GetBytes(text));
        }

        return probes;
    }

    private PurgeSummary Exports(GenerationStore? rows, ExportProof proof, PurgeSummary summary, TextProbes probes, bool isDry,
        CancellationToken cancellation)
    {
        var (held, moved, strange) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var path in rows?.Exports() ?? [])
        {
            if (!isDry)
            {
                ExportFolder.Leftovers(path, _mark, isNamed: false).ToList().ForEach(ExportFolder.Remove);
            }

            if (NativeFiles.OwnershipOf(path).Kind == EntryKind.Missing)
            {
                moved.Add(path);
            }
            else if (!proof.IsOurs(path, cancellation))
            {
                strange.Add(path);
            }
            else if (ExportedRows.Holds(ExportProof.Readable(path), Names, probes, cancellation))
            {
                held.Add(path);
                if (!isDry)
                {
                    proof.Delete(path);
                    rows!.ForgetExport(path);
                }
            }
        }

        return summary with { Exports = held, Moved = moved, NotOurs = strange };
    }

    private PurgeSummary Search(SnippetStore store, GenerationStore? rows, PurgeSummary summary, TextProbes probes,
        CancellationToken cancellation)
    {
        var (found, files) = (new List<string>(), 0);
        foreach (var file in PurgeFiles.All(workspace.Folder).Where(file => file != WorkspaceLock.PathOf(workspace.Folder))
            .Concat((rows?.Exports() ?? []).SelectMany(path => ExportProof.Readable(path).Concat(ExportProof.Beside(path)))).Distinct())
        {
            files++;
            if (PurgeFiles.Holds(file, probes, cancellation)
                || (file.EndsWith(".parquet", StringComparison.Ordinal) && ExportedRows.HoldsRow(file, Names, probes, cancellation)))
            {
                found.Add(file);
            }
        }

        // The store compresses source texts, so a search of its bytes would find nothing.
        if (store.Repositories().Any(item => item.Repository.Name == repository) || store.Files(StoreSelection.All)
            .Any(file => probes.IsIn(file.Text)))
        {
            found.Add($"{Path.Combine(workspace.Folder, SnippetStore.FileName)} (stored sources)");
        }

        if (rows?.Purge(repository, probes.IsIn, isDry: true) is { } left && (left.All > 0 || left.Replies > 0))
        {
            found.Add($"{Path.Combine(workspace.Folder, GenerationStore.FileName)} (rows or replies)");
        }

        return summary with { SearchedFiles = files, Found = found };
    }
}

/// <summary>
/// The state of a purge, kept until its success is proven. The next run completes a killed purge and still knows what to search for.
/// </summary>
/// <param name="Repository">Name of the repository.</param>
/// <param name="Probes">Hashes of pieces of its texts; no text can be recovered from them.</param>
internal sealed record PurgeJournal(string Repository, IReadOnlyList<ulong> Probes)
{
    /// <summary>File name within the workspace.</summary>
    public const string FileName = "purge.pending";

    /// <summary>Reads the journal of a purge that was not completed, or returns null.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static PurgeJournal? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return WorkspaceFile.Read(path) is { } bytes ? JsonSerializer.Deserialize<PurgeJournal>(bytes, RowJson.Options) : null;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path}, the note of a purge that was not completed, is damaged: {exception.Message} Delete it and purge again.",
                exception);
        }
    }

    /// <summary>Writes the journal to the disk, whole or not at all.</summary>
    public void Write(string folder) => AsideFile.Replace(Path.Combine(folder, FileName), stream =>
    {
        JsonSerializer.Serialize(stream, this, RowJson.Options);
        (stream as FileStream)?.Flush(flushToDisk: true);
    });

    /// <summary>Deletes the journal after the purge is proven.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, FileName));
}
