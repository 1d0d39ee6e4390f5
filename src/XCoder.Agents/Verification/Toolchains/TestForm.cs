using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>
/// A row of <c>forms.json</c>: how tests in one form, such as those of a framework, become tests in the form that the language's toolchain
/// runs. Texts may hold <c>{calls}</c>, <c>{names}</c>, <c>{module}</c> and the names of sections of <see cref="File"/> in braces.
/// </summary>
public sealed record TestForm
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Name for people to read.</summary>
    public required string Name { get; init; }

    /// <summary>Regular expression that the tests must match for this row to apply; null: any tests.</summary>
    public string? When { get; init; }

    /// <summary>Regular expression that the tests must not match for this row to apply; null: none.</summary>
    public string? Unless { get; init; }

    /// <summary>Replacements in the tests, in order.</summary>
    public IReadOnlyList<TestReplacement> Replace { get; init; } = [];

    /// <summary>
    /// Regular expression of what must be called, a function or a class of tests; null: nothing is called by name. If nothing matches, the
    /// row does not apply.
    /// </summary>
    public string? Each { get; init; }

    /// <summary>
    /// Templates of a call with groups of the expressions in braces, such as <c>{name}</c>; the first whose expression matches counts.
    /// </summary>
    public IReadOnlyList<TestCall> Call { get; init; } = [];

    /// <summary>Regular expression of the names that the answer declares, with the group <c>name</c>; null: none are needed.</summary>
    public string? Names { get; init; }

    /// <summary>Template of one of <see cref="Names"/>, with <c>{name}</c>; all of them together are <c>{names}</c>.</summary>
    public string NameEach { get; init; } = "{name}, ";

    /// <summary>
    /// Regular expression of what the answer gives as a module, with the group <c>name</c>: <c>{module}</c>; null: nothing.
    /// </summary>
    public string? Module { get; init; }

    /// <summary>Text before the tests.</summary>
    public string Open { get; init; } = "";

    /// <summary>Text after the tests.</summary>
    public string Close { get; init; } = "";

    /// <summary>
    /// File in <c>forms</c> with sections; null: none. A section called <c>file PATH</c> is a file of the program.
    /// </summary>
    public string? File { get; init; }

    /// <summary>
    /// Regular expression of an answer that declares what the form's own text means, or reaches for it; null: it cannot.
    /// </summary>
    public string? Reserved { get; init; }
}

/// <summary>A replacement in tests.</summary>
/// <param name="Match">Regular expression of what is replaced.</param>
/// <param name="With">What replaces it: a .NET replacement pattern, in which the texts of <see cref="TestForm"/> count, too.</param>
/// <param name="Unless">
/// Regular expression of an answer for which nothing is replaced; <c>{1}</c> stands for the match's first group. Null: none.
/// </param>
public sealed record TestReplacement(string Match, string With = "", string? Unless = null);

/// <summary>A template of a call.</summary>
/// <param name="Text">The template.</param>
/// <param name="When">Regular expression that the find must match; null: any.</param>
public sealed record TestCall(string Text, string? When = null);

/// <summary>Tests that a toolchain can run.</summary>
/// <param name="Text">The tests.</param>
/// <param name="Body">The tests without what their forms put around them.</param>
/// <param name="Files">Other source files of their program, by path.</param>
/// <param name="Conflict">The name of a form with which the answer could interfere, or null.</param>
internal sealed record PreparedTests(string Text, string Body, IReadOnlyDictionary<string, string> Files, string? Conflict)
{
    private const string FileSection = "file ", Field = @"\{([a-z]+)\}";

    /// <summary>Puts tests into the form that a toolchain runs.</summary>
    /// <param name="forms">The forms of the language, in order; each that applies is applied to what the ones before it made.</param>
    /// <param name="code">The answer.</param>
    /// <param name="tests">The tests as written.</param>
    public static PreparedTests Of(IEnumerable<(TestForm Form, DriverText Driver)> forms, string code, string tests)
    {
        var (text, files, conflict) = (tests.ReplaceLineEndings("\n"), new Dictionary<string, string>(), (string?)null);
        var body = text;
        foreach (var (form, driver) in forms)
        {
            if ((form.When is { } when && !ProgramText.IsMatch(text, when))
                || (form.Unless is { } unless && ProgramText.IsMatch(text, unless))
                || Calls(form, text) is not { } calls)
            {
                continue;
            }

            var fills = new Dictionary<string, string>(driver.Sections)
            {
                ["calls"] = calls,
                ["names"] = form.Names is null ? "" : string.Concat(ProgramText.Matches(code, form.Names)
                    .Select(match => match.Groups["name"].Value).Where(name => name.Length > 0).Distinct()
                    .Select(name => form.NameEach.Replace("{name}", name, StringComparison.Ordinal))),
                ["module"] = form.Module is null ? "" : ProgramText.Match(code, form.Module)?.Groups["name"].Value ?? "",
            };
            foreach (var rule in form.Replace)
            {
                text = Replaced(text, rule);
                body = Replaced(body, rule);
            }

            conflict ??= form.Reserved is { } reserved && ProgramText.IsMatch(code, reserved) ? form.Name : null;

            text = Filled(form.Open, fills) + text + Filled(form.Close, fills);
            foreach (var (name, section) in driver.Sections.Where(section => section.Key.StartsWith(FileSection, StringComparison.Ordinal)))
            {
                files[name[FileSection.Length..]] = section;
            }

            string Replaced(string what, TestReplacement rule) => ProgramText.Replace(what, rule.Match,
                match => IsKept(rule, match, code) ? match.Value : match.Result(Filled(rule.With, fills, isPattern: true)));
        }

        return new PreparedTests(text, body, files, conflict);
    }

    /// <summary>Adds the other files to those of the tests' program.</summary>
    public void AddFiles(IDictionary<string, byte[]> program)
    {
        foreach (var (path, text) in Files)
        {
            program[path] = Encoding.UTF8.GetBytes(text);
        }
    }

    private static bool IsKept(TestReplacement rule, Match match, string code) =>
        rule.Unless is { } unless
            && ProgramText.IsMatch(code, unless.Replace("{1}", Regex.Escape(match.Groups[1].Value), StringComparison.Ordinal));

    // Null if the form needs something to call and there is nothing.
    private static string? Calls(TestForm form, string text)
    {
        if (form.Each is null)
        {
            return "";
        }

        var found = ProgramText.Matches(text, form.Each).ToList();
        return found.Count == 0 ? null
            : string.Concat(found.Select(match => form.Call.Select(call => Call(call, match)).FirstOrDefault(text => text is not null)));
    }

    // Null if the template is for other finds. Its fields are groups of the find, or of what the template demands of it.
    private static string? Call(TestCall call, Match found)
    {
        var demanded = call.When is null ? found : ProgramText.Match(found.Value, call.When);
        return demanded is null ? null : ProgramText.Replace(call.Text, Field, match => new[] { found, demanded }
            .Select(one => one.Groups[match.Groups[1].Value]).FirstOrDefault(group => group.Success)?.Value ?? match.Value);
    }

    // Filled in one pass, so that braces in what is filled in have no effect.
    private static string Filled(string text, Dictionary<string, string> fills, bool isPattern = false) =>
        ProgramText.Replace(text, Field, match => !fills.TryGetValue(match.Groups[1].Value, out var fill) ? match.Value
            : isPattern ? fill.Replace("$", "$$", StringComparison.Ordinal) : fill);
}
