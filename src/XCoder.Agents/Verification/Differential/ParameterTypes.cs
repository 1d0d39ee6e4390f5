using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Reads parameters as a language writes them.</summary>
internal static partial class ParameterTypes
{
    private const string AsItem = "as item";
    private const int MostDepth = 4;

    /// <summary>The parameters of a function; null where one of them cannot be given a value, which is named.</summary>
    /// <param name="form">How its language writes them.</param>
    /// <param name="signature">The function's declaration.</param>
    /// <param name="written">Its parameters as written, without the receiver.</param>
    /// <param name="wrong">What cannot be given a value, or null.</param>
    public static IReadOnlyList<CallParameter>? Read(CallForm form, string signature, IEnumerable<string> written, out string? wrong)
    {
        var (result, generics) = (new List<CallParameter>(), Generics(form, signature));
        foreach (var text in written)
        {
            if (ProgramText.Match(text.Trim(), form.Parameter) is not { } match)
            {
                wrong = text;
                return null;
            }

            var spelled = match.Groups["type"] is { Success: true } type ? Plain(type.Value + match.Groups["dims"].Value, generics, form) : null;
            var rule = spelled is null ? null : Rule(form, spelled);
            var read = spelled is null ? CallType.Any : TypeOf(form, spelled, 0);
            if (read is null)
            {
                wrong = text;
                return null;
            }

            foreach (var name in match.Groups["name"].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                var isLength = result.Count > 0 && result[^1].Type.Kind is CallKind.List or CallKind.Text && read.Kind is CallKind.Integer or CallKind.Number or CallKind.Any
                    && (result[^1].Rule?.Length == true || (LengthName().IsMatch(name) && (result[^1].Type.Kind == CallKind.List || name.Length > 1)));
                result.Add(new CallParameter(name, spelled, read, match.Groups["default"].Success, isLength, rule));
            }
        }

        for (var i = 0; i < result.Count; i++)
        {
            if (result[i].Rule?.Length == true && (i + 1 == result.Count || !result[i + 1].IsLength))
            {
                wrong = result[i].Name + ", whose length is not passed";
                return null;
            }
        }

        wrong = null;
        return result;
    }

    /// <summary>The rule for a type as spelled, or null.</summary>
    public static TypeRule? Rule(CallForm form, string spelled) => form.Types.FirstOrDefault(rule => rule.Pattern is not null && ProgramText.IsMatch(spelled, rule.Pattern));

    /// <summary>The rule for a value whose type is not spelled, or null.</summary>
    public static TypeRule? Rule(CallForm form, CallKind kind) => form.Types.FirstOrDefault(rule => rule.Pattern is null && Kind(rule.Is) == kind);

    /// <summary>The type of a list's items as spelled, or null.</summary>
    public static string? Item(TypeRule rule, string? spelled) => rule.Pattern is not null && spelled is not null && ProgramText.Match(spelled, rule.Pattern)?.Groups["item"] is { Success: true } item ? item.Value.Trim() : null;

    private static CallType? TypeOf(CallForm form, string spelled, int depth)
    {
        if (depth > MostDepth || Rule(form, spelled) is not { } rule)
        {
            return null;
        }

        var item = Item(rule, spelled);
        return rule.Is == AsItem ? TypeOf(form, item!, depth + 1)
            : Kind(rule.Is) is CallKind.List ? (item is null ? CallType.Any : TypeOf(form, item, depth + 1)) is { } items ? new CallType(CallKind.List, items) : null
            : new CallType(Kind(rule.Is), null, rule.Least, rule.Most);
    }

    private static CallKind Kind(string name) => Enum.TryParse<CallKind>(name, ignoreCase: true, out var kind) ? kind : CallKind.Any;

    private static string[] Generics(CallForm form, string signature) => form.Generic is { } generic && ProgramText.Match(signature, generic.Names) is { } match
        ? [.. match.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries).Select(name => Word().Matches(name).FirstOrDefault(word => word.Value is not ("typename" or "class" or "const"))?.Value ?? "").Where(name => name.Length > 0)] : [];

    private static string Plain(string spelled, string[] generics, CallForm form)
    {
        var text = Spaces().Replace(spelled.Trim(), " ").Replace("< ", "<", StringComparison.Ordinal).Replace(" >", ">", StringComparison.Ordinal).Replace(" ,", ",", StringComparison.Ordinal);
        return generics.Length == 0 ? text : Word().Replace(text, word => generics.Contains(word.Value) ? form.Generic!.As : word.Value);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex("^(?:n|len|length|size|count|sz|[A-Za-z_]+(?:[Ss]ize|[Ll]en|[Ll]ength|_n))$", RegexOptions.NonBacktracking)]
    private static partial Regex LengthName();
}
