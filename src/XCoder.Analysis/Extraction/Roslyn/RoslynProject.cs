using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Extracts the C# files of one unit (a project folder, see <c>ProjectFolders</c>) with the compiler itself.
/// Names are resolved in a compilation made of these files and the running framework; no project file is
/// evaluated and no generator or analyzer runs.
/// </summary>
public static class RoslynProject
{
    /// <summary>Extracts every file and hands each on as soon as it and those before it are done.</summary>
    /// <param name="files">The unit's files. Facts depend on the set of them, not on their order.</param>
    /// <param name="language">The manifest's row: id, separator and test rules.</param>
    /// <param name="options">Limits and threads.</param>
    /// <param name="found">Receives one result a file, in the order of <paramref name="files"/>, never two at a time.</param>
    /// <param name="cancellation">Ends the whole unit.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static void Extract(
        IReadOnlyList<SourceFile> files,
        Language language,
        RoslynOptions options,
        Action<RoslynFile> found,
        CancellationToken cancellation = default)
    {
        options.Validate();
        var output = new OrderedOutput(files.Count, found);
        var parser = new FileParser(language, options, cancellation);
        if (WhyNotResolved(files, options) is { } reason)
        {
            LargeStackThreads.ForEach(files.Count, options, i => output.Add(parser.Parse(i, files[i]).ToFile(reason)));
            return;
        }

        var parsed = new ParsedFile[files.Count];
        LargeStackThreads.ForEach(files.Count, options, i => parsed[i] = parser.Parse(i, files[i]));
        var binder = new UnitBinder(parsed, language, options, cancellation);
        LargeStackThreads.ForEach(files.Count, options, i =>
        {
            output.Add(binder.Bind(parsed[i]));
            parsed[i] = null!;
        });
    }

    private static string? WhyNotResolved(IReadOnlyList<SourceFile> files, RoslynOptions options)
    {
        if (!options.Resolve)
        {
            return "names are not resolved by option";
        }

        if (files.Count > options.MaxUnitFiles)
        {
            return $"the unit has {files.Count} files, more than {options.MaxUnitFiles}";
        }

        var bytes = files.Sum(file => (long)file.Text.Length);
        return bytes > options.MaxUnitBytes ? $"the unit has {bytes} bytes, more than {options.MaxUnitBytes}" : null;
    }
}
