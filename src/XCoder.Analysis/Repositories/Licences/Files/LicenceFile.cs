using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Licences.Files;

/// <summary>A file that may hold terms. One that is too large to be read says something that nobody understood: it is not absent.</summary>
/// <param name="Bytes">Its bytes; null where it is too large.</param>
internal readonly record struct LicenceFile(byte[]? Bytes)
{
    /// <summary>Reads a file; null where there is none that can be read.</summary>
    /// <param name="fullPath">Its path.</param>
    /// <param name="most">How many bytes it may have.</param>
    public static LicenceFile? Read(string fullPath, int most) =>
        SourceFileReader.ReadSmall(fullPath, most, out var reason) is { } bytes ? new LicenceFile(bytes)
            : reason == SkipReason.TooLarge ? new LicenceFile(null) : null;
}
