using System.Collections.Concurrent;
using System.Text;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Containers;

/// <summary>
/// Takes the code out of files that are no code themselves (<see cref="Container"/>), so that everything behind it sees a file of one
/// language. Immutable and thread-safe.
/// </summary>
/// <param name="catalog">The languages and containers.</param>
/// <param name="detect">The language of a file with a name and a text; null if the manifest has none.</param>
internal sealed class ContainerReader(LanguageCatalog catalog, Func<string, byte[], Language?> detect)
{
    private readonly ConcurrentDictionary<(Container, string), MagicReader> _magics = new();

    /// <summary>The container that a file is by its name, or null.</summary>
    public Container? Find(string path)
    {
        var dot = path.LastIndexOf('.');
        var ending = dot < 0 ? "" : path[dot..].ToLowerInvariant();
        return catalog.Containers.FirstOrDefault(container => container.Extensions.Contains(ending));
    }

    /// <summary>The code of a container.</summary>
    /// <param name="container">What the file is, see <see cref="Find"/>.</param>
    /// <param name="file">The file as it is.</param>
    public ContainerReading Read(Container container, SourceFile file) => container.Parts switch
    {
        ContainerParts.Elements => ReadElements(container, file),
        _ => ReadCells(container, file),
    };

    private ContainerReading ReadElements(Container container, SourceFile file)
    {
        var found = new ElementFinder(container).Find(file.Text);
        var parts = found.Elements.Where(part => part.Language is not null && !IsBlank(file.Text.AsSpan(part.Start..part.End))).ToList();
        if (parts.Count == 0)
        {
            return found.Elements.Find(static part => part.Language is null) is { Name: { } name }
                ? ContainerReading.Without(SkipReason.UnknownLanguage, $"the language of its code is '{name}'")
                : ContainerReading.Without(SkipReason.UnknownLanguage, "it holds no code");
        }

        // Everything else is blanked, so that offsets and lines are those of the file.
        byte[] text = [.. file.Text];
        Blocks.Hide(text);

        using var notices = new MemoryStream();
        var opening = parts[0].Start;
        foreach (var (start, end) in found.Comments.Where(comment => comment.End <= opening))
        {
            notices.Write(file.Text.AsSpan(start..end));
            notices.WriteByte((byte)'\n');
        }

        foreach (var part in parts)
        {
            file.Text.AsSpan(part.Start..part.End).CopyTo(text.AsSpan(part.Start));
            notices.Write(file.Text.AsSpan(part.Start..part.End));
            notices.WriteByte((byte)'\n');
        }

        // The parts are one program. If they name several languages, the one that can read them all is found as for other files.
        var languages = parts.GroupBy(static part => part.Language!).OrderByDescending(static group => group.Sum(part => part.Length))
            .Select(group => catalog.Find(group.Key)!).ToList();
        var contained = new ContainedCode { Bytes = parts.Sum(static part => part.Length), Notices = notices.ToArray() };
        return new ContainerReading(file with { Text = text, Contained = contained }, languages, null, null);
    }

    private ContainerReading ReadCells(Container container, SourceFile file)
    {
        // What is not UTF-8 would end the reading of JSON.
        var text = file.InvalidBytes == 0 ? file.Text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file.Text));
        var notebook = NotebookReader.Read(text);
        var problem = notebook.Problem is null ? "" : $" ({notebook.Problem})";
        if (notebook.Cells.Count == 0)
        {
            return ContainerReading.Without(SkipReason.UnknownLanguage, "it holds no cell of code" + problem);
        }

        if (Own(container, notebook) is not { } own)
        {
            return ContainerReading.Without(SkipReason.UnknownLanguage, $"its language is '{notebook.Languages[0]}'" + problem);
        }

        var magics = _magics.GetOrAdd((container, own.Id), key =>
            new MagicReader(key.Item1.Magics.FirstOrDefault(magics => magics.Languages.Contains(key.Item2)),
                (name, code) => detect(name, code)?.Id));
        var cells = notebook.Cells.Select(cell => (Cell: cell, Reading: Read(cell)))
            .Where(static cell => cell.Reading.Language is not null && !IsBlank(cell.Cell.Text)).ToList();
        var ids = cells.ConvertAll(cell => cell.Reading.Language is "" or null ? own.Id : cell.Reading.Language);
        var language = ids.Count == 0 || ids.Contains(own.Id) ? own : catalog.Find(ids[0])!;
        var joined = new CellJoiner();
        foreach (var ((cell, reading), _) in cells.Zip(ids).Where(cell => cell.Second == language.Id))
        {
            joined.Add(cell, reading);
        }

        CellReading Read(NotebookCell cell) => cell.Language is null || Named(container, cell.Language) == own ? magics.Read(cell.Text)
            : new CellReading(Named(container, cell.Language)?.Id, [], false);

        return joined.Bytes == 0
            ? ContainerReading.Without(SkipReason.UnknownLanguage, "it holds no code in a language of the manifest" + problem)
            : new ContainerReading(joined.ToFile(file, notebook, language), [language], null, null);
    }

    // The language of a notebook; null if it names one that the manifest does not have.
    private Language? Own(Container container, Notebook notebook)
    {
        foreach (var name in notebook.Languages.Append(notebook.Kernel).OfType<string>())
        {
            if (Named(container, name) is { } language)
            {
                return language;
            }
        }

        return notebook.Languages.Count == 0 ? catalog.Find(container.Language) : null;
    }

    // The language with a name, which may end in a version.
    private Language? Named(Container container, string name)
    {
        return Find(name) ?? Find(name.TrimEnd("0123456789.-_ ".ToCharArray()));

        Language? Find(string name) => container.Languages.TryGetValue(name, out var id) ? catalog.Find(id) : catalog.Named(name);
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n\f"u8).IsEmpty;
}

/// <summary>The code of a container, or the reason why there is none.</summary>
/// <param name="File">The code as a file; null if there is none.</param>
/// <param name="Languages">The languages that it may be in, the likeliest first.</param>
/// <param name="Reason">Why there is no code.</param>
/// <param name="Detail">The same for people.</param>
internal sealed record ContainerReading(SourceFile? File, IReadOnlyList<Language> Languages, SkipReason? Reason, string? Detail)
{
    public static ContainerReading Without(SkipReason reason, string detail) => new(null, [], reason, detail);
}
