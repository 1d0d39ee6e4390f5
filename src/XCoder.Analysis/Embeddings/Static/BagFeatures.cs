using System.Runtime.InteropServices;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// Rows of the table that a snippet adds up: its terms, hashed pairs of adjacent terms (order), its own name's terms
/// once more, hashed, and hashed pairs and triples of the terms that no author chose (control flow, whatever the names are). Each distinct row once, with
/// weight 1 + ln(count). <c>models/training/features.py</c> computes the same; a test compares them.
/// </summary>
internal sealed class BagFeatures(StaticSettings settings, int terms)
{
    private const uint BigramSeed = 0x243F6A88;
    private const uint SkeletonSeed = 0x85A308D3;
    private const uint TripleSeed = 0x13198A2E;
    private const uint NameSeed = 0x03707344;

    /// <summary>Rows of the whole table.</summary>
    public int Rows { get; } = terms + settings.BigramRows + settings.SkeletonRows;

    /// <summary>Distinct rows in order of appearance, and their weights.</summary>
    public (int[] Rows, float[] Weights) Of(CodeTerms code)
    {
        var counts = new Dictionary<int, int>(code.Ids.Length * 3);
        void Add(int row) => CollectionsMarshal.GetValueRefOrAddDefault(counts, row, out _)++;

        foreach (var id in code.Ids)
        {
            Add(id);
        }

        // That a snippet is called `decode` says more than that it calls a `decode`.
        for (var i = 0; i < code.Ids.Length; i++)
        {
            if (code.Words[i] == CodeTerms.OwnName)
            {
                Add(terms + (int)(Hash((uint)code.Ids[i], 0, NameSeed) % (uint)settings.BigramRows));
            }
        }

        for (var i = 1; i < code.Ids.Length; i++)
        {
            Add(terms + (int)(Hash((uint)code.Ids[i - 1], (uint)code.Ids[i], BigramSeed) % (uint)settings.BigramRows));
        }

        var (second, first) = (-1, -1); // the last but one and the last
        for (var i = 0; i < code.Ids.Length; i++)
        {
            if (code.Words[i] >= 0)
            {
                continue;
            }

            var id = code.Ids[i];
            if (first >= 0)
            {
                var pair = Hash((uint)first, (uint)id, SkeletonSeed);
                Add(terms + settings.BigramRows + (int)(pair % (uint)settings.SkeletonRows));
                if (second >= 0)
                {
                    Add(terms + settings.BigramRows + (int)(Hash((uint)second, pair, TripleSeed) % (uint)settings.SkeletonRows));
                }
            }

            (second, first) = (first, id);
        }

        return ([.. counts.Keys], [.. counts.Values.Select(count => 1 + MathF.Log(count))]);
    }

    /// <summary>A hash of two ids, 32 bits.</summary>
    public static uint Hash(uint a, uint b, uint seed)
    {
        var hash = (a * 0x9E3779B1u) + (b * 0x85EBCA77u) + seed;
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
        return hash ^ (hash >> 15);
    }
}
