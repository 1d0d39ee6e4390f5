using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Storage;

namespace XCoder.Analysis.Pipeline;

/// <summary>What the indexing of one repository shares among threads.</summary>
internal sealed record RepositoryRun(IndexRun Run, Repository Repository, IReadOnlyDictionary<string, FileState> States, LicenceFinder Licences);
