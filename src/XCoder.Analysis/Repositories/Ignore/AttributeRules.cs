using System.Text;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>What git's attributes say about a file; null where they say nothing.</summary>
/// <param name="Language">Name of its language (<c>linguist-language</c>), in which <c>-</c> may stand for a space.</param>
/// <param name="IsGenerated">Whether it is generated (<c>linguist-generated</c>).</param>
/// <param name="IsVendored">Whether it is third-party code (<c>linguist-vendored</c>).</param>
/// <param name="Encoding">Name of the encoding of the file in the work tree (<c>working-tree-encoding</c>).</param>
internal readonly record struct GitAttributes(string? Language, bool? IsGenerated, bool? IsVendored, string? Encoding);

/// <summary>
/// The <c>.gitattributes</c> files that apply in a folder, as a chain from the nearest to the root's, headed by git's
/// <c>info/attributes</c>. Of the lines that set an attribute, the last of the nearest file counts. Macros are not expanded.
/// </summary>
/// <param name="Lines">The lines of one file, in order.</param>
/// <param name="FolderLength">Length in bytes of the file's folder below the root, including the last <c>/</c>.</param>
/// <param name="Outer">The rules of the nearest file above, or null.</param>
internal sealed record AttributeRules(IReadOnlyList<AttributeLine> Lines, int FolderLength, AttributeRules? Outer)
{
    /// <summary>Name of the files.</summary>
    public const string FileName = ".gitattributes";

    private const string Language = "linguist-language", Generated = "linguist-generated", Vendored = "linguist-vendored",
        Encoding = "working-tree-encoding";

    private const int MaxFileBytes = 1 << 20;

    /// <summary>The rules of <c>info/attributes</c> in git's folder, which go before all others; null if there are none.</summary>
    public static AttributeRules? OfWorkTree(string root) =>
        Parse(GitFolder.Find(root)?.ReadCommon("info/attributes", MaxFileBytes), 0, null);

    /// <summary>The rules with those of a folder's file added.</summary>
    /// <param name="outer">The rules so far, or null.</param>
    /// <param name="folder">Absolute path of the folder, ending in <c>/</c>.</param>
    /// <param name="folderLength">Length in bytes of the folder's path below the root, including the last <c>/</c>.</param>
    public static AttributeRules? Within(AttributeRules? outer, string folder, int folderLength) =>
        Parse(SourceFileReader.ReadSmall(folder + FileName, MaxFileBytes), folderLength, outer);

    /// <summary>What the rules say about a file.</summary>
    /// <param name="first">Rules that go before all others, or null.</param>
    /// <param name="rules">The rules of the file's folder, or null.</param>
    /// <param name="path">Path below the root.</param>
    public static GitAttributes Of(AttributeRules? first, AttributeRules? rules, ReadOnlySpan<byte> path)
    {
        if (first is null && rules is null)
        {
            return default;
        }

        string? Find(string attribute, ReadOnlySpan<byte> file) => first?.Last(attribute, file) ?? rules?.Last(attribute, file);

        return new GitAttributes(Text(Find(Language, path)), Flag(Find(Generated, path)), Flag(Find(Vendored, path)),
            Text(Find(Encoding, path)));
    }

    // "" stands for unspecified, which ends the search.
    private string? Last(string attribute, ReadOnlySpan<byte> path)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            var relative = path[scope.FolderLength..];
            for (var i = scope.Lines.Count - 1; i >= 0; i--)
            {
                if (scope.Lines[i].Values.TryGetValue(attribute, out var value) && scope.Lines[i].Pattern.IsMatch(relative, name, false))
                {
                    return value;
                }
            }
        }

        return null;
    }

    private static string? Text(string? value) => value is null or "" or "true" or "false" ? null : value;

    private static bool? Flag(string? value) => value is null or "" ? null : !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static AttributeRules? Parse(byte[]? bytes, int folderLength, AttributeRules? outer)
    {
        var lines = new List<AttributeLine>();
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes ?? []).TrimStart('\uFEFF').Split('\n'))
        {
            if (AttributeLine.Parse(line.Trim(' ', '\t', '\r')) is { } parsed)
            {
                lines.Add(parsed);
            }
        }

        return lines.Count == 0 ? outer : new AttributeRules(lines, folderLength, outer);
    }
}

/// <summary>One line of an attributes file.</summary>
/// <param name="Pattern">The files it is about.</param>
/// <param name="Values">Attribute → <c>true</c>, <c>false</c>, its value, or empty where the line makes it unspecified.</param>
internal sealed record AttributeLine(IgnorePattern Pattern, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Parses a line; null for comments, macros, and lines that match no file or set nothing.</summary>
    public static AttributeLine? Parse(string line)
    {
        if (line.Length == 0 || line[0] is '#' or '!' || line.StartsWith("[attr]", StringComparison.Ordinal))
        {
            return null;
        }

        var (pattern, attributes) = Split(line);
        if (pattern.EndsWith('/') || IgnorePattern.Parse(Encoding.UTF8.GetBytes(pattern)) is not { } parsed)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in attributes.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=');
            var (name, value) = word[0] == '-' ? (word[1..], "false") : word[0] == '!' ? (word[1..], "")
                : equals < 0 ? (word, "true") : (word[..equals], word[(equals + 1)..]);
            values[name] = value;
        }

        return values.Count == 0 ? null : new AttributeLine(parsed, values);
    }

    // A pattern with blanks stands in quotes, in which a backslash escapes.
    private static (string Pattern, string Attributes) Split(string line)
    {
        if (line[0] != '"')
        {
            var end = line.AsSpan().IndexOfAny(' ', '\t');
            return end < 0 ? (line, "") : (line[..end], line[end..]);
        }

        var pattern = new StringBuilder();
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                return (pattern.ToString(), line[(i + 1)..]);
            }

            pattern.Append(line[i] == '\\' && i + 1 < line.Length ? line[++i] : line[i]);
        }

        return ("", "");
    }
}
