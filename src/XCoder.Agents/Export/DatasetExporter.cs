namespace XCoder.Agents.Export;

/// <summary>Exports rows in the order of the store. Memory grows by 16 bytes for each exported row, to recognise duplicates.</summary>
internal sealed class DatasetExporter
{
    private readonly ExportOptions _options;
    private readonly RowSource _source;
    private readonly LineageGuard _guard;

    /// <summary>Prepares an export.</summary>
    /// <param name="options">Format, filter and limits.</param>
    /// <param name="source">The rows and notices to read.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public DatasetExporter(ExportOptions options, RowSource source)
    {
        options.Validate();
        (_options, _source) =
            (options with { Filter = options.Filter with { ArePreferences = options.Format.TakesPreferences } }, source);
        _guard = new LineageGuard(options.Mark);
    }

    /// <summary>Writes JSON lines to a stream, which stays open.</summary>
    public ExportSummary WriteTo(Stream stream, CancellationToken cancellation)
    {
        var summary = new ExportSummary();
        using var writer = new LineWriter(stream);
        foreach (var row in _source.Select(_options.Filter, _guard, summary, cancellation))
        {
            writer.Write(json => _options.Format.Write(json, row));
        }

        return summary;
    }

    /// <summary>Writes one file and its attribution beside it, whole or not at all. Writes nothing if no row passes the filter.</summary>
    public ExportSummary WriteFile(string path, CancellationToken cancellation)
    {
        var summary = new ExportSummary();
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        ExportFolder.Leftovers(full, _options.Mark, isNamed: true).ToList().ForEach(ExportFolder.Remove);
        var parts = ExportFolder.AsideOf(full, _options.Mark) + ".tmp";
        var attribution = AttributionOf(full);
        try
        {
            ExportedFile written;
            using (var file = new RecordFile(parts, _options))
            {
                foreach (var row in _source.Select(_options.Filter, _guard, summary, cancellation))
                {
                    file.Write(json => _options.Format.Write(json, row));
                }

                written = file.Finish();
            }

            if (summary.Exported > 0)
            {
                WriteAttribution(parts + ".md", cancellation);
                File.Move(parts + ".md", attribution, overwrite: true);
                File.Move(parts, full, overwrite: true);
                _options.Mark?.Write(full);
                summary.Add([written with { Path = Path.GetFileName(full) }]);
            }

            return summary;
        }
        finally
        {
            Array.ForEach([parts, parts + ".lines", parts + ".md"], File.Delete);
        }
    }

    /// <summary>Path of the attribution beside an exported file.</summary>
    public static string AttributionOf(string path) => Path.ChangeExtension(path, null) + "." + ExportFolder.Attribution;

    /// <summary>
    /// Writes a folder that Hugging Face's <c>datasets</c> loads: card, files of each split and attribution, whole or not at all. It
    /// replaces an earlier export in the same place. Writes nothing if no row passes the filter.
    /// </summary>
    /// <exception cref="IOException">The folder holds something that no export wrote.</exception>
    public ExportSummary WriteFolder(string path, CardFacts facts, CancellationToken cancellation)
    {
        var summary = new ExportSummary();
        using var folder = ExportFolder.Begin(path, _options.Mark);
        var data = Path.Combine(folder.Path, ExportFolder.Data);
        using (var train = new SplitWriter(data, DataCard.Train, _options))
        using (var validation = new SplitWriter(data, DataCard.Validation, _options))
        {
            foreach (var row in _source.Select(_options.Filter, _guard, summary, cancellation))
            {
                var split = SplitChooser.IsValidation(row, _options.Validation) ? validation : train;
                split.Write(json => _options.Format.Write(json, row));
            }

            summary.Add(train.Finish());
            summary.Add(validation.Finish());
        }

        if (summary.Exported > 0)
        {
            WriteAttribution(Path.Combine(folder.Path, ExportFolder.Attribution), cancellation);
            using (var writer = new StreamWriter(Path.Combine(folder.Path, ExportFolder.Card)) { NewLine = "\n" })
            {
                new DataCard(_options, summary, facts).Write(writer);
            }

            folder.Commit();
        }

        return summary;
    }

    private void WriteAttribution(string path, CancellationToken cancellation)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        _source.WriteAttribution(writer, _options.Filter, _guard, cancellation);
    }
}
