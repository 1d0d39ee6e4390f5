using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>The ignore files that apply in a folder.</summary>
/// <param name="Git">Chain of <c>.gitignore</c> files, <c>.git/info/exclude</c> last.</param>
/// <param name="Own">Chain of <c>.xcoderignore</c> files, which take precedence over git's at every level.</param>
internal readonly record struct IgnoreRules(IgnoreScope? Git, IgnoreScope? Own)
{
    /// <summary>Git's ignore files.</summary>
    public const string GitFile = ".gitignore";

    /// <summary>This tool's ignore files, in the same syntax.</summary>
    public const string OwnFile = ".xcoderignore";

    private const int MaxFileBytes = 1 << 20;

    /// <summary>Returns these rules with those of a folder added.</summary>
    /// <param name="folder">Absolute path of the folder, ending in <c>/</c>.</param>
    /// <param name="folderLength">Length in bytes of the folder's path below the root, including the last <c>/</c>.</param>
    /// <param name="hasGit">Whether the folder has a <c>.gitignore</c>.</param>
    /// <param name="hasOwn">Whether the folder has an <c>.xcoderignore</c>.</param>
    public IgnoreRules Within(string folder, int folderLength, bool hasGit, bool hasOwn) => new(
        hasGit ? Chain(folder + GitFile, folderLength, Git) : Git,
        hasOwn ? Chain(folder + OwnFile, folderLength, Own) : Own);

    /// <summary>The rules with which a work tree starts, before those of its folders: <c>info/exclude</c> in git's folder.</summary>
    public static IgnoreRules OfWorkTree(string root) =>
        new(GitFolder.Find(root)?.ReadCommon("info/exclude", MaxFileBytes) is { } text && IgnoreList.Parse(text) is { } list
            ? new IgnoreScope(list, 0, null) : null, null);

    /// <summary>The verdict on a path; this tool's own files decide first.</summary>
    public IgnoreVerdict Judge(BytePath path, bool isFolder)
    {
        var own = JudgeOwn(path, isFolder);
        return own != IgnoreVerdict.None ? own : IgnoreScope.Judge(Git, path, isFolder);
    }

    /// <summary>The verdict of this tool's own ignore files on a path.</summary>
    public IgnoreVerdict JudgeOwn(BytePath path, bool isFolder) => IgnoreScope.Judge(Own, path, isFolder);

    /// <summary>Whether this tool's own ignore files explicitly include the path (<c>!vendor/</c>).</summary>
    public bool IsAskedFor(BytePath path) => IgnoreScope.Judge(Own, path, isFolder: true) == IgnoreVerdict.Kept;

    private static IgnoreScope? Chain(string file, int folderLength, IgnoreScope? outer) =>
        SourceFileReader.ReadSmall(file, MaxFileBytes) is { } text && IgnoreList.Parse(text) is { } list
            ? new IgnoreScope(list, folderLength, outer)
            : outer;
}

/// <summary>The ignore files of one name, from a folder up to the root, nearest first.</summary>
/// <param name="List">The patterns of this folder.</param>
/// <param name="FolderLength">Length in bytes of the folder's path below the root, including the last <c>/</c>.</param>
/// <param name="Outer">The scope of the nearest ignore file above, or null.</param>
internal sealed record IgnoreScope(IgnoreList List, int FolderLength, IgnoreScope? Outer)
{
    /// <summary>
    /// The verdict of the nearest ignore file in which a pattern matches; <see cref="IgnoreVerdict.None"/> if none does, or
    /// if the scope is null.
    /// </summary>
    public static IgnoreVerdict Judge(IgnoreScope? scope, BytePath path, bool isFolder)
    {
        if (scope == null)
        {
            return IgnoreVerdict.None;
        }

        var relative = path.Relative;
        var name = relative[path.FolderLength..];
        for (; scope != null; scope = scope.Outer)
        {
            var verdict = scope.List.Judge(relative[scope.FolderLength..], name, isFolder);
            if (verdict != IgnoreVerdict.None)
            {
                return verdict;
            }
        }

        return IgnoreVerdict.None;
    }
}

/// <summary>The patterns of one ignore file.</summary>
internal sealed class IgnoreList
{
    private readonly IgnorePattern[] _patterns;

    private IgnoreList(IgnorePattern[] patterns) => _patterns = patterns;

    /// <summary>Parses an ignore file; null if it contains no pattern.</summary>
    public static IgnoreList? Parse(ReadOnlySpan<byte> text)
    {
        var patterns = new List<IgnorePattern>();
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (IgnorePattern.Parse(line.EndsWith("\r"u8) ? line[..^1] : line) is { } pattern)
            {
                patterns.Add(pattern);
            }
        }

        return patterns.Count == 0 ? null : new IgnoreList([.. patterns]);
    }

    /// <summary>The verdict of the last pattern that matches.</summary>
    public IgnoreVerdict Judge(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, bool isFolder)
    {
        var patterns = _patterns;
        for (var i = patterns.Length - 1; i >= 0; i--)
        {
            if (patterns[i].IsMatch(path, name, isFolder))
            {
                return patterns[i].Negates ? IgnoreVerdict.Kept : IgnoreVerdict.Ignored;
            }
        }

        return IgnoreVerdict.None;
    }
}

/// <summary>What the ignore files say about a path.</summary>
internal enum IgnoreVerdict : byte
{
    /// <summary>No pattern matches.</summary>
    None,

    /// <summary>The path is left out.</summary>
    Ignored,

    /// <summary>A negated pattern includes the path again.</summary>
    Kept,
}

/// <summary>
/// One line of an ignore file. Most lines are a plain name or <c>*.ending</c>, which need no wildcard matching.
/// </summary>
internal readonly struct IgnorePattern
{
    // No path is longer, so a longer pattern without a star cannot match. The limit also keeps recursion shallow.
    private const int MaxLength = 4096;

    private readonly byte[] _text;
    private readonly int _literalLength;
    private readonly Shape _shape;
    private readonly bool _onlyFolders;

    private IgnorePattern(byte[] text, int literalLength, Shape shape, bool onlyFolders, bool negates)
    {
        (_text, _literalLength, _shape, _onlyFolders, Negates) = (text, literalLength, shape, onlyFolders, negates);
    }

    private enum Shape : byte
    {
        Name,
        Ending,
        NameGlob,
        Path,
        PathGlob,
    }

    /// <summary>Whether a match includes the path again (a line that begins with <c>!</c>).</summary>
    public bool Negates { get; }

    /// <summary>Parses a line without its line end; null for comments, blank lines and lines that match nothing.</summary>
    public static IgnorePattern? Parse(ReadOnlySpan<byte> line)
    {
        line = TrimSpaces(line);
        if (line.IsEmpty || line[0] == '#' || line.Length > MaxLength)
        {
            return null;
        }

        var negates = line[0] == '!';
        line = negates ? line[1..] : line;
        var isEnding = !line.IsEmpty && line[0] == '*' && !line[1..].ContainsAny("*?[\\"u8);
        var onlyFolders = !line.IsEmpty && line[^1] == '/';
        line = onlyFolders ? line[..^1] : line;
        var isPath = line.Contains((byte)'/');
        if (isPath && line[0] == '/')
        {
            line = line[1..];
        }

        if (line.IsEmpty)
        {
            return null;
        }

        var wildcard = line.IndexOfAny("*?[\\"u8);
        var literal = wildcard < 0 ? line.Length : wildcard;
        var shape = isPath
            ? wildcard < 0 ? Shape.Path : Shape.PathGlob
            : wildcard < 0 ? Shape.Name : isEnding ? Shape.Ending : Shape.NameGlob;
        return new IgnorePattern((shape == Shape.Ending ? line[1..] : line).ToArray(), literal, shape, onlyFolders, negates);
    }

    /// <summary>
    /// Whether the pattern matches a path below the ignore file's folder. <paramref name="name"/> is the path's last
    /// part.
    /// </summary>
    public bool IsMatch(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, bool isFolder)
    {
        if (_onlyFolders && !isFolder)
        {
            return false;
        }

        return _shape switch
        {
            Shape.Name => name.SequenceEqual(_text),
            Shape.Ending => name.EndsWith(_text),
            Shape.NameGlob => Wildmatch.IsMatch(_text, name, slashIsSpecial: false),
            Shape.Path => path.SequenceEqual(_text),
            // As in git, the literal beginning is removed before matching, so `a**/b` is matched as `**/b`.
            _ => path.StartsWith(_text.AsSpan(0, _literalLength))
                && Wildmatch.IsMatch(_text.AsSpan(_literalLength), path[_literalLength..], slashIsSpecial: true),
        };
    }

    private static ReadOnlySpan<byte> TrimSpaces(ReadOnlySpan<byte> line)
    {
        var end = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
                end = Math.Min(i + 1, line.Length);
            }
            else if (line[i] != ' ')
            {
                end = i + 1;
            }
        }

        return line[..end];
    }
}
