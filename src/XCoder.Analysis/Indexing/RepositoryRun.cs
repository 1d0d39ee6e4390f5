using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>What the indexing of one repository shares among threads.</summary>
internal sealed record RepositoryRun(IndexRun Run, Repository Repository, IReadOnlyDictionary<string, FileState> States, LicenceFinder Licences)
{
    /// <summary>Row id of the stored file if extracting this one would store the same; else null.</summary>
    public long? Unchanged(SourceFile file, string hash, string extractor) =>
        States.TryGetValue(file.Path, out var state) && state.Hash == hash && state.Extractor == extractor && state.Licence == Licences.Find(file.Path, file.Text) ? state.Id : null;
}
