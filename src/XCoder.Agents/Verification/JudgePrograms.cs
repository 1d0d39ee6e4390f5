using System.Globalization;
using System.Text.RegularExpressions;
using XCoder.Agents.Toolchains;

namespace XCoder.Agents.Verification;

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
            ["entries"] = string.Join(form.Separator, functions.Select(function => Fill(form.Entries[function.Place], form.EntryEach, function))),
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
        var stubs = string.Join('\n', group.Select(function => Fill((function.IsVoid ? form.VoidStubs : form.Stubs).GetValueOrDefault(function.Place) ?? form.Stubs[function.Place], form.Each, function)));
        var owner = form.StaticOwner is not null && group.All(function => function.Place == AnswerFunction.Static) ? form.StaticOwner : form.Owner;
        return group.Key.Length == 0 ? stubs : owner!.Replace("{owner}", group.Key, StringComparison.Ordinal).Replace("{stubs}", stubs, StringComparison.Ordinal);
    }));

    private static string Fill(string template, string each, AnswerFunction function) => Fields().Replace(template, match => match.Groups["field"].Value switch
    {
        "name" => function.Name,
        "owner" => function.Owner,
        "key" => function.Key,
        "signature" => function.Signature,
        "return" => function.Return,
        "count" => function.Parameters.Count.ToString(CultureInfo.InvariantCulture),
        "each" => string.Concat(function.Parameters.Select(parameter => Each().Replace(each, part => part.Value == "{p}" ? parameter.Name : parameter.Type))),
        _ => string.Join(", ", function.Parameters.Select(parameter => parameter.Name)),
    });

    [GeneratedRegex(@"\{(?<place>entries|stubs|secret)\}")]
    private static partial Regex Places();

    [GeneratedRegex(@"\{[pt]\}")]
    private static partial Regex Each();

    [GeneratedRegex(@"\{(?<field>name|owner|key|signature|return|parameters|each|count)\}")]
    private static partial Regex Fields();
}
