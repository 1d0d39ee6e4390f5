using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Tells code that a program wrote, by its name (<c>*.pb.go</c>, <c>*.Designer.cs</c>), by a generator's mark in the
/// comments of its first 2 KiB, and minified code by its lines. Means to be right where it says so: a file that only
/// speaks of generated code is not generated.
/// </summary>
internal static class GeneratedCode
{
    private const int MarkBytes = 2048;

    /// <summary><see cref="SkipReason.Generated"/>, <see cref="SkipReason.Minified"/> or null, by the name alone.</summary>
    public static SkipReason? JudgeName(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return GeneratedNames.IsMinified(name) ? SkipReason.Minified
            : GeneratedNames.IsGenerated(name) ? SkipReason.Generated
            : null;
    }

    /// <summary><see cref="SkipReason.Generated"/>, <see cref="SkipReason.Minified"/> or null, by name and text.</summary>
    /// <param name="path">Path or name of the file.</param>
    /// <param name="text">All of its text.</param>
    public static SkipReason? Judge(string path, ReadOnlySpan<byte> text)
    {
        if (JudgeName(path) is { } reason)
        {
            return reason;
        }

        return GeneratorMarks.IsMarked(text[..Math.Min(text.Length, MarkBytes)]) ? SkipReason.Generated
            : MinifiedText.IsMinified(text) ? SkipReason.Minified
            : null;
    }
}
