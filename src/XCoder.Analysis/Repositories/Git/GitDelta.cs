namespace XCoder.Analysis.Repositories.Git;

/// <summary>Applies deltas of packs (gitformat-pack): instructions that copy ranges of a base or insert bytes of their own.</summary>
internal static class GitDelta
{
    /// <summary>Reads the two sizes with which a delta begins.</summary>
    /// <returns>Size of the base, size of the result, and where the instructions begin; null if the bytes hold no two sizes.</returns>
    public static (long Base, long Result, int Start)? Sizes(ReadOnlySpan<byte> delta)
    {
        var at = 0;
        return Size(delta, ref at) is { } from && Size(delta, ref at) is { } to ? (from, to, at) : null;
    }

    /// <summary>The object that a delta makes of its base; null if the delta is damaged: a wrong size, a range outside the base.</summary>
    /// <param name="source">The base.</param>
    /// <param name="delta">The delta. Its result must have at most as many bytes as an array can.</param>
    public static byte[]? Apply(ReadOnlySpan<byte> source, ReadOnlySpan<byte> delta)
    {
        if (Sizes(delta) is not var (from, to, at) || from != source.Length || to > Array.MaxLength)
        {
            return null;
        }

        var result = new byte[to];
        var written = 0;
        while (at < delta.Length)
        {
            var instruction = delta[at++];
            ReadOnlySpan<byte> part;
            if ((instruction & 0x80) != 0)
            {
                var (offset, size) = (0L, 0L);
                for (var i = 0; i < 7; i++)
                {
                    if ((instruction & (1 << i)) != 0)
                    {
                        if (at >= delta.Length)
                        {
                            return null;
                        }

                        (offset, size) = i < 4 ? (offset | ((long)delta[at++] << (8 * i)), size)
                            : (offset, size | ((long)delta[at++] << (8 * (i - 4))));
                    }
                }

                size = size == 0 ? 0x10000 : size;
                if (offset + size > source.Length)
                {
                    return null;
                }

                part = source.Slice((int)offset, (int)size);
            }
            else if (instruction != 0 && at + instruction <= delta.Length)
            {
                part = delta.Slice(at, instruction);
                at += instruction;
            }
            else
            {
                return null;
            }

            if (part.Length > result.Length - written)
            {
                return null;
            }

            part.CopyTo(result.AsSpan(written));
            written += part.Length;
        }

        return written == result.Length ? result : null;
    }

    private static long? Size(ReadOnlySpan<byte> bytes, ref int at)
    {
        long size = 0;
        for (var shift = 0; shift < 49 && at < bytes.Length; shift += 7)
        {
            var part = bytes[at++];
            size |= (long)(part & 0x7f) << shift;
            if ((part & 0x80) == 0)
            {
                return size;
            }
        }

        return null;
    }
}
