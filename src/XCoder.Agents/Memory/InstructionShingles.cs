using System.Text;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Agents.Memory;

/// <summary>Signatures of instructions: MinHash over their 3-word shingles.</summary>
internal static class InstructionShingles
{
    private const int Words = 3;
    private static readonly MinHasher Hasher = new(128);

    /// <summary>Values a signature.</summary>
    public static int Length => Hasher.Length;

    /// <summary>The signature of an instruction: letters and digits, in lower case; of fewer than three words that of the words.</summary>
    public static uint[] Sign(string instruction)
    {
        var words = new List<ulong>();
        var word = new StringBuilder();
        foreach (var character in instruction.Append(' '))
        {
            if (char.IsLetterOrDigit(character))
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else if (word.Length > 0)
            {
                words.Add(SpanHash.Hash64(Encoding.UTF8.GetBytes(word.ToString())));
                word.Clear();
            }
        }

        var size = Math.Clamp(words.Count, 1, Words);
        var shingles = new HashSet<ulong>();
        for (var i = 0; i + size <= words.Count; i++)
        {
            shingles.Add(words.Skip(i).Take(size).Aggregate(0UL, (hash, next) => SpanHash.Spread(hash ^ next)));
        }

        var signature = new uint[Hasher.Length];
        Hasher.Sign([.. shingles], signature);
        return signature;
    }
}
