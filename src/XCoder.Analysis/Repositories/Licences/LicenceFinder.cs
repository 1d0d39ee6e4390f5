using System.Collections.Concurrent;
using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Finds the licence of each file of a repository: an <c>SPDX-License-Identifier</c> in its first 4 KiB, else the
/// licence files of the nearest folder that has one, else the nearest package manifest that names one. Folders are
/// read once. Safe for concurrent use.
/// </summary>
internal sealed class LicenceFinder
{
    private const int MaxLicenceBytes = 256 * 1024;
    private const int MaxManifestBytes = 1 << 20;

    private readonly string _root;
    private readonly ConcurrentDictionary<string, Evidence> _folders = new(StringComparer.Ordinal);

    /// <summary>Finds licences in the repository at <paramref name="root"/>, an absolute path.</summary>
    public LicenceFinder(string root) => _root = root.EndsWith('/') ? root : root + "/";

    /// <summary>The licence of a file, or null where nothing says one.</summary>
    /// <param name="path">Path below the root, <c>/</c>-separated.</param>
    /// <param name="text">The file's text; its beginning is enough.</param>
    public Licence? Find(string path, ReadOnlySpan<byte> text)
    {
        if (SpdxTag.Find(text) is { } expression)
        {
            return new Licence(expression, path);
        }

        var evidence = At(path[..(path.LastIndexOf('/') + 1)]);
        return evidence.File ?? evidence.Manifest;
    }

    // Evidence that counts in a folder (empty, or ending in '/'): its own, else that of the folder above.
    private Evidence At(string folder)
    {
        if (_folders.TryGetValue(folder, out var known))
        {
            return known;
        }

        // Without recursion: paths can be thousands of folders deep.
        var above = new Stack<string>();
        var outer = default(Evidence);
        for (string? at = folder; at != null && !_folders.TryGetValue(at, out outer); at = Parent(at))
        {
            above.Push(at);
        }

        while (above.TryPop(out var at))
        {
            var own = Read(at);
            outer = new Evidence(own.File ?? outer.File, own.Manifest ?? outer.Manifest);
            _folders.TryAdd(at, outer);
        }

        return outer;
    }

    private Evidence Read(string folder)
    {
        var entries = NativeFiles.List(Encoding.UTF8.GetBytes(_root + folder + '\0'), out _) ?? [];
        var names = entries.Where(entry => entry is { Kind: EntryKind.File, RawName: null }).Select(entry => entry.Name).Order(StringComparer.Ordinal).ToList();
        return new Evidence(FromFiles(folder, names), FromManifest(folder, names));
    }

    private Licence? FromFiles(string folder, List<string> names)
    {
        var found = new List<(LicenceText Text, string Source)>();
        string? unknown = null;
        foreach (var name in names.Where(LicenceNames.Contains))
        {
            if (SourceFileReader.ReadSmall(_root + folder + name, MaxLicenceBytes) is not { Length: > 0 } bytes)
            {
                continue;
            }

            if (SpdxTag.Find(bytes) is { } expression)
            {
                return new Licence(expression, folder + name);
            }

            if (LicenceText.Recognise(bytes) is { } text)
            {
                found.Add((text, folder + name));
            }
            else
            {
                unknown ??= folder + name;
            }
        }

        return found.Count > 0 ? new Licence(LicenceText.Combine(found.Select(pair => pair.Text)), found[0].Source)
            : unknown != null ? new Licence(SpdxTag.NoAssertion, unknown)
            : null;
    }

    private Licence? FromManifest(string folder, List<string> names)
    {
        foreach (var name in names.Where(ManifestLicence.IsManifest))
        {
            if (SourceFileReader.ReadSmall(_root + folder + name, MaxManifestBytes) is { } bytes
                && ManifestLicence.Read(name, bytes) is { } expression)
            {
                return new Licence(expression, folder + name);
            }
        }

        return null;
    }

    private static string? Parent(string folder) =>
        folder.Length == 0 ? null : folder[..(folder.LastIndexOf('/', folder.Length - 2) + 1)];

    private readonly record struct Evidence(Licence? File, Licence? Manifest);
}
