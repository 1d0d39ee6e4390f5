using System.Globalization;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Server.Mcp;

/// <summary>Finds the snippets and repositories that arguments name, in the store alone: no file is looked for.</summary>
internal static class SnippetPlaces
{
    private const int MostCandidates = 8;

    /// <summary>The snippet with an id, or at FILE:LINE.</summary>
    /// <exception cref="ToolException">There is none, or several.</exception>
    public static (long Row, Snippet Snippet) Find(SnippetStore store, string of) =>
        TryFind(store, of) ?? throw new ToolException("There is no such snippet. Give an id that find_code or find_similar returned, or "
            + "FILE:LINE with a path in an indexed repository. After changes: xcoder index PATH.");

    /// <summary>The same; null if the argument is neither an id of a snippet nor FILE:LINE.</summary>
    /// <exception cref="ToolException">The place has no snippet, or several files fit.</exception>
    public static (long Row, Snippet Snippet)? TryFind(SnippetStore store, string of)
    {
        var row = store.FindSnippet(of);
        if (row is null && Split(of) is { } place)
        {
            row = At(store, place.Path, place.Line);
        }

        return row is { } known && store.Snippets([known]).TryGetValue(known, out var snippet) ? (known, snippet) : null;
    }

    /// <summary>Throws if a repository does not exist.</summary>
    public static void RequireRepository(SnippetStore store, string? repository)
    {
        var names = store.Repositories().Select(static row => row.Repository.Name).ToList();
        if (repository is not null && !names.Contains(repository))
        {
            throw new ToolException("The index has no such repository. It has:", names);
        }
    }

    // FILE:LINE and FILE:FIRST-LAST, as answers give it.
    private static (string Path, int Line)? Split(string of)
    {
        var colon = of.LastIndexOf(':');
        var number = of.AsSpan(colon + 1);
        number = number.IndexOf('-') is var dash and > 0 ? number[..dash] : number;
        return colon > 0 && !of.Contains('\0') && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? (of[..colon].Replace('\\', '/'), line) : null;
    }

    private static long At(SnippetStore store, string path, int line)
    {
        var full = Path.GetFullPath(path);
        var found = store.FindSnippetsAt(path, full, line).DistinctBy(static item => item.FullPath).ToList();
        if (found.Count == 1)
        {
            return found[0].Snippet;
        }

        if (found.Count > 1)
        {
            throw new ToolException($"{NumberText.Count(found.Count)} files fit. Give one of them as REPOSITORY/PATH:LINE:",
                found.Take(MostCandidates).Select(static item => $"{item.Repository}/{item.Path}"));
        }

        throw store.FindNearestAt(path, full, line) switch
        {
            [] => new ToolException("The index has no such file. Give a path in an indexed repository; index a new one with: "
                + "xcoder index PATH."),
            [{ Nearest: { } near } file, ..] => new ToolException("No function or structure stands at that line. The nearest:",
                [$"{file.Repository}/{file.Path}:{near.StartLine}-{near.EndLine}", near.Name]),
            _ => new ToolException("The file holds no function or structure."),
        };
    }
}
