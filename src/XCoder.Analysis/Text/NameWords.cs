namespace XCoder.Analysis.Text;

/// <summary>Names as words, so that <c>readFieldBegin</c>, <c>read_field_begin</c> and <c>ReadFieldBegin</c> are one.</summary>
internal static class NameWords
{
    /// <summary>The words of a name in lower case: split at case, digits and whatever is no letter.</summary>
    public static IReadOnlyList<string> Split(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            var isPart = i < name.Length && char.IsLetterOrDigit(name[i]);
            if (start >= 0 && (!isPart || IsBoundary(name, i)))
            {
                words.Add(name[start..i].ToLowerInvariant());
                start = -1;
            }

            start = isPart && start < 0 ? i : start;
        }

        return words;
    }

    /// <summary>Twice the shared words over all of both, in [0, 1]; 0 where one has none.</summary>
    public static double Dice(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var left = a.ToHashSet();
        var shared = b.Distinct().Count(left.Contains);
        return left.Count == 0 || b.Count == 0 ? 0 : 2.0 * shared / (left.Count + b.Distinct().Count());
    }

    // Before a capital that follows a small letter, and before the last capital of several: HTTPServer is http, server.
    private static bool IsBoundary(string name, int i) =>
        (char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))
            && !char.IsDigit(name[i - 1]))
        || (char.IsDigit(name[i]) != char.IsDigit(name[i - 1]) && char.IsLetter(name[i - 1]) && char.IsLower(name[i - 1]) && i - 1 > 0
            && char.IsLetter(name[i - 2]));
}
