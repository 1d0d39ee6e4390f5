using System.Buffers;

namespace XCoder.Agents.Redaction;

/// <summary>
/// Finds the body of private keys in PEM and PGP blocks: the runs of base64 between BEGIN and END, so that marks, quotes and line
/// ends of a literal stay.
/// </summary>
internal sealed class PrivateKeyFinder : IFinder
{
    public const string Keyword = "PRIVATE KEY";

    private const int LongestMark = 80;
    private const int LongestBody = 32 << 10;
    private const int ShortestRun = 16;
    private const int LongestName = 40;

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var line = text.AsSpan(Math.Max(0, at - LongestMark), Math.Min(at, LongestMark));
        var begin = line.LastIndexOf("-----BEGIN", StringComparison.Ordinal);
        if (begin < 0 || line[begin..].ContainsAny("\r\n\"'") || line[(begin + 5)..].Contains("-----", StringComparison.Ordinal))
        {
            return;
        }

        var start = at + Keyword.Length;
        var close = text.AsSpan(start, Math.Min(24, text.Length - start)).IndexOf("-----", StringComparison.Ordinal);
        if (close < 0)
        {
            return;
        }

        start += close + "-----".Length;
        var body = text.AsSpan(start, Math.Min(LongestBody, text.Length - start));
        var end = body.IndexOf("-----", StringComparison.Ordinal);
        FindRuns(start, end < 0 ? body : body[..end], end < 0 ? ShortestRun * 2 : ShortestRun, found);
    }

    private static void FindRuns(int offset, ReadOnlySpan<char> body, int shortest, List<Finding> found)
    {
        for (var at = 0; at < body.Length;)
        {
            // The letter of an escape, \n, is no base64.
            if (body[at] == '\\')
            {
                at += 2;
                continue;
            }

            var length = body[at..].IndexOfAnyExcept(Base64);
            length = length < 0 ? body.Length - at : length;
            if (length >= shortest && (at + length == body.Length || body[at + length] != '(') && IsKey(body.Slice(at, length)))
            {
                Add(found, offset + at, offset + at + length, body, offset);
            }

            at += Math.Max(length, 1);
        }
    }

    // A name is letters alone, more often than not.
    private static bool IsKey(ReadOnlySpan<char> run) =>
        ValueShape.Entropy(run) > 2.5 && (run.Length >= LongestName || run.ContainsAny("0123456789+/="));

    // Runs with nothing but line ends between them are one.
    private static void Add(List<Finding> found, int start, int end, ReadOnlySpan<char> body, int offset)
    {
        if (found.Count > 0 && found[^1] is { Kind: var kind } last && kind == SensitiveKind.PrivateKey && last.End >= offset
            && body[(last.End - offset)..(start - offset)].Trim("\\nrt \r\n\t").IsEmpty)
        {
            found[^1] = last with { End = end };
        }
        else
        {
            found.Add(new Finding(start, end, SensitiveKind.PrivateKey, Finding.KeyBlock));
        }
    }
}
