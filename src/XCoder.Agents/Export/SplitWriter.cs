using System.Text.Json;

namespace XCoder.Agents.Export;

/// <summary>Writes the files of a split: <c>train-00000-of-00002.jsonl</c>, ….</summary>
/// <param name="folder">The folder; it must exist.</param>
/// <param name="split">Name of the split.</param>
/// <param name="options">Rows of a file, and its form.</param>
internal sealed class SplitWriter(string folder, string split, ExportOptions options) : IDisposable
{
    private readonly List<ExportedFile> _files = [];
    private RecordFile? _file;

    public void Write(Action<Utf8JsonWriter> write)
    {
        _file ??= new RecordFile(Path.Combine(folder, $"{split}.{_files.Count}.part"), options);
        _file.Write(write);
        if (_file.Rows == options.ShardRows)
        {
            Close();
        }
    }

    /// <summary>Completes the last file and gives all their names, which say how many there are.</summary>
    public IReadOnlyList<ExportedFile> Finish()
    {
        if (_file is not null)
        {
            Close();
        }

        return [.. _files.Select((file, i) =>
        {
            var name = FormattableString.Invariant($"{split}-{i:D5}-of-{_files.Count:D5}{Ending(options)}");
            File.Move(Path.Combine(folder, file.Path), Path.Combine(folder, name));
            return file with { Path = $"{Path.GetFileName(folder)}/{name}" };
        })];
    }

    /// <summary>How names of files end.</summary>
    public static string Ending(ExportOptions options) => options.Parquet ? ".parquet" : ".jsonl";

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Close()
    {
        _files.Add(_file!.Finish());
        _file = null;
    }
}
