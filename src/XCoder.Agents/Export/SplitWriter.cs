using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Writes the files of a split, such as <c>train-00000-of-00002.jsonl</c>.</summary>
/// <param name="folder">Existing folder for the files.</param>
/// <param name="split">Name of the split.</param>
/// <param name="options">Format and size of the files.</param>
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

    /// <summary>Completes the last file and gives all files their final names, which contain the number of files.</summary>
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

    /// <summary>File name ending of the chosen form.</summary>
    public static string Ending(ExportOptions options) => options.Parquet ? ".parquet" : ".jsonl";

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Close()
    {
        _files.Add(_file!.Finish());
        _file = null;
    }
}

/// <summary>
/// Assigns rows to splits by content, not by chance: rows of one concept solve the same problem, and rows of one seed repository hold the
/// same code. They stay together, so that the validation split holds nothing that was trained on.
/// </summary>
internal static class SplitChooser
{
    /// <summary>Whether a row belongs to the validation split.</summary>
    /// <param name="row">The row.</param>
    /// <param name="share">Share of the validation split, in [0, 1].</param>
    public static bool IsValidation(InstructionRow row, double share)
    {
        if (share <= 0)
        {
            return false;
        }

        var seed = row.Lineage.FirstOrDefault(place => place.Role == LineageRole.Seed)?.Repository;
        var key = row.Concept is { } concept ? "concept " + concept : seed is null ? "row " + row.Id : "repository " + seed;
        var number = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return number < share * uint.MaxValue;
    }
}
