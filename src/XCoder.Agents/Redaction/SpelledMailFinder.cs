namespace XCoder.Agents.Redaction;

/// <summary>Finds e-mail addresses with a word for the @: <c>jane (at) firma.de</c>, <c>jane [at] firma [dot] de</c>.</summary>
internal sealed class SpelledMailFinder(SensitiveRules rules, MailFinder mails) : IFinder
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 100;

    private static readonly string[] Dots = ["(dot)", "[dot]", "{dot}", "<dot>", "(punkt)", "(point)", "(.)", "[.]"];

    /// <summary>What stands for the @.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["(at)", "[at]", "{at}", "<at>", "(ät)", "(arobase)", "[@]", "(@)"];

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var local = at;
        while (local > 0 && text[local - 1] == ' ' && at - local < 2)
        {
            local--;
        }

        var start = local;
        while (start > 0 && local - start < LongestLocal
            && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '-' or '+'))
        {
            start--;
        }

        if (local - start < 2 || !char.IsLetterOrDigit(text[start])
            || rules.ServiceMailboxes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan(start, local - start)))
        {
            return;
        }

        var from = text.AsSpan(at).IndexOfAny(")]}>") + at + 1;
        Span<char> domain = stackalloc char[LongestDomain];
        var (length, end) = (0, from);
        for (var next = from; next < text.Length && length < LongestDomain && next - from < LongestDomain;)
        {
            if (Dot(text, next) is var dot and > 0)
            {
                domain[length++] = '.';
                next += dot;
            }
            else if (char.IsLetterOrDigit(text[next]) || text[next] is '.' or '-')
            {
                domain[length++] = text[next++];
                end = next;
            }
            else if (text[next] == ' '
                && (next == from || (next + 1 < text.Length && Dot(text, next + 1) > 0) || (length > 0 && domain[length - 1] == '.')))
            {
                next++;
            }
            else
            {
                break;
            }
        }

        var name = domain[..length].TrimEnd('.');
        if (mails.IsDomain(name))
        {
            found.Add(new Finding(start, text[end - 1] == '.' ? end - 1 : end, SensitiveKind.Email, Finding.Address));
        }
    }

    private static int Dot(string text, int at)
    {
        foreach (var dot in Dots)
        {
            if (text.AsSpan(at).StartsWith(dot, StringComparison.OrdinalIgnoreCase))
            {
                return dot.Length;
            }
        }

        return 0;
    }
}
