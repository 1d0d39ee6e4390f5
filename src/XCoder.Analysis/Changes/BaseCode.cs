using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Repositories.Ignore;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Changes;

/// <summary>A file of the base with its snippets; without them if it is no source file there.</summary>
/// <param name="Path">Its path at the base.</param>
/// <param name="Language">Language id; empty if it was skipped.</param>
/// <param name="Snippets">Its snippets in source order.</param>
/// <param name="Content">Its compressed text.</param>
/// <param name="Tokens">Its encoded tokens.</param>
internal sealed record BaseFile(string Path, string Language, IReadOnlyList<BaseSnippet> Snippets, byte[] Content, byte[] Tokens)
{
    /// <summary>The hashes of its tokens.</summary>
    public TokenHashes Hashes() => TokenHashes.Compute(StoredText.Decompress(Content), TokenStream.Decode(Tokens));

    /// <summary>
    /// Whether all of it fits together. The hash of the cache proves that a file is whole, not who wrote it.
    /// </summary>
    public bool IsSound()
    {
        if (Content.Length == 0)
        {
            return Tokens.Length == 0 && Snippets.Count == 0;
        }

        try
        {
            var (length, tokens) = (StoredText.Decompress(Content).Length, TokenStream.Decode(Tokens));
            for (var i = 0; i < tokens.Count; i++)
            {
                if (tokens.Starts[i] < 0 || tokens.Lengths[i] < 0 || tokens.Starts[i] > length - tokens.Lengths[i])
                {
                    return false;
                }
            }

            return Snippets.All(snippet => snippet.FirstToken >= 0 && snippet.Tokens >= 0
                && snippet.FirstToken <= tokens.Count - snippet.Tokens && snippet.StartByte >= 0 && snippet.StartByte <= snippet.EndByte
                && snippet.EndByte <= length);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

/// <summary>A snippet of the base.</summary>
internal sealed record BaseSnippet(SnippetKind Kind, string Name, string QualifiedName, int StartByte, int EndByte, int FirstToken,
    int Tokens, bool IsTest, bool HasErrors, UInt128 Exact, UInt128 Renamed);

/// <summary>
/// Extracts files of the base. What was extracted is kept in the workspace by path, name of the content and everything else that
/// extraction depends on, so that a base is read once.
/// </summary>
internal sealed class BaseCode(WorkspaceFolder workspace, LanguageCatalog catalog, IndexOptions options)
{
    /// <summary>Name of the file within a workspace.</summary>
    public const string FileName = "base.cache";

    private const string Format = "xcoder base 1";
    private const long MostBytes = 64 << 20;
    private const int MostFiles = 1 << 20;

    private readonly SealedFile _file = new(Path.Combine(workspace.Folder, FileName), Format);

    /// <summary>Reads the files. What a commit lacks or what is too large counts as empty.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="files">Path and name of the content of each.</param>
    /// <param name="objects">Git's objects.</param>
    /// <param name="attributes">The attributes of the work tree.</param>
    /// <param name="lost">Receives files that should have been read but were not.</param>
    /// <param name="cancellation">Cancels the work; nothing is kept then.</param>
    /// <exception cref="GitException">The clone lacks a content, or it is damaged.</exception>
    public IReadOnlyList<BaseFile> Read(Repository repository, IReadOnlyList<(string Path, string Blob)> files, GitObjects objects,
        PathAttributes attributes, ICollection<FileLoss> lost, CancellationToken cancellation)
    {
        if (files.Count == 0)
        {
            return [];
        }

        // A file that may be in several languages depends on all of them.
        var keys = new ExtractorKeys(catalog);
        var general = HexHash.Key([typeof(BaseCode).Module.ModuleVersionId.ToString(),
            FormattableString.Invariant($"{options.MaxFileBytes}"), repository.Name, .. catalog.Languages.Select(keys.Of)]);
        var known = _file.Read(general, ReadAll) ?? [];
        var limit = BlobExtraction.Limit(catalog, options.MaxFileBytes);
        var (result, wanted, missing) = (new List<BaseFile>(), new List<(string Key, string Path)>(), new List<BlobFile>());
        foreach (var (path, blob) in files)
        {
            var facts = attributes.Of(path) with { Encoding = null }; // git keeps text as UTF-8
            var key = HexHash.Key(path, blob, facts.ToString());
            wanted.Add((key, path));
            if (known.TryGetValue(key, out var kept) && kept.Path == path && kept.IsSound())
            {
                continue;
            }

            known.Remove(key);
            try
            {
                missing.Add(new BlobFile(path, objects.Read(blob, GitObjectType.Blob, (int)Math.Min(int.MaxValue, limit(path))), facts));
            }
            catch (GitTooLargeException)
            {
                known[key] = new BaseFile(path, "", [], [], []);
            }
        }

        if (missing.Count > 0)
        {
            var read = new BlobExtraction(workspace, catalog, options).Run(repository, missing, cancellation)
                .ToDictionary(static outcome => outcome.Path);
            foreach (var (key, path) in wanted.Where(file => !known.ContainsKey(file.Key)))
            {
                known[key] = Of(read[path], path);
                if (read[path].Skip is { } skip && skip.Reason.IsLoss())
                {
                    lost.Add(new FileLoss(repository.Name, path, skip.Reason.Name(), $"at the base: {skip.Detail}"));
                }
            }

            var used = wanted.Select(static file => file.Key).ToHashSet();
            Write(general, [.. known.OrderByDescending(file => used.Contains(file.Key))]);
        }

        result.AddRange(wanted.Select(file => known[file.Key]));
        return result;
    }

    private static BaseFile Of(FileOutcome outcome, string path) => outcome.Record is not { } record ? new BaseFile(path, "", [], [], [])
        : new BaseFile(path, record.Extracted.Language,
            [.. record.Extracted.Snippets.Select((snippet, i) => new BaseSnippet(snippet.Kind, snippet.Name, snippet.QualifiedName,
                snippet.Span.StartByte, snippet.Span.EndByte, snippet.FirstToken, snippet.TokenCount, snippet.IsTest, snippet.HasErrors,
                record.Keys[i].Exact, record.Keys[i].Renamed))], record.Content, record.Tokens);

    private void Write(string key, List<KeyValuePair<string, BaseFile>> files) => _file.Write(key, (writer, _) =>
    {
        // The newest come first, and what exceeds the limit is forgotten.
        var bytes = 0L;
        var kept = files.TakeWhile(file => (bytes += file.Value.Content.Length + file.Value.Tokens.Length
            + (64 * file.Value.Snippets.Count)) <= MostBytes).Take(MostFiles).ToList();
        writer.Write(kept.Count);
        foreach (var (name, file) in kept)
        {
            writer.Write(name);
            writer.Write(file.Path);
            writer.Write(file.Language);
            writer.Write(file.Content.Length);
            writer.Write(file.Content);
            writer.Write(file.Tokens.Length);
            writer.Write(file.Tokens);
            writer.Write(file.Snippets.Count);
            foreach (var snippet in file.Snippets)
            {
                writer.Write((byte)snippet.Kind);
                writer.Write(snippet.Name);
                writer.Write(snippet.QualifiedName);
                writer.Write(snippet.StartByte);
                writer.Write(snippet.EndByte);
                writer.Write(snippet.FirstToken);
                writer.Write(snippet.Tokens);
                writer.Write(snippet.IsTest);
                writer.Write(snippet.HasErrors);
                writer.Write((ulong)(snippet.Exact >> 64));
                writer.Write((ulong)snippet.Exact);
                writer.Write((ulong)(snippet.Renamed >> 64));
                writer.Write((ulong)snippet.Renamed);
            }
        }
    });

    private static Dictionary<string, BaseFile> ReadAll(BinaryReader reader)
    {
        var files = new Dictionary<string, BaseFile>();
        for (var left = Count(reader, MostFiles); left > 0; left--)
        {
            var (key, path, language) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
            var content = reader.ReadBytes(Count(reader, int.MaxValue));
            var tokens = reader.ReadBytes(Count(reader, int.MaxValue));
            var snippets = new List<BaseSnippet>();
            for (var more = Count(reader, int.MaxValue); more > 0; more--)
            {
                snippets.Add(new BaseSnippet((SnippetKind)reader.ReadByte(), reader.ReadString(), reader.ReadString(),
                    reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(),
                    reader.ReadBoolean(), reader.ReadBoolean(),
                    new UInt128(reader.ReadUInt64(), reader.ReadUInt64()), new UInt128(reader.ReadUInt64(), reader.ReadUInt64())));
            }

            files[key] = new BaseFile(path, language, snippets, content, tokens);
        }

        return files;
    }

    private static int Count(BinaryReader reader, int most) => reader.ReadInt32() is var count && count >= 0 && count <= most
        && count <= reader.BaseStream.Length ? count : throw new InvalidDataException($"{count} is no count.");
}
