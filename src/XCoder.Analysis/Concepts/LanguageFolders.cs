using System.Runtime.InteropServices;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Finds languages that wrap code of another language: those whose folder in the repository holds much code of another one, as a native
/// extension does. What such a language seems to lack is in the code that it wraps.
/// </summary>
internal sealed class LanguageFolders
{
    // The folder of a language is the highest one that holds this share of its functions, and of no other language half.
    private const int MostDepth = 4;
    private const double MostOfIt = 0.8;
    private const double Half = 0.5;

    // Number of functions of other languages in it, as a share of its own, from which it is a wrapper.
    private const double Much = 0.25;

    private readonly Dictionary<(string Repository, string Language), Dictionary<string, int>> _counts = [];
    private readonly Dictionary<(string Repository, string Folder), int> _all = [];

    /// <summary>Counts a function.</summary>
    /// <param name="repository">Its repository.</param>
    /// <param name="path">The path of its file.</param>
    /// <param name="language">Its language.</param>
    public void Add(string repository, string path, string language)
    {
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (repository, language), out _);
        counts ??= [];
        foreach (var folder in Above(path))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, folder, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(_all, (repository, folder), out _)++;
        }
    }

    /// <summary>Whether a language wraps another one in a repository.</summary>
    public bool IsWrapper(string repository, string language)
    {
        if (!_counts.TryGetValue((repository, language), out var counts))
        {
            return false;
        }

        var others = _counts.Where(other => other.Key.Repository == repository && other.Key.Language != language)
            .Select(static other => other.Value).ToList();
        var folder = counts.Where(count => count.Key.Length > 0 && count.Value >= MostOfIt * counts[""]
                && others.TrueForAll(other => other.GetValueOrDefault(count.Key) < Half * other[""]))
            .OrderBy(static count => count.Key.Length).Select(static count => count.Key).FirstOrDefault();
        return folder is not null && _all[(repository, folder)] - counts[folder] >= Much * counts[folder];
    }

    private static IEnumerable<string> Above(string path)
    {
        yield return "";
        for (var (at, depth) = (path.IndexOf('/'), 0); at >= 0 && depth < MostDepth; at = path.IndexOf('/', at + 1), depth++)
        {
            yield return path[..at];
        }
    }
}
