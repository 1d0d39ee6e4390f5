using System.Globalization;
using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Judging;

/// <summary>Writes the two programs of a judgement: the answer behind a loop that serves calls, and the tests with stubs in its place.</summary>
/// <param name="toolchain">Whose form the files have.</param>
/// <param name="form">How its tests are judged.</param>
/// <param name="driver">The sections of the driver.</param>
internal sealed partial class JudgePrograms(Toolchain toolchain, JudgeForm form, string driver)
{
    private const string Mark = "@@";

    private readonly Dictionary<string, string> _sections = driver.ReplaceLineEndings("\n").Split("\n" + Mark, StringSplitOptions.RemoveEmptyEntries)
        .Select(section => section.Split('\n', 2)).ToDictionary(parts => parts[0].Trim('@', ' '), parts => parts.ElementAtOrDefault(1) ?? "");

    /// <summary>The answer's program, by name of its file.</summary>
    public IReadOnlyDictionary<string, string> Answer(string code, IReadOnlyList<AnswerFunction> functions, string secret) =>
        Join("answer", "{code}", code, new Dictionary<string, string>
        {
            ["entries"] = string.Join(form.Separator, functions.Select(function => Fill((function.IsVoid ? form.VoidEntries : form.Entries).GetValueOrDefault(function.Place) ?? form.Entries[function.Place], rule => rule.EntryEach, function))),
            ["secret"] = secret,
        });

    /// <summary>The tests' program, by name of its file. Nothing of the answer's bodies is in it.</summary>
    public IReadOnlyDictionary<string, string> Judge(string tests, IReadOnlyList<AnswerFunction> functions, string secret) =>
        Join("judge", "{tests}", tests, new Dictionary<string, string>
        {
            ["stubs"] = Stubs(functions),
            ["secret"] = secret,
        });

    // The section is cut before anything of the answer is put into it, and filled in one pass: what the answer says is never read as a place.
    private IReadOnlyDictionary<string, string> Join(string section, string place, string text, IReadOnlyDictionary<string, string> fills)
    {
        var whole = _sections[section].Replace("{common}", _sections["common"], StringComparison.Ordinal);
        var at = whole.IndexOf(place, StringComparison.Ordinal);
        return ProgramText.WithCalls(toolchain, "", text, Filled(whole[..at]), Filled(whole[(at + place.Length)..]));

        string Filled(string part) => Places().Replace(part, match => fills[match.Groups["place"].Value]);
    }

    private string Stubs(IReadOnlyList<AnswerFunction> functions) => string.Join('\n', functions.GroupBy(function => function.Owner).Select(group =>
    {
        var stubs = string.Join('\n', group.Select(function => Fill((function.IsVoid ? form.VoidStubs : form.Stubs).GetValueOrDefault(function.Place) ?? form.Stubs[function.Place], rule => rule.Each, function)));
        var owner = form.StaticOwner is not null && group.All(function => function.Place == AnswerFunction.Static) ? form.StaticOwner : form.Owner;
        return group.Key.Length == 0 ? stubs : owner!.Replace("{owner}", group.Key, StringComparison.Ordinal).Replace("{stubs}", stubs, StringComparison.Ordinal);
    }));

    private string Fill(string template, Func<JudgedParameterForm, string> each, AnswerFunction function) => Fields().Replace(template, match => match.Groups["field"].Value switch
    {
        "name" => function.Name,
        "owner" => function.Owner,
        "key" => function.Key,
        "signature" => function.Signature,
        "return" => function.Return,
        "count" => function.Parameters.Count.ToString(CultureInfo.InvariantCulture),
        "each" => string.Concat(function.Parameters.Select((parameter, at) => form.Parameters.FirstOrDefault(rule => rule.Type is null || ProgramText.IsMatch(parameter.Type, rule.Type)) is { } rule
            ? Each().Replace(each(rule), part => part.Value switch { "{p}" => parameter.Name, "{t}" => parameter.Type, "{item}" => parameter.Item, "{next}" => Length(function.Parameters, at, at + 1), _ => Length(function.Parameters, at) }) : "")),
        _ => string.Join(", ", function.Parameters.Select(parameter => parameter.Name)),
    });

    // The parameter behind an array says its length, or the one behind several arrays of the same items, or the type itself.
    private string Length(IReadOnlyList<JudgedParameter> parameters, int at)
    {
        var next = at + 1;
        while (next < parameters.Count && parameters[next].Item.Length > 0 && Bare(parameters[next].Item) == Bare(parameters[at].Item))
        {
            next++;
        }

        return Length(parameters, at, next);

        static string Bare(string item) => Constant().Replace(item, " ").Trim();
    }

    private bool IsLength(IReadOnlyList<JudgedParameter> parameters, int at) =>
        form.Length is { } length && at < parameters.Count && ProgramText.IsMatch($"{parameters[at].Type.Trim()} {parameters[at].Name}", length);

    // Of two lengths nothing says what they count: rows and columns, a length and a part of it.
    private string Length(IReadOnlyList<JudgedParameter> parameters, int at, int next) =>
        IsLength(parameters, next) && !IsLength(parameters, next + 1) ? parameters[next].Name : IsLength(parameters, next) ? "-1" : Digits().Match(parameters[at].Type) is { Success: true } digits ? digits.Value : "-1";

    [GeneratedRegex(@"(?<=\[\s*)\d+(?=\s*\])")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\bconst\b|\s+")]
    private static partial Regex Constant();

    [GeneratedRegex(@"\{(?<place>entries|stubs|secret)\}")]
    private static partial Regex Places();

    [GeneratedRegex(@"\{(?:p|t|item|length|next)\}")]
    private static partial Regex Each();

    [GeneratedRegex(@"\{(?<field>name|owner|key|signature|return|parameters|each|count)\}")]
    private static partial Regex Fields();
}
