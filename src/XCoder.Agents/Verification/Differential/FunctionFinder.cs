using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Finds the functions in some code that can be called from outside. Safe for concurrent use.</summary>
internal sealed class FunctionFinder(LanguageCatalog catalog) : IDisposable
{
    private const string Free = "free", Member = "member", Loose = "loose", Static = "static", LooseStatic = "loose static";

    private readonly CodeReaderPool _readers = new(catalog, TrialReader.IsSafe);

    /// <summary>
    /// Finds the functions in source order. Returns an empty list, with the reason, if the code has none or cannot be parsed.
    /// </summary>
    /// <param name="language">Language id.</param>
    /// <param name="form">Describes how the language calls functions.</param>
    /// <param name="code">The code to search.</param>
    /// <param name="reason">Why there are no functions, or null.</param>
    public IReadOnlyList<CallFunction> Find(string language, CallForm form, string code, out string? reason)
    {
        reason = $"There is no parser for '{language}'.";
        if (catalog.Find(language) is not { } known)
        {
            return [];
        }

        var reader = _readers.Take();
        try
        {
            foreach (var text in Texts(form, code))
            {
                reason = "No function was found in it.";
                if (reader.Extract(known, text.Code) is not { } file || (file.HasErrors && text.HasNext))
                {
                    continue;
                }

                var found = Functions(form, file, text.Code, text.IsHosted, ref reason);
                if (found.Count > 0)
                {
                    reason = null;
                    return found;
                }
            }

            return [];
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    // A method without its type is parsed inside a host type if the language demands one.
    private static IEnumerable<(string Code, bool IsHosted, bool HasNext)> Texts(CallForm form, string code)
    {
        var opening = form.Opening.Length > 0 && !code.TrimStart().StartsWith(form.Opening, StringComparison.Ordinal) ? form.Opening + "\n"
            : "";
        var replaced = form.Replace.Aggregate(code, (text, pair) => ProgramText.Replace(text, pair[0], pair[1]));
        var hosted = form.Host is { } host ? $"{opening}{host.Open}\n{replaced}\n{host.Close}" : null;
        if (form.Host?.When is { } when && ProgramText.IsMatch(code, when))
        {
            yield return (hosted!, true, true);
        }

        yield return (opening + code, false, hosted is not null && form.Host!.When is null);
        if (hosted is not null && form.Host!.When is null)
        {
            yield return (hosted, true, false);
        }
    }

    private static List<CallFunction> Functions(CallForm form, ExtractedFile file, string code, bool isHosted, ref string? reason)
    {
        var result = new List<CallFunction>();
        foreach (var snippet in file.Snippets.Where(snippet => snippet.Kind is SnippetKind.Function or SnippetKind.Method
            && snippet.Form != "callback" && !snippet.IsTest && !snippet.HasErrors))
        {
            var parent = snippet.Parent < 0 ? null : file.Snippets[snippet.Parent];
            if (parent is not null && (!parent.Kind.IsStructure() || parent.Parent >= 0)
                && !(form.Host is null && parent.Kind.IsStructure()))
            {
                continue;
            }

            if (isHosted && parent?.Name != HostRule.Name)
            {
                continue;
            }

            var written = snippet.Parameters.ToList();
            var hasReceiver = form.Receiver is not null && written.Count > 0
                && ProgramText.IsMatch(written[0].Split(':')[0].Trim(), form.Receiver);
            if (hasReceiver)
            {
                written.RemoveAt(0);
            }

            var text = snippet.Signature;
            var isStatic = form.Static is not null
                && (ProgramText.IsMatch(text, form.Static)
                    || snippet.Decorators.Any(decorator => ProgramText.IsMatch(decorator, form.Static)));
            var place = parent is null ? (hasReceiver ? Loose : isStatic && form.Targets.ContainsKey(LooseStatic) ? LooseStatic : Free)
                : isStatic || (form.Receiver is not null && !hasReceiver) ? Static : Member;
            if (!form.Targets.ContainsKey(place))
            {
                reason = $"'{snippet.Name}' cannot be called from outside.";
                continue;
            }

            if (ParameterTypes.Read(form, snippet.Signature, written, out var wrong) is not { } parameters)
            {
                reason = $"No values are known for the parameter '{wrong}' of '{snippet.Name}'.";
                continue;
            }

            result.Add(new CallFunction(snippet.Name, snippet.QualifiedName, parent?.Name ?? "", place, text, parameters, code));
        }

        return result;
    }
}

/// <summary>Reads the parameters and types of a function as its language writes them.</summary>
internal static partial class ParameterTypes
{
    /// <summary>A rule whose type takes the kind of its item, such as a reference or an optional.</summary>
    public const string AsItem = "as item";

    private const int MostDepth = 4;

    /// <summary>Reads the parameters of a function. Returns null if no value can be made for one of them.</summary>
    /// <param name="form">Describes how the language writes parameters.</param>
    /// <param name="signature">The function's declaration.</param>
    /// <param name="written">The parameters as written, without the receiver.</param>
    /// <param name="wrong">The parameter for which no value can be made, or null.</param>
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

            var spelled = match.Groups["type"] is { Success: true } type ? Plain(type.Value + match.Groups["dims"].Value, generics, form)
                : null;
            var rule = spelled is null ? null : Rule(form, spelled);
            var said = match.Groups["default"] is { Success: true } value ? value.Value.TrimStart('=', ':', ' ').Trim() : null;
            var standard = said is null ? null : new LiteralReader(form, said).Whole();
            var isShared = said is not null && (standard is null ? !Scalar().IsMatch(said) : standard is List<object>);
            var read = spelled is null ? TypeOf(standard) : TypeOf(form, spelled, 0);
            if (read is null)
            {
                wrong = text;
                return null;
            }

            foreach (var name in match.Groups["name"].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                var isLength = result.Count > 0 && result[^1].Type.Kind is CallKind.List or CallKind.Text
                    && read.Kind is CallKind.Integer or CallKind.Number or CallKind.Any
                    && (result[^1].Rule?.Length == true
                        || (LengthName().IsMatch(name) && (result[^1].Type.Kind == CallKind.List || name.Length > 1)));
                result.Add(new CallParameter(name, spelled, read, match.Groups["default"].Success, isLength, rule, standard, isShared));
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

    /// <summary>The rule for a type as written, or null.</summary>
    public static TypeRule? Rule(CallForm form, string spelled) =>
        form.Types.FirstOrDefault(rule => rule.Pattern is not null && ProgramText.IsMatch(spelled, rule.Pattern));

    /// <summary>The rule for a value whose type the code does not name, or null.</summary>
    public static TypeRule? Rule(CallForm form, CallKind kind) =>
        form.Types.FirstOrDefault(rule => rule.Pattern is null && Kind(rule.Is) == kind);

    /// <summary>The item type of a list as written, or null.</summary>
    public static string? Item(TypeRule rule, string? spelled) =>
        rule.Pattern is not null && spelled is not null
            && ProgramText.Match(spelled, rule.Pattern)?.Groups["item"] is { Success: true } item ? item.Value.Trim() : null;

    private static CallType? TypeOf(CallForm form, string spelled, int depth)
    {
        if (depth > MostDepth || Rule(form, spelled) is not { } rule)
        {
            return null;
        }

        var item = Item(rule, spelled);
        return rule.Is == AsItem ? TypeOf(form, item!, depth + 1)
            : Kind(rule.Is) is CallKind.List ? (item is null ? CallType.Any : TypeOf(form, item, depth + 1)) is { } items
                ? new CallType(CallKind.List, items) : null
            : new CallType(Kind(rule.Is), null, rule.Least, rule.Most);
    }

    // What a default tells about a parameter without a type: a whole number may stand for any number.
    private static CallType TypeOf(object? standard) => standard switch
    {
        long => new CallType(CallKind.Number),
        double => new CallType(CallKind.Float),
        bool => new CallType(CallKind.Boolean),
        string => new CallType(CallKind.Text),
        List<object> => new CallType(CallKind.List, CallType.Any),
        _ => CallType.Any,
    };

    private static CallKind Kind(string name) => Enum.TryParse<CallKind>(name, ignoreCase: true, out var kind) ? kind : CallKind.Any;

    private static string[] Generics(CallForm form, string signature) =>
        form.Generic is { } generic && ProgramText.Match(signature, generic.Names) is { } match
        ? [.. match.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries)
            .Select(name => Lifetime().Match(name) is { Success: true, Index: 0 } lifetime ? lifetime.Value.Trim()
                : Word().Matches(name).FirstOrDefault(word => word.Value is not ("typename" or "class" or "const"))?.Value ?? "")
            .Where(name => name.Length > 0)] : [];

    private static string Plain(string spelled, string[] generics, CallForm form)
    {
        var text = Spaces().Replace(spelled.Trim(), " ").Replace("< ", "<", StringComparison.Ordinal)
            .Replace(" >", ">", StringComparison.Ordinal).Replace(" ,", ",", StringComparison.Ordinal);
        if (generics.Length == 0)
        {
            return text;
        }

        // A type outside of the function cannot name its lifetimes.
        text = Lifetime().Replace(text, lifetime => generics.Contains(lifetime.Value.Trim()) ? "" : lifetime.Value);
        return Word().Replace(text, word => generics.Contains(word.Value) ? form.Generic!.As : word.Value);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"'[A-Za-z_]\w*\s*")]
    private static partial Regex Lifetime();

    // Null and numbers that are no literals, such as float("inf"), INT_MAX or 10**9 + 7.
    [GeneratedRegex(@"^(?:None|null|nil|undefined|nullptr|NULL|(?:std::)?nullopt|-?float\([""'][-+]?\w+[""']\)"
        + @"|-?(?:math\.|np\.)?(?:inf|nan|pi)|-?Infinity|NaN|[-\d\s*+/_.eE^()]+"
        + @"|-?[\w:.]*(?:MAX|MIN|INFINITY|M(?:AX|IN)_(?:VALUE|SAFE_INTEGER)|M(?:ax|in)Value|maxsize))$", RegexOptions.NonBacktracking)]
    private static partial Regex Scalar();

    [GeneratedRegex("^(?:n|len|length|size|count|sz|[A-Za-z_]+(?:[Ss]ize|[Ll]en|[Ll]ength|_n))$", RegexOptions.NonBacktracking)]
    private static partial Regex LengthName();
}
