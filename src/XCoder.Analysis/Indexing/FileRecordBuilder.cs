using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Indexing;

/// <summary>Converts an extracted file to its stored form: ids, content hashes, compressed text.</summary>
internal static class FileRecordBuilder
{
    private const int IdDigits = 20;

    public static FileRecord Build(string repository, SourceFile file, string hash, string extractor, Licence? licence,
        ExtractedFile extracted)
    {
        var hashes = TokenHashes.Compute(file.Text, extracted.Tokens, extracted.Layout);
        var seen = new Dictionary<string, int>();
        var keys = new SnippetKey[extracted.Snippets.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var snippet = extracted.Snippets[i];
            keys[i] = new SnippetKey(
                Id(repository, file, snippet, seen),
                hashes.ExactHash(snippet.FirstToken, snippet.TokenCount),
                hashes.RenamedHash(snippet.FirstToken, snippet.TokenCount));
        }

        if (file.Contained is { } contained)
        {
            extracted = InFile(extracted, contained);
        }

        // Lines of a comment are those of the file, as lines of snippets are.
        var ignores = IgnoreComments.Find(file.Text, extracted);
        if (ignores.Count > 0)
        {
            extracted = extracted with { Snippets = [.. extracted.Snippets.Select(static snippet => snippet with
            {
                Documentation = IgnoreComments.WithoutMarks(snippet.Documentation),
            })] };
            ignores = file.Contained?.Lines is not { } lines ? ignores
                : [.. ignores.Select(comment => comment with { Line = lines[comment.Line - 1] })];
        }

        return new FileRecord
        {
            Path = file.Path,
            Hash = hash,
            Extractor = extractor,
            Bytes = file.CodeBytes,
            InvalidBytes = file.InvalidBytes,
            Licence = licence,
            Extracted = extracted,
            Tokens = extracted.Tokens.Encode(),
            Content = StoredText.Compress(file.Text),
            Keys = keys,
            Ignores = ignores,
        };
    }

    // Of code that stood in a container: with the lines of the file.
    private static ExtractedFile InFile(ExtractedFile extracted, ContainedCode contained) => extracted with
    {
        HasErrors = extracted.HasErrors || contained.IsBroken,
        Snippets = contained.Lines is not { } lines ? extracted.Snippets
            : [.. extracted.Snippets.Select(snippet => snippet with
            {
                Span = snippet.Span with { StartLine = lines[snippet.Span.StartLine - 1], EndLine = lines[snippet.Span.EndLine - 1] },
            })],
    };

    private static string Id(string repository, SourceFile file, ExtractedSnippet snippet, Dictionary<string, int> seen)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendText(repository);
        hash.AppendText(file.Path);
        hash.AppendText(snippet.QualifiedName);
        hash.AppendData(file.Text.AsSpan(snippet.Span.StartByte, snippet.Span.Length));
        var id = hash.Digits()[..IdDigits];
        var order = seen[id] = seen.GetValueOrDefault(id) + 1;
        return order == 1 ? id : HexHash.Of($"{id}/{order}")[..IdDigits];
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
