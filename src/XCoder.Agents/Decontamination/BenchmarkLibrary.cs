using XCoder.Analysis.Model;

namespace XCoder.Agents.Decontamination;

/// <summary>The benchmarks that ship, and the user's own.</summary>
public static class BenchmarkLibrary
{
    private static readonly Lazy<ContaminationDetector> ShippedOnes = new(() => Open());

    /// <summary>Folder of the fingerprints that ship.</summary>
    public static string DefaultFolder => Path.Combine(LibraryFiles.Folder("models"), "benchmarks");

    /// <summary>A detector of the benchmarks that ship; made once.</summary>
    /// <exception cref="InvalidDataException">They are missing or damaged.</exception>
    public static ContaminationDetector Shipped => ShippedOnes.Value;

    /// <summary>A detector of the benchmarks that ship and of some files.</summary>
    /// <param name="own">Fingerprints or benchmarks as they are (<see cref="BenchmarkReader"/>).</param>
    /// <param name="folder">Folder of those that ship; null for <see cref="DefaultFolder"/>.</param>
    /// <exception cref="InvalidDataException">One is missing or damaged.</exception>
    public static ContaminationDetector Open(IReadOnlyList<string>? own = null, string? folder = null)
    {
        folder ??= DefaultFolder;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + FingerprintFile.Ending) : [];
        if (files.Length == 0)
        {
            throw new InvalidDataException(
                $"There are no fingerprints of benchmarks in {folder}. Build again, or reinstall the tool: rows that nothing was compared "
                    + $"with must not be called clean.");
        }

        return new ContaminationDetector([.. files.Order(StringComparer.Ordinal).Select(FingerprintFile.Read), .. (own ?? []).Select(Own)]);
    }

    private static Fingerprint Own(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"The benchmark {path} does not exist.");
        }

        if (path.EndsWith(FingerprintFile.Ending, StringComparison.Ordinal))
        {
            return FingerprintFile.Read(path);
        }

        return Fingerprint.Of(Path.GetFileName(path), [new BenchmarkReader().Read(path)]);
    }
}
