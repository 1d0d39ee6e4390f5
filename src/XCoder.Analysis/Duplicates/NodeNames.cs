namespace XCoder.Analysis.Duplicates;

/// <summary>What a node is called and said to do, to find pairs by that are known to be the same.</summary>
/// <param name="Name">Its name, two words or more, without case and separators; null where the name says little.</param>
/// <param name="Documentation">The first sentence of its documentation, six words or more, likewise; null for none.</param>
internal readonly record struct NodeNames(string? Name, string? Documentation)
{
    private const int LeastLetters = 8;
    private const int LeastWords = 6;

    /// <summary>Names of a snippet.</summary>
    /// <param name="name">Its bare name.</param>
    /// <param name="documentation">Its documentation, or null.</param>
    public static NodeNames Of(string name, string? documentation)
    {
        var letters = Plain(name);
        return new NodeNames(letters.Length >= LeastLetters || (letters.Length >= 5 && Words(name) > 1) ? letters : null, Sentence(documentation));
    }

    private static string? Sentence(string? documentation)
    {
        if (documentation is null)
        {
            return null;
        }

        var end = documentation.AsSpan().IndexOfAny('.', '\n');
        var first = end > 0 ? documentation[..end] : documentation;
        return first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= LeastWords ? Plain(first) : null;
    }

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int Words(string name)
    {
        var words = 0;
        for (var i = 0; i < name.Length; i++)
        {
            words += char.IsLetterOrDigit(name[i]) && (i == 0 || !char.IsLetterOrDigit(name[i - 1]) || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))) ? 1 : 0;
        }

        return words;
    }
}
