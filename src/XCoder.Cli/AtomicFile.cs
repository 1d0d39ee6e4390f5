using XCoder.Analysis.Storage;

namespace XCoder.Cli;

/// <summary>Writes files beside their place and renames them, so that a reader never sees half of one.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> write) => AsideFile.Write(path, write);

    /// <summary>Lets text be written, as UTF-8, to a stream that stays open.</summary>
    public static Action<Stream> Text(Action<TextWriter> write) => stream =>
    {
        using var writer = new StreamWriter(stream, new System.Text.UTF8Encoding(false), 1 << 14, leaveOpen: true);
        write(writer);
    };
}
