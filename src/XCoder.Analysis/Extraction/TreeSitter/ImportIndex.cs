using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Tells which imports of a file a snippet needs: those that bring in a name the snippet uses, and those that bring
/// in names unseen (wildcards, includes).
/// </summary>
internal sealed class ImportIndex
{
    // Bounds for files that import one name, or unseen names, over and over.
    private const int MaxImportsOfName = 16, MaxAlways = 256;

    private readonly Dictionary<string, List<int>> _byName = [];
    private readonly List<int> _always = [];
    private readonly List<(int Token, int Import)> _uses = [];

    /// <summary>Finds the uses of all imports among the file's tokens.</summary>
    /// <param name="text">The file's UTF-8.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="imports">Byte ranges of the import statements, ascending, and whether they are known to be wildcards.</param>
    public ImportIndex(ReadOnlySpan<byte> text, TokenStream tokens, IReadOnlyList<(int Start, int End, bool IsWildcard)> imports)
    {
        for (var import = 0; import < imports.Count; import++)
        {
            AddNames(text, tokens, imports[import], import);
        }

        if (_byName.Count == 0)
        {
            return;
        }

        var lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[128];
        var next = 0;
        for (var token = 0; token < tokens.Count; token++)
        {
            var start = tokens.Starts[token];
            while (next < imports.Count && start >= imports[next].End)
            {
                next++;
            }

            if (tokens.Classes[token] != TokenClass.Identifier || tokens.Lengths[token] > 100 || (next < imports.Count && start >= imports[next].Start))
            {
                continue;
            }

            var length = Encoding.UTF8.GetChars(tokens.Text(text, token), buffer);
            if (lookup.TryGetValue(buffer[..length], out var users))
            {
                foreach (var import in users)
                {
                    _uses.Add((token, import));
                }
            }
        }
    }

    /// <summary>Imports that tokens <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> need, ascending.</summary>
    public IReadOnlyList<int> Needed(int first, int count)
    {
        var at = _uses.BinarySearch((first, -1));
        at = at < 0 ? ~at : at;
        if (at == _uses.Count || _uses[at].Token >= first + count)
        {
            return _always;
        }

        var needed = new SortedSet<int>(_always);
        for (; at < _uses.Count && _uses[at].Token < first + count; at++)
        {
            needed.Add(_uses[at].Import);
        }

        return [.. needed];
    }

    private void AddNames(ReadOnlySpan<byte> text, TokenStream tokens, (int Start, int End, bool IsWildcard) range, int import)
    {
        var names = new HashSet<string>();
        var isWildcard = range.IsWildcard || text[range.Start..range.End].IndexOf((byte)'*') >= 0;
        for (var i = tokens.IndexAtOrAfter(range.Start); i < tokens.Count && tokens.Starts[i] < range.End; i++)
        {
            var token = Encoding.UTF8.GetString(tokens.Text(text, i));
            if (tokens.Classes[i] == TokenClass.Identifier)
            {
                names.UnionWith(token.Split(['.', ':', '\\', '/'], StringSplitOptions.RemoveEmptyEntries));
            }
            else if (tokens.Classes[i] == TokenClass.String && token.Trim('"', '\'', '`') is { Length: > 0 } path)
            {
                // Go names a package by the last part of its path; Perl lists names in one string.
                names.Add(path[(path.LastIndexOf('/') + 1)..]);
                names.UnionWith(path.Split([' ', '\t', '\r', '\n', '(', ')'], StringSplitOptions.RemoveEmptyEntries));
            }
        }

        if (isWildcard || names.Count == 0)
        {
            if (_always.Count < MaxAlways)
            {
                _always.Add(import);
            }

            return;
        }

        foreach (var name in names)
        {
            if (!_byName.TryGetValue(name, out var users))
            {
                _byName[name] = users = [];
            }

            if (users.Count < MaxImportsOfName)
            {
                users.Add(import);
            }
        }
    }
}
