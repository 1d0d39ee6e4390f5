using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Judging;

/// <summary>
/// Runs tests in a process of their own, while the answer runs in another sandbox behind calls. Only values pass between them, so the
/// answer cannot tamper with the code that compares its values. Safe for concurrent use.
/// </summary>
/// <param name="catalog">The languages' parsers.</param>
/// <param name="toolchains">The toolchains and the forms of their judges.</param>
/// <param name="sandbox">Runs both processes.</param>
/// <param name="compiler">Compiles C#.</param>
internal sealed class Judge(LanguageCatalog catalog, ToolchainCatalog toolchains, SandboxRunner sandbox, ProgramCompiler compiler)
    : IDisposable
{
    private const int SecretBytes = 12;
    // Standard input is empty, as answers and tests expect. Values come through descriptor 9, or through a named pipe in languages that
    // cannot read a descriptor by number.
    private const string Apart = "exec 9<&0 </dev/null\n",
        Piped = $"{Apart}mkfifo /work/xcoder-values\nexport XCODER_VALUES=/work/xcoder-values\n";
    private const string FeedPipe = "cat <&9 >/work/xcoder-values &\nfeeder=$!\n", EndPipe = "kill $feeder\nwait $feeder 2>/dev/null\n";
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(10);

    private readonly CodeReaderPool _readers = new(catalog);

    /// <summary>Runs tests on an answer.</summary>
    /// <param name="installed">The toolchain of the answer's language.</param>
    /// <param name="code">The answer.</param>
    /// <param name="prepared">The tests in the form that the toolchain runs.</param>
    /// <param name="limits">Limits of the answer's process; the tests' process gets twice the processor time.</param>
    /// <param name="cancellation">Ends both processes.</param>
    public JudgeResult Run(InstalledToolchain installed, string code, PreparedTests prepared, SandboxLimits limits,
        CancellationToken cancellation)
    {
        var tests = prepared.Body;
        var toolchain = installed.Toolchain;
        if (toolchains.Judge(toolchain.Language) is not var (form, driver) || catalog.Find(toolchain.Language) is not { } language)
        {
            return JudgeResult.Unfit("nothing says how functions of this language are called from another process");
        }

        var functions = Functions(language, form, code, tests);
        if (functions.Problem is { } problem)
        {
            return JudgeResult.Unfit(problem) with { IsDeclaredAnew = functions.IsDeclaredAnew };
        }

        var programs = new JudgePrograms(toolchain, form, driver);
        var (judgeSecret, answerSecret) = (Secret(), Secret());
        var build = toolchain.CallsBuild.Count > 0 ? toolchain.CallsBuild : toolchain.Build;
        if (!TryFiles(toolchain, programs.Answer(code, functions.Functions, answerSecret), out var answer, out var message, cancellation)
            || !TryFiles(toolchain, programs.Judge(Shared(form, code) + prepared.Text, functions.Functions, judgeSecret),
                out var judge, out message, cancellation))
        {
            return JudgeResult.Unfit("it cannot be built apart from its tests: " + message);
        }

        prepared.AddFiles(judge);
        var run = ShellScript.Quote(installed.Words(toolchain.Run));
        var steps = build.Count > 0 ? ShellScript.Quote(installed.Words(build)) : "true";
        var (values, feed, end) = form.HasNamedPipe ? (Piped, FeedPipe, EndPipe) : (Apart, "", "");
        answer[ShellScript.File] = Encoding.UTF8.GetBytes(
            $"{steps} </dev/null >&2 || exit {ShellScript.BuildFailed}\nprintf "
                + $"'\\n{answerSecret} ^\\n'\n{values}{feed}exec {run}{(form.HasNamedPipe ? " 9<&-" : "")}\n");
        judge[ShellScript.File] = Encoding.UTF8.GetBytes($"""
            {steps} </dev/null >&2 || exit {ShellScript.BuildFailed}
            {values}{feed}{run}
            code=$?
            {end}
            printf '\n{judgeSecret} ~ %s\n' $code
            while read -r go <&9; do
            {feed}{run} 2>/dev/null
            code=$?
            {end}
            printf '\n{judgeSecret} ~ %s\n' $code
            done
            """ + "\n");
        using var relay = new JudgeRelay(judgeSecret, answerSecret, functions.Functions.Select(function => function.Key).ToHashSet());
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var serving =
            Task.Factory.StartNew(
                () => Serve(Job(installed, answer, limits, relay.TalkToAnswer, () => !relay.IsAsking), relay, ending.Token),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        SandboxResult judged;
        SandboxResult? served;
        try
        {
            // The answer's limits are lower and end it first, so its slowness is not blamed on the tests.
            judged = sandbox.Run(
                Job(installed, judge, limits with { Wall = limits.Wall + limits.Cpu + Spare, Cpu = 2 * limits.Cpu }, relay.TalkToJudge,
                    () => relay.IsAsking), cancellation);
        }
        finally
        {
            ending.Cancel();
            served = serving.Result;
        }

        return Result(relay, judged, served, form, tests, Shown(installed, build));
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private AnswerFunctions Functions(Language language, JudgeForm form, string code, string tests)
    {
        var reader = _readers.Take();
        try
        {
            return AnswerFunctions.Find(reader, language, form, code, tests);
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    private static JudgeResult Result(JudgeRelay relay, SandboxResult judged, SandboxResult? served, JudgeForm form, string tests,
        string command)
    {
        var unbuilt = new[] { judged,
            served }.FirstOrDefault(run => run is { Outcome: SandboxOutcome.Exited, ExitCode: ShellScript.BuildFailed });
        return judged.Outcome == SandboxOutcome.NotStarted || served?.Outcome == SandboxOutcome.NotStarted
            ? JudgeResult.Unfit("the sandbox failed: " + (judged.Detail ?? served?.Detail))
            : form.Redefined is { } redefined && ProgramText.IsMatch(unbuilt?.Errors ?? relay.Problem ?? "", redefined)
                ? new JudgeResult(JudgeOutcome.Void, "the answer redefines what the tests may mean of the library", relay.Calls, command,
                    judged)
            : unbuilt is not null ? JudgeResult.Unfit("it cannot be built apart from its tests: " + First(unbuilt.Errors))
            : relay.Problem is { } problem ? JudgeResult.Unfit(problem)
            : new[] { served, judged }.FirstOrDefault(run => run?.Outcome == SandboxOutcome.Waited) is { } late
                ? new JudgeResult(JudgeOutcome.Late, "", relay.Calls, command, late)
            : served is { Outcome: not SandboxOutcome.Exited }
                ? new JudgeResult(JudgeOutcome.Ended, "the answer was ended", relay.Calls, command, served)
            : relay.ExitCode is null ? new JudgeResult(JudgeOutcome.Failed, "the tests did not end", relay.Calls, command, judged)
            : relay.IsDone && relay.ExitCode == 0 ? relay.Calls == 0 ? JudgeResult.Unfit("the tests call nothing of the answer")
                : !relay.Given.Any()
                    ? new JudgeResult(JudgeOutcome.Void, "the answer gives nothing but errors", relay.Calls, command, judged)
                : Doubt(relay, form, tests) is { } doubt
                    ? new JudgeResult(JudgeOutcome.Void, "the answer " + doubt, relay.Calls, command, judged)
                : relay.IsControlPassed == true
                    ? new JudgeResult(JudgeOutcome.Void, "the tests pass a control answer that is wrong on purpose", relay.Calls, command,
                        judged)
                : new JudgeResult(JudgeOutcome.Passed, "", relay.Calls, command, judged)
            : form.Unbound is { } unbound && ProgramText.IsMatch(judged.Errors, unbound)
                ? JudgeResult.Unfit("the tests use what did not cross: " + First(judged.Errors))
            : new JudgeResult(JudgeOutcome.Failed, relay.HasAnswerEnded ? "the answer ended before its tests" : "they fail", relay.Calls,
                command, judged) { IsByError = relay.IsLastAnError };
    }

    private static string Shared(JudgeForm form, string code) =>
        form.Shared is { } shared && ProgramText.Match(code, shared) is { } line ? line.Value.Trim() + "\n" : "";

    private static string? Doubt(JudgeRelay relay, JudgeForm form, string tests)
    {
        foreach (var rule in form.Doubtful.Where(rule => rule.When is null || ProgramText.IsMatch(tests, rule.When)))
        {
            var isAsked = rule.Unless is { } asked && ProgramText.IsMatch(tests, asked);
            if (isAsked && rule.IsEnough)
            {
                continue;
            }

            var isDoubtful =
                relay.Given.Select(call => ProgramText.IsMatch(call.Reply, rule.Gives)
                    && !(rule.Given is { } given && ProgramText.IsMatch(call.Asked, given))).ToList();
            if (isDoubtful.Contains(true) && !(isAsked && isDoubtful.Contains(false)))
            {
                return rule.Why;
            }
        }

        return null;
    }

    private SandboxResult? Serve(SandboxJob job, JudgeRelay relay, CancellationToken cancellation)
    {
        try
        {
            return sandbox.Run(job, cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            relay.AnswerIsOver();
        }
    }

    private bool TryFiles(Toolchain toolchain, IReadOnlyDictionary<string, string> texts, out Dictionary<string, byte[]> files,
        out string message, CancellationToken cancellation)
    {
        (files, message) = (texts.ToDictionary(text => text.Key, text => Encoding.UTF8.GetBytes(text.Value)), "");
        if (toolchain.Compiler is null)
        {
            return true;
        }

        var compiled = compiler.Compile(texts[toolchain.File], toolchain.File, toolchain.Main, cancellation);
        (files, message) =
            (compiled.Assembly is { } assembly ? ProgramCompiler.Files(toolchain.File, assembly) : files,
                compiled.Failure ?? First(compiled.Messages));
        return compiled.Assembly is not null;
    }

    private static SandboxJob Job(InstalledToolchain installed, Dictionary<string, byte[]> files, SandboxLimits limits,
        Func<Stream, Stream, bool> talk, Func<bool> mayWait) =>
        new() { Command = ShellScript.Command, Files = files, Environment = installed.Toolchain.Environment, Readable = installed.Readable,
            Limits = limits, Talk = talk, MayWait = mayWait };

    private static string Shown(InstalledToolchain installed, IReadOnlyList<string> build) =>
        string.Join(' ', installed.Words(build.Count > 0 ? [.. build, "&&", .. installed.Toolchain.Run] : installed.Toolchain.Run));

    private static string First(string text) =>
        text.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim() ?? text.Trim()
            .Split('\n')[^1];

    private static string Secret() =>
        "xj" + Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretBytes)).ToLower(CultureInfo.InvariantCulture);
}

/// <summary>The result of running tests apart from an answer.</summary>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Detail">Why the answer did not pass, else empty.</param>
/// <param name="Calls">Number of calls from the tests to the answer.</param>
/// <param name="Command">The command that ran the tests, or null.</param>
/// <param name="Tests">The sandbox run that decided the outcome, or null.</param>
internal sealed record JudgeResult(JudgeOutcome Outcome, string Detail, int Calls = 0, string? Command = null, SandboxResult? Tests = null)
{
    /// <summary>Whether the tests declare a function of the answer themselves.</summary>
    public bool IsDeclaredAnew { get; init; }

    /// <summary>Whether the call before the tests failed gave an error, so that perhaps no check of theirs failed.</summary>
    public bool IsByError { get; init; }

    /// <summary>The result for tests that cannot run apart from the answer.</summary>
    public static JudgeResult Unfit(string reason) => new(JudgeOutcome.Unfit, reason);
}

/// <summary>Outcome of running tests apart from an answer.</summary>
internal enum JudgeOutcome
{
    /// <summary>The tests pass, and they fail when the answer's values are changed.</summary>
    Passed,

    /// <summary>The tests fail.</summary>
    Failed,

    /// <summary>The answer reached a limit and was ended while the tests called it.</summary>
    Ended,

    /// <summary>The answer or the tests waited for something that did not happen, or the machine was too busy.</summary>
    Late,

    /// <summary>The tests pass whatever the answer returns, so they prove nothing.</summary>
    Void,

    /// <summary>The tests cannot run apart from the answer.</summary>
    Unfit,
}

/// <summary>
/// Writes the two programs of a judgement: the answer with a loop that serves calls, and the tests with stubs that stand for the answer.
/// </summary>
/// <param name="toolchain">Defines the form of the files.</param>
/// <param name="form">Describes how tests of the language are run apart from the answer.</param>
/// <param name="driver">The driver's text with its sections.</param>
internal sealed partial class JudgePrograms(Toolchain toolchain, JudgeForm form, string driver)
{
    private readonly IReadOnlyDictionary<string, string> _sections = DriverText.Of(driver).Sections;

    /// <summary>Returns the answer's program: the text of each file, by file name.</summary>
    public IReadOnlyDictionary<string, string> Answer(string code, IReadOnlyList<AnswerFunction> functions, string secret) =>
        Join("answer", "{code}", code, new Dictionary<string, string>
        {
            ["entries"] = string.Join(form.Separator,
                functions.Select(
                    function => Fill((function.IsVoid ? form.VoidEntries : form.Entries).GetValueOrDefault(function.Place)
                        ?? form.Entries[function.Place], rule => rule.EntryEach, function))),
            ["secret"] = secret,
        });

    /// <summary>Returns the tests' program: the text of each file, by file name. It holds nothing of the answer's bodies.</summary>
    public IReadOnlyDictionary<string, string> Judge(string tests, IReadOnlyList<AnswerFunction> functions, string secret) =>
        Join("judge", "{tests}", tests, new Dictionary<string, string>
        {
            ["stubs"] = Stubs(functions),
            ["secret"] = secret,
        });

    // The template is cut before the answer is inserted and its placeholders are filled in one pass, so placeholders in the answer's text
    // have no effect.
    private IReadOnlyDictionary<string, string> Join(string section, string place, string text, IReadOnlyDictionary<string, string> fills)
    {
        var whole = _sections[section].Replace("{common}", _sections["common"], StringComparison.Ordinal);
        var at = whole.IndexOf(place, StringComparison.Ordinal);
        return ProgramText.WithCalls(toolchain, "", text, Filled(whole[..at]), Filled(whole[(at + place.Length)..]));

        string Filled(string part) => Places().Replace(part, match => fills[match.Groups["place"].Value]);
    }

    private string Stubs(IReadOnlyList<AnswerFunction> functions) =>
        string.Join('\n', functions.GroupBy(function => function.Owner).Select(group =>
    {
        var stubs = string.Join('\n',
            group.Select(
                function => Fill((function.IsVoid ? form.VoidStubs : form.Stubs).GetValueOrDefault(function.Place)
                    ?? form.Stubs[function.Place], rule => rule.Each, function)));
        var owner = form.StaticOwner is not null && group.All(function => function.Place == AnswerFunction.Static) ? form.StaticOwner
            : form.Owner;
        return group.Key.Length == 0 ? stubs : owner!.Replace("{owner}", group.Key, StringComparison.Ordinal)
            .Replace("{stubs}", stubs, StringComparison.Ordinal);
    }));

    private string Fill(string template, Func<JudgedParameterForm, string> each, AnswerFunction function) =>
        Fields().Replace(template, match => match.Groups["field"].Value switch
    {
        "name" => function.Name,
        "owner" => function.Owner,
        "key" => function.Key,
        "signature" => function.Signature,
        "return" => function.Return,
        "count" => function.Parameters.Count.ToString(CultureInfo.InvariantCulture),
        "each" => string.Concat(
            function.Parameters.Select(
                (parameter, at) => form.Parameters.FirstOrDefault(rule => rule.Type is null
                    || ProgramText.IsMatch(parameter.Type, rule.Type)) is { } rule
            ? Each().Replace(each(rule),
                part => part.Value switch { "{p}" => parameter.Name, "{t}" => parameter.Type, "{item}" => parameter.Item,
                    "{next}" => Length(function.Parameters, at, at + 1), _ => Length(function.Parameters, at) }) : "")),
        _ => string.Join(", ", function.Parameters.Select(parameter => parameter.Name)),
    });

    // Finds an array's length: in the parameter after it, in the one after several arrays of the same items, or in the type itself.
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
        form.Length is { } length && at < parameters.Count
            && ProgramText.IsMatch($"{parameters[at].Type.Trim()} {parameters[at].Name}", length);

    // Two length parameters are ambiguous: they may be rows and columns, or a length and a part of it.
    private string Length(IReadOnlyList<JudgedParameter> parameters, int at, int next) =>
        IsLength(parameters, next) && !IsLength(parameters, next + 1) ? parameters[next].Name : IsLength(parameters, next) ? "-1"
            : Digits().Match(parameters[at].Type) is { Success: true } digits ? digits.Value : "-1";

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
