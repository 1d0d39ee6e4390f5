using System.Text;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>Keeps the first and the last bytes of a stream, half of the capacity each.</summary>
internal sealed class BoundedOutput(int capacity)
{
    private readonly byte[] _head = new byte[capacity / 2];
    private readonly byte[] _tail = new byte[capacity - (capacity / 2)];

    /// <summary>Number of bytes read so far.</summary>
    public long Length { get; private set; }

    /// <summary>Reads to the end of the stream, or until more than <paramref name="most"/> bytes have arrived.</summary>
    /// <returns>Whether the end was reached.</returns>
    public async Task<bool> ReadAsync(Stream stream, long most)
    {
        var buffer = new byte[16 << 10];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return true;
            }

            Add(buffer.AsSpan(0, read));
            if (Length > most)
            {
                return false;
            }
        }
    }

    /// <summary>The kept text; invalid UTF-8 is replaced, and a line tells how many bytes were left out.</summary>
    public override string ToString()
    {
        var head = (int)Math.Min(Length, _head.Length);
        var rest = Length - head;
        var text = new StringBuilder(Encoding.UTF8.GetString(_head, 0, head));
        if (rest > _tail.Length)
        {
            var start = (int)(rest % _tail.Length);
            byte[] tail = [.. _tail.AsSpan(start), .. _tail.AsSpan(0, start)];
            return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n… {rest - _tail.Length} bytes left out …\n")
                .Append(Encoding.UTF8.GetString(tail)).ToString();
        }

        byte[] whole = [.. _head.AsSpan(0, head), .. _tail.AsSpan(0, (int)rest)];
        return Encoding.UTF8.GetString(whole);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (Length < _head.Length)
            {
                _head[Length] = value;
            }
            else
            {
                _tail[(Length - _head.Length) % _tail.Length] = value;
            }

            Length++;
        }
    }
}
