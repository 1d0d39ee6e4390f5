using System.Text;

namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>What the attributes of a work tree say about paths, whether or not a file is there. Files are read once.</summary>
/// <param name="root">Absolute path of the work tree.</param>
internal sealed class PathAttributes(string root)
{
    private readonly string _root = root.EndsWith('/') ? root : root + "/";
    private readonly AttributeRules? _first = AttributeRules.OfWorkTree(root);
    private readonly Dictionary<string, (AttributeRules? Rules, bool IsPlain)> _folders = new(StringComparer.Ordinal);

    /// <summary>The attributes of a path below the root, <c>/</c>-separated.</summary>
    public GitAttributes Of(string path) =>
        AttributeRules.Of(_first, Rules(path[..(path.LastIndexOf('/') + 1)]), Encoding.UTF8.GetBytes(path));

    // Without recursion: paths can be thousands of folders deep. Nothing below a link, or below what is no folder, is looked at.
    private AttributeRules? Rules(string folder)
    {
        AttributeRules? rules = null;
        for (var end = 0; end <= folder.Length; end = end == folder.Length ? end + 1 : folder.IndexOf('/', end) + 1)
        {
            var at = folder[..end];
            if (!_folders.TryGetValue(at, out var known))
            {
                var isPlain = at.Length == 0 || IsPlain(at);
                known = (isPlain ? AttributeRules.Within(rules, _root + at, Encoding.UTF8.GetByteCount(at)) : rules, isPlain);
                _folders[at] = known;
            }

            rules = known.Rules;
            if (!known.IsPlain)
            {
                break;
            }
        }

        return rules;
    }

    // A link to a folder is not part of the work tree. The root is, however it was reached.
    private bool IsPlain(string folder) =>
        NativeFiles.Look(Encoding.UTF8.GetBytes((_root + folder).TrimEnd('/') + '\0')).Kind == EntryKind.Folder;
}
