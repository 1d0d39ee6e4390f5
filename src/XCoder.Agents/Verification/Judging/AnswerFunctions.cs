using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Judging;

/// <summary>The functions of an answer that tests in another process can call.</summary>
/// <param name="Functions">The functions; empty if there is a problem.</param>
/// <param name="Problem">Why the tests cannot run in another process, or null.</param>
internal sealed partial record AnswerFunctions(IReadOnlyList<AnswerFunction> Functions, string? Problem)
{
    /// <summary>Finds the functions that the tests call.</summary>
    /// <param name="reader">The parsers; used by one thread at a time.</param>
    /// <param name="language">The answer's language.</param>
    /// <param name="form">Describes how tests of the language are run apart from the answer.</param>
    /// <param name="code">The answer.</param>
    /// <param name="tests">The tests; every name of the answer that they use must be one of the functions.</param>
    public static AnswerFunctions Find(CodeReader reader, Language language, JudgeForm form, string code, string tests)
    {
        var (text, testText) = (form.Opening + code, form.Opening + tests);
        if (reader.Extract(language, text) is not { } answer || reader.Extract(language, testText) is not { } calls)
        {
            return new([], "the parser gave up");
        }

        var declared = answer.Snippets.Where(snippet => IsOuter(answer, snippet)).ToList();
        var functions = declared.Select(snippet => Of(form, answer, snippet, text)).OfType<AnswerFunction>().ToList();

        // Another process could not tell which of two functions of one name is meant.
        functions.RemoveAll(function => functions.Count(other => other.Key == function.Key) > 1);
        var named = Names(calls, testText);
        if (calls.Snippets.FirstOrDefault(snippet => snippet.Parent < 0
            && declared.Exists(other => other.Parent < 0 && other.QualifiedName == snippet.QualifiedName
                && other.Kind == snippet.Kind)) is { } again)
        {
            return new([], $"the tests declare '{again.Name}' anew") { IsDeclaredAnew = true };
        }

        // Other names of the answer that the tests use, such as a type with state or a result type, exist only in the answer's process.
        var reachable = functions.SelectMany(function => new[] { function.Bare, function.Owner }).ToHashSet();
        var missing = declared.Find(snippet => named.Contains(snippet.Name) && !reachable.Contains(snippet.Name));
        return missing is not null ? new([], $"'{missing.Name}' cannot be called from another process")
            : functions.Where(function => named.Contains(function.Bare)).ToList() is { Count: > 0 } used ? new(used, null)
            : new([], "the tests name no function of the answer");
    }

    /// <summary>Whether the tests declare a function of the answer themselves, and so do not test the answer.</summary>
    public bool IsDeclaredAnew { get; init; }

    private const string Scope = "::";

    private static bool IsOuter(ExtractedFile file, ExtractedSnippet snippet) =>
        snippet.Parent < 0 || (file.Snippets[snippet.Parent].Kind.IsStructure() && file.Snippets[snippet.Parent].Parent < 0);

    private static HashSet<string> Names(ExtractedFile file, string text)
    {
        var (bytes, names) = (Encoding.UTF8.GetBytes(text), new HashSet<string>());
        for (var i = 0; i < file.Tokens.Count; i++)
        {
            if (file.Tokens.Classes[i] is TokenClass.Identifier or TokenClass.Keyword)
            {
                names.Add(Encoding.UTF8.GetString(file.Tokens.Text(bytes, i)).TrimStart('$'));
            }
        }

        return names;
    }

    private static AnswerFunction? Of(JudgeForm form, ExtractedFile file, ExtractedSnippet snippet, string code)
    {
        if (snippet.Kind is not (SnippetKind.Function or SnippetKind.Method) || snippet.HasErrors
            || (form.Unfit is { } unfit && ProgramText.IsMatch(snippet.Signature, unfit)))
        {
            return null;
        }

        // The manifest's patterns look at single lines, so a declaration that they check must be one line.
        if (snippet.Signature.AsSpan().ContainsAny('\n', '\r')
            || snippet.Parameters.Any(parameter => parameter.AsSpan().ContainsAny('\n', '\r')))
        {
            return null;
        }

        // Some languages write the functions of a type outside of it, with the type's name before theirs.
        var scope = snippet.QualifiedName.EndsWith(Scope + snippet.Name, StringComparison.Ordinal)
            ? snippet.QualifiedName[..^(Scope.Length + snippet.Name.Length)] : "";
        var owner = snippet.Parent >= 0 ? file.Snippets[snippet.Parent].Name : scope;
        var parameters = snippet.Parameters.ToList();
        var hasReceiver = form.Receiver is not null && parameters.Count > 0 && ProgramText.IsMatch(parameters[0], form.Receiver);
        if (hasReceiver)
        {
            parameters.RemoveAt(0);
        }

        var isStatic = form.Static is not null
            && (ProgramText.IsMatch(snippet.Signature, form.Static)
                || snippet.Decorators.Any(decorator => ProgramText.IsMatch(decorator, form.Static)));
        var place = owner.Length == 0 ? AnswerFunction.Free : isStatic || (form.Receiver is not null && !hasReceiver)
            ? AnswerFunction.Static : AnswerFunction.Member;
        if (!form.Stubs.ContainsKey(place) || (owner.Length > 0 && (!IsFit(form, owner) || form.Owner is null))
            || (snippet.Parent < 0 && hasReceiver))
        {
            return null;
        }

        // An object with state would have to live in the answer's process.
        if (place == AnswerFunction.Member && (snippet.Parent < 0 || KeepsState(form, file, snippet.Parent, code)))
        {
            return null;
        }

        // A function in a table, as in Lua, is named with its table.
        var name = owner.Length == 0 ? snippet.QualifiedName : snippet.Name;
        var signature = form.Replace.Aggregate(snippet.Signature, (text, pair) => ProgramText.Replace(text, pair[0], pair[1]));
        var shape = form.Signature is null ? null : ProgramText.Match(signature, form.Signature);
        var matches = parameters.ConvertAll(parameter => form.Parameter is null ? null
            : ProgramText.Match(parameter.Trim(), form.Parameter));
        return (form.Signature is not null && shape is null) || (form.Parameter is not null && matches.Contains(null)) || !name.Split('.')
            .All(part => IsFit(form, part)) ? null
            : new AnswerFunction(name, owner, place, signature, shape?.Groups["return"].Value ?? "",
                [.. matches.Where(match => match is not { Success: true } || match.Groups["name"].Length > 0).Select(JudgedParameter.Of)],
                form.Void is { } nothing && ProgramText.IsMatch(signature, nothing));
    }

    private static bool KeepsState(JudgeForm form, ExtractedFile file, int owner, string code)
    {
        var (bytes, structure) = (Encoding.UTF8.GetBytes(code), file.Snippets[owner].Span);
        var members = file.Snippets.Where(snippet => snippet.Parent == owner).ToList();
        var rest = new StringBuilder();
        var at = structure.StartByte;
        foreach (var span in members.Select(member => member.Span).OrderBy(span => span.StartByte).Where(span => span.StartByte >= at))
        {
            rest.Append(Encoding.UTF8.GetString(bytes.AsSpan(at..span.StartByte))).Append('\n');
            at = span.EndByte;
        }

        rest.Append(Encoding.UTF8.GetString(bytes.AsSpan(at..structure.EndByte)));
        return members.Exists(member => member.Kind == SnippetKind.Constructor)
            || (form.Stateful is { } stateful
                && ProgramText.IsMatch(Encoding.UTF8.GetString(bytes.AsSpan(structure.StartByte..structure.EndByte)), stateful))
            || (form.Fields is { } fields && ProgramText.IsMatch(rest.ToString(), fields));
    }

    // Names become code in the tests' process. So they must be plain identifiers that neither the language nor the driver uses.
    private static bool IsFit(JudgeForm form, string name) =>
        Identifier().IsMatch(name) && !name.StartsWith("xcoder", StringComparison.OrdinalIgnoreCase)
            && !(form.Reserved is { } reserved && Regex.IsMatch(name, reserved));

    [GeneratedRegex(@"^[A-Za-z_$][A-Za-z0-9_$]*[?!]?\z")]
    private static partial Regex Identifier();
}

/// <summary>A function of an answer that can be called from another process.</summary>
/// <param name="Name">Name with the names of the tables that hold it before it.</param>
/// <param name="Owner">Name of the type that declares it, or empty.</param>
/// <param name="Place">Where it is declared: a key of <see cref="JudgeForm.Stubs"/>.</param>
/// <param name="Signature">The declaration as written, on one line.</param>
/// <param name="Return">The return type as written if the form captures it, else empty.</param>
/// <param name="Parameters">The parameters in order, without the receiver.</param>
/// <param name="IsVoid">Whether it returns nothing.</param>
internal sealed record AnswerFunction(string Name, string Owner, string Place, string Signature, string Return,
    IReadOnlyList<JudgedParameter> Parameters, bool IsVoid)
{
    public const string Free = "free", Static = "static", Member = "member";

    /// <summary>The name without tables.</summary>
    public string Bare => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The name under which the tests' process requests the function.</summary>
    public string Key => Owner.Length == 0 ? Name : $"{Owner}.{Name}";
}

/// <summary>A parameter, as far as the form captures it.</summary>
/// <param name="Name">Name, or empty.</param>
/// <param name="Type">Type as written, or empty.</param>
/// <param name="Item">Type of the items if the parameter is an array, else empty.</param>
internal sealed record JudgedParameter(string Name, string Type, string Item)
{
    /// <summary>Reads the groups of a match of <see cref="JudgeForm.Parameter"/>; null gives an empty parameter.</summary>
    public static JudgedParameter Of(Match? match) => match is null ? new("", "", "")
        : new(match.Groups["name"].Value, match.Groups["type"].Value + match.Groups["dims"].Value,
            match.Groups["type"].Value.Contains('*') || match.Groups["dims"].Length > 0 ? match.Groups["item"].Value.Trim() : "");
}
