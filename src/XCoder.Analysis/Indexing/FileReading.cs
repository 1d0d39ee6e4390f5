using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>Reads a file that the walk found, and decides whether to extract it and as what language.</summary>
internal static class FileReading
{
    /// <summary>Returns the file to extract, or null and the outcome.</summary>
    /// <param name="repository">The repository being indexed.</param>
    /// <param name="found">The file that the walk found.</param>
    /// <param name="outcome">The outcome if there is nothing to extract, else null.</param>
    /// <returns>Decoded text, SHA-256 of the bytes in hex, and the languages it may be in, the likeliest first.</returns>
    public static (SourceFile File, string Hash, IReadOnlyList<Language> Languages)? Read(RepositoryRun repository, FoundFile found,
        out FileOutcome? outcome)
    {
        var container = repository.Run.Containers.Find(found.Path);
        return Judge(repository, found, repository.Run.Reader.Read(found.FullPath, container?.MaxBytes ?? 0), out outcome);
    }

    /// <summary>The same of bytes that come from elsewhere, such as from a commit.</summary>
    /// <param name="repository">The repository being indexed.</param>
    /// <param name="found">The file as a walk would find it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="outcome">The outcome if there is nothing to extract, else null.</param>
    public static (SourceFile File, string Hash, IReadOnlyList<Language> Languages)? Judge(RepositoryRun repository, FoundFile found,
        FileContent content, out FileOutcome? outcome)
    {
        var container = repository.Run.Containers.Find(found.Path);
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

        if (TextDecoder.Decode(found.Path, content.Bytes, found.Attributes.Encoding) is not { } file)
        {
            outcome = Skip(found, SkipReason.Binary, bytes, null, null);
            return null;
        }

        IReadOnlyList<Language> languages;
        if (container is not null)
        {
            var reading = repository.Run.Containers.Read(container, file);
            if (reading.File is null)
            {
                outcome = Skip(found, reading.Reason!.Value, bytes, null, $"{container.Name}: {reading.Detail}");
                return null;
            }

            (file, languages) = (reading.File, reading.Languages);
            if (file.CodeBytes > repository.Run.Options.MaxFileBytes)
            {
                outcome = Skip(found, SkipReason.TooLarge, bytes, languages[0].Id,
                    $"{file.CodeBytes} bytes of code, the limit is {repository.Run.Options.MaxFileBytes}");
                return null;
            }
        }
        else
        {
            languages = found.Attributes.Language is { } named ? repository.Run.Catalog.Named(named) is { } one ? [one] : []
                : repository.Run.Detector.Candidates(found.Path, file.Text);
        }

        if (languages.Count == 0)
        {
            outcome = Skip(found, SkipReason.UnknownLanguage, bytes, null, null);
            return null;
        }

        // Equal bytes have been judged before, so an unchanged file needs no check for generated code. C# is compared
        // by project folder instead.
        if (languages[0].Parser == "tree-sitter"
            && repository.Unchanged(file, content.Hash, repository.Run.Keys.Of(languages)) is { } stored)
        {
            outcome = new FileOutcome(found.Path, stored, null, null, bytes);
            return null;
        }

        if (found.Attributes.IsGenerated != false && GeneratedCode.Judge(found.Path, file.Notices, languages[0].Comments) is { } generated)
        {
            outcome = Skip(found, generated, bytes, languages[0].Id, null);
            return null;
        }

        outcome = null;
        return (file, content.Hash, languages);
    }

    public static FileOutcome Skip(FoundFile found, SkipReason reason, long bytes, string? language, string? detail) =>
        new(found.Path, null, null, new SkipRecord(found.Path, reason, 1, language, detail), bytes);
}

/// <summary>What became of a file that the walk found. Exactly one of the three is set: unchanged, record, skip.</summary>
/// <param name="Path">Path below the root.</param>
/// <param name="Unchanged">Row id of the stored file, if it is up to date.</param>
/// <param name="Record">The extracted file.</param>
/// <param name="Skip">Why the file was skipped.</param>
/// <param name="Bytes">Number of bytes read.</param>
internal sealed record FileOutcome(string Path, long? Unchanged, FileRecord? Record, SkipRecord? Skip, long Bytes);
