namespace XCoder.Analysis.Onnx;

/// <summary>One field of a protobuf message, as it lies in the encoded bytes.</summary>
/// <param name="Number">The field's number in the message's definition.</param>
/// <param name="Start">Index of the field's first byte, its tag.</param>
/// <param name="From">Index of the first byte of its content.</param>
/// <param name="To">Index after the last byte of its content.</param>
/// <param name="Value">The number, if the field is a varint, else 0.</param>
internal readonly record struct ProtobufField(int Number, int Start, int From, int To, ulong Value)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    /// <summary>Reads the fields of the message between two indices.</summary>
    /// <exception cref="InvalidDataException">The bytes are no protobuf message.</exception>
    public static List<ProtobufField> Read(ReadOnlySpan<byte> bytes, int from, int to)
    {
        var fields = new List<ProtobufField>();
        for (var at = from; at < to;)
        {
            var start = at;
            var tag = Number64(bytes, ref at, to);
            var (content, value) = (at, 0UL);
            ulong length = 0;
            switch (tag & 7)
            {
                case Varint:
                    value = Number64(bytes, ref at, to);
                    break;
                case Fixed64:
                    length = 8;
                    break;
                case Fixed32:
                    length = 4;
                    break;
                case Delimited:
                    length = Number64(bytes, ref at, to);
                    content = at;
                    break;
                default:
                    throw new InvalidDataException("is not in the format of ONNX");
            }

            at = length <= (ulong)(to - at) ? at + (int)length : throw new InvalidDataException("is cut off");
            fields.Add(new ProtobufField((int)(tag >> 3), start, content, at, value));
        }

        return fields;
    }

    /// <summary>Reads a varint and moves the index behind it.</summary>
    /// <exception cref="InvalidDataException">The number does not end before <paramref name="to"/>.</exception>
    public static ulong Number64(ReadOnlySpan<byte> bytes, ref int at, int to)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && at < to; shift += 7)
        {
            var one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("is cut off");
    }
}
