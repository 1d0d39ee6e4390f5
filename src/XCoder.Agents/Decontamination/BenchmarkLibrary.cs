using XCoder.Analysis.Model;

namespace XCoder.Agents.Decontamination;

/// <summary>Opens the benchmark fingerprints that ship with the tool, and the user's own.</summary>
public static class BenchmarkLibrary
{
    private static readonly Lazy<ContaminationDetector> ShippedOnes = new(() => Open());

    /// <summary>Folder of the fingerprints that ship with the tool.</summary>
    public static string DefaultFolder => Path.Combine(LibraryFiles.Folder("models"), "benchmarks");

    /// <summary>A detector of the benchmarks that ship with the tool, made on first use.</summary>
    /// <exception cref="InvalidDataException">The fingerprints are missing or damaged.</exception>
    public static ContaminationDetector Shipped => ShippedOnes.Value;

    /// <summary>Makes a detector of the benchmarks that ship with the tool and of other files.</summary>
    /// <param name="own">Fingerprints, or benchmarks in a format that <see cref="BenchmarkReader"/> reads.</param>
    /// <param name="folder">Folder of the shipped fingerprints; null for <see cref="DefaultFolder"/>.</param>
    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    public static ContaminationDetector Open(IReadOnlyList<string>? own = null, string? folder = null)
    {
        folder ??= DefaultFolder;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + FingerprintFile.Ending) : [];
        if (files.Length == 0)
        {
            throw new InvalidDataException($"There are no fingerprints of benchmarks in {folder}. Build again, or reinstall the tool: "
                + "without them, no row can be called clean.");
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
