using System.Numerics;
using System.Runtime.InteropServices;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>One vector from the vectors of a text's tokens.</summary>
internal static class VectorPooling
{
    /// <summary>Pools and normalises.</summary>
    /// <param name="tokens">[tokens, width], without padding, one token at least.</param>
    /// <param name="width">Length of a token's vector.</param>
    /// <param name="pooling">How.</param>
    /// <param name="vector">Receives the leading dimensions; not longer than <paramref name="width"/>.</param>
    public static void Pool(ReadOnlySpan<float> tokens, int width, Pooling pooling, Span<float> vector)
    {
        var count = tokens.Length / width;
        switch (pooling)
        {
            case Pooling.Cls:
                tokens[..vector.Length].CopyTo(vector);
                break;
            case Pooling.Last:
                tokens.Slice((count - 1) * width, vector.Length).CopyTo(vector);
                break;
            case Pooling.Mean:
                tokens[..vector.Length].CopyTo(vector);
                for (var token = 1; token < count; token++)
                {
                    Combine(tokens.Slice(token * width, vector.Length), vector, isSum: true);
                }

                // Normalising takes the count out again.
                break;
            default:
                tokens[..vector.Length].CopyTo(vector);
                for (var token = 1; token < count; token++)
                {
                    Combine(tokens.Slice(token * width, vector.Length), vector, isSum: false);
                }

                break;
        }

        Normalise(vector);
    }

    /// <summary>Makes the length 1; zeros stay.</summary>
    /// <exception cref="EmbeddingException">A value is no number.</exception>
    public static void Normalise(Span<float> vector)
    {
        double sum = 0;
        foreach (var value in vector)
        {
            sum += (double)value * value;
        }

        if (!double.IsFinite(sum))
        {
            throw new EmbeddingException("The model's vector holds values that are no numbers (half precision overflows on some models). Use the model in single precision.");
        }

        var scale = sum > 0 ? (float)(1 / Math.Sqrt(sum)) : 0;
        foreach (ref var value in vector)
        {
            value *= scale;
        }
    }

    private static void Combine(ReadOnlySpan<float> token, Span<float> vector, bool isSum)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(token);
        var to = MemoryMarshal.Cast<float, Vector<float>>(vector);
        for (var index = 0; index < to.Length; index++)
        {
            to[index] = isSum ? to[index] + from[index] : Vector.Max(to[index], from[index]);
        }

        for (var index = to.Length * Vector<float>.Count; index < vector.Length; index++)
        {
            vector[index] = isSum ? vector[index] + token[index] : Math.Max(vector[index], token[index]);
        }
    }
}
