using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>Reads a found file and decides whether, and as what language, it is to be extracted.</summary>
internal static class FileReading
{
    /// <summary>The file to extract; or null and what became of it.</summary>
    /// <param name="repository">The repository at work.</param>
    /// <param name="found">The file.</param>
    /// <param name="outcome">Set where there is nothing to extract.</param>
    /// <returns>Decoded text, content hash and language.</returns>
    public static (SourceFile File, string Hash, Language Language)? Read(RepositoryRun repository, FoundFile found,
        out FileOutcome? outcome)
    {
        var content = repository.Run.Reader.Read(found.FullPath);
        if (content.Reason is { } unreadable)
        {
            outcome = Skip(found, unreadable, 0, null, content.Detail);
            return null;
        }

        var bytes = content.Bytes.Length;
        if (repository.Run.Quarantined.TryGetValue((repository.Repository.Name, found.Path), out var quarantine)
            && (quarantine.Hash is null || quarantine.Hash == content.Hash))
        {
            outcome = Skip(found, SkipReason.Quarantined, bytes, null, quarantine.Detail);
            return null;
        }

        if (TextDecoder.Decode(found.Path, content.Bytes) is not { } file)
        {
            outcome = Skip(found, SkipReason.Binary, bytes, null, null);
            return null;
        }

        if (repository.Run.Detector.Detect(found.Path, file.Text) is not { } detected)
        {
            outcome = Skip(found, SkipReason.UnknownLanguage, bytes, null, null);
            return null;
        }

        // A stored file was judged before: equal bytes are judged equally. A compiled language is looked at by project.
        if (detected.Parser == "tree-sitter" && repository.Unchanged(file, content.Hash, repository.Run.Keys.Of(detected)) is { } stored)
        {
            outcome = new FileOutcome(found.Path, stored, null, null, bytes);
            return null;
        }

        if (GeneratedCode.Judge(found.Path, file.Text) is { } generated)
        {
            outcome = Skip(found, generated, bytes, detected.Id, null);
            return null;
        }

        outcome = null;
        return (file, content.Hash, detected);
    }

    public static FileOutcome Skip(FoundFile found, SkipReason reason, long bytes, string? language, string? detail) =>
        new(found.Path, null, null, new SkipRecord(found.Path, reason, 1, language, detail), bytes);
}

/// <summary>What became of one found file: exactly one of the three is set.</summary>
/// <param name="Path">Path below the root.</param>
/// <param name="Unchanged">Row id of the stored file it equals.</param>
/// <param name="Record">The file as extracted.</param>
/// <param name="Skip">Why it was left out.</param>
/// <param name="Bytes">Bytes read.</param>
internal sealed record FileOutcome(string Path, long? Unchanged, FileRecord? Record, SkipRecord? Skip, long Bytes);
