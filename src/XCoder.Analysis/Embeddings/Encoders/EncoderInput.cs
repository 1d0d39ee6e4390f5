using Microsoft.ML.OnnxRuntime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>What an input of an encoder holds.</summary>
internal enum EncoderInputKind
{
    Ids,
    Mask,
    Types,
    Positions,
}

/// <summary>An input of an encoder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsLong">Whether its numbers are of 64 bits, or of 32.</param>
internal sealed record EncoderInput(string Name, EncoderInputKind Kind, bool IsLong)
{
    /// <summary>A batch's tensor of shape [rows, length].</summary>
    /// <param name="texts">Ids of each row.</param>
    /// <param name="rows">Rows; those past the texts are one padding token.</param>
    /// <param name="length">Columns.</param>
    /// <param name="pad">Id of padding.</param>
    public OrtValue Tensor(IReadOnlyList<int[]> texts, int rows, int length, int pad) => IsLong
        ? OrtValue.CreateTensorValueFromMemory(Fill<long>(texts, rows, length, pad, value => value), [rows, length])
        : OrtValue.CreateTensorValueFromMemory(Fill<int>(texts, rows, length, pad, value => value), [rows, length]);

    private T[] Fill<T>(IReadOnlyList<int[]> texts, int rows, int length, int pad, Func<int, T> convert)
    {
        var values = new T[rows * length];
        if (Kind == EncoderInputKind.Types)
        {
            return values;
        }

        for (var row = 0; row < rows; row++)
        {
            var ids = row < texts.Count ? texts[row] : [pad];
            for (var column = 0; column < length; column++)
            {
                values[(row * length) + column] = convert(Kind switch
                {
                    EncoderInputKind.Ids => column < ids.Length ? ids[column] : pad,
                    EncoderInputKind.Mask => column < ids.Length ? 1 : 0,
                    _ => column,
                });
            }
        }

        return values;
    }
}
