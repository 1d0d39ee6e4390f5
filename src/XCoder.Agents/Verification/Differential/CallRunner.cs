using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Builds and runs programs of calls in the sandbox. A call that never ends, or that ends the program, costs only itself: the program is
/// started again after it. Safe for concurrent use.
/// </summary>
internal sealed class CallRunner(ToolchainCatalog toolchains, CallCatalog calls, DifferentialOptions options,
    IReadOnlyList<string> repositories) : IDisposable
{
    private const int SecretBytes = 9, LongestReason = 200;
    // Exit codes: at the limit of processor time, at twice that limit, and after the longest elapsed time, which says nothing about the
    // call.
    private const string OutOfTime = "152", Killed = "137", Waited = "124";
    private const string Unshown = "unprintable", Driver = "driver ";

    private readonly SandboxRunner _sandbox = new(repositories);
    private readonly ToolchainFinder _installed = new(repositories);
    private readonly ProgramCompiler _compiler = new();

    /// <summary>Runs the calls of a function.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="function">The function to call.</param>
    /// <param name="slots">For each parameter the index v of the value that it takes, or -1 - v for the length of value v.</param>
    /// <param name="inputs">Values of each call.</param>
    /// <param name="cancellation">Ends the build and the run.</param>
    public CallRun Run(string language, CallFunction function, IReadOnlyList<int> slots, IReadOnlyList<CallInput> inputs,
        CancellationToken cancellation)
    {
        var (form, driver) = calls.Find(language)!.Value;
        if (toolchains.Find(language, function.Code) is not { } toolchain || _installed.Find(toolchain, out _) is not { } installed)
        {
            return new CallRun([], $"There is no toolchain for {language} here.", Lacks: RowVerification.Toolchain);
        }

        var secret = "xc" + Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretBytes));
        if (new DriverWriter(form, driver).Write(toolchain, function, slots, inputs, secret) is not { } texts)
        {
            return new CallRun([], $"Its values cannot be written in {toolchain.Name}.");
        }

        var files = texts.ToDictionary(text => text.Key, text => Encoding.UTF8.GetBytes(text.Value));
        if (toolchain.Compiler is not null)
        {
            var compiled = _compiler.Compile(texts[toolchain.File], toolchain.File, toolchain.Main, cancellation, isChecked: true);
            if (compiled.Assembly is not { } assembly)
            {
                return new CallRun([], compiled.Failure ?? $"{toolchain.Name} does not build it: {First(compiled.Messages)}",
                    compiled.Lacks);
            }

            files = ProgramCompiler.Files(toolchain.File, assembly);
        }

        files[ShellScript.File] = Encoding.UTF8.GetBytes(Script(installed, form, secret));
        var run = _sandbox.Run(
            new SandboxJob { Command = ShellScript.Command, Files = files, Environment = toolchain.Environment,
                Readable = installed.Readable, Limits = options.Limits }, cancellation);
        var outcomes = Read(run.Output, secret, inputs.Count, form);
        return run is { Outcome: SandboxOutcome.Exited, ExitCode: ShellScript.BuildFailed }
            ? new CallRun([], $"{toolchain.Name} does not build it: {First(run.Output + run.Errors)}")
            : run is { Outcome: SandboxOutcome.Waited, WasStarved: true }
                ? new CallRun([], "the machine was too busy", Lacks: RowVerification.Time)
            : run.Outcome == SandboxOutcome.NotStarted ? new CallRun([], "The sandbox failed: " + run.Detail)
            : outcomes.All(outcome => outcome.State == CallState.NotRun)
                ? new CallRun([], $"The {toolchain.Name} program ends before the first call: {Last(run.Errors)}")
            : new CallRun(outcomes, null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sandbox.Dispose();
        _compiler.Dispose();
    }

    // The driver's lines begin with the secret and tell after which call to go on; other output of the code is ignored.
    private string Script(InstalledToolchain installed, CallForm form, string secret)
    {
        var build = installed.Toolchain.Compiler is not null ? [] : form.Build.Count > 0 ? form.Build
            : installed.Toolchain.CallsBuild.Count > 0 ? installed.Toolchain.CallsBuild : installed.Toolchain.Build;
        var (seconds, hard, wall) =
            (Text(options.CallSeconds), Text(options.CallSeconds * 2),
                Text((int)SandboxLimits.WallOf(TimeSpan.FromSeconds(options.CallSeconds)).TotalSeconds));
        var run = ShellScript.Quote(installed.Words(installed.Toolchain.Run));
        var start = $"ulimit -S -t {seconds}; ulimit -H -t {hard}; XCODER_FROM=$from exec timeout -k 1 {wall} {run}";
        return $$"""
            {{(build.Count > 0 ? ShellScript.Quote(installed.Words(build)) : "true")}} || exit {{ShellScript.BuildFailed}}
            from=0; starts=0; : >/work/xcoder-out
            while [ $starts -lt {{options.Starts}} ]; do
              ({{start}} >>/work/xcoder-out 2>/work/xcoder-err)
              code=$?
              grep -aq '^{{secret}} \$' /work/xcoder-out && break
              next=$(grep -ac '^{{secret}} @' /work/xcoder-out)
              [ "$next" -eq "$from" ] && break
              printf '\n{{secret}} ~ %s\n' $code >>/work/xcoder-out
              from=$next; starts=$((starts + 1))
            done
            grep -a '^{{secret}} ' /work/xcoder-out
            tail -c 2000 /work/xcoder-err >&2
            exit 0
            """;
    }

    private static CallOutcome[] Read(string output, string secret, int count, CallForm form)
    {
        var (outcomes, current) = (Enumerable.Repeat(new CallOutcome(CallState.NotRun), count).ToArray(), -1);
        foreach (var line in output.Split('\n').Where(line => line.StartsWith(secret + " ", StringComparison.Ordinal))
            .Select(line => line[(secret.Length + 1)..]))
        {
            var parts = line.Split(' ', 3);
            if (line[0] == '~')
            {
                if (current >= 0 && outcomes[current].State == CallState.NotRun)
                {
                    outcomes[current] = new CallOutcome(
                        parts switch { [_, OutOfTime or Killed] => CallState.TimedOut, [_, Waited] => CallState.Unshown,
                            _ => CallState.Error }, Message: "the program ended");
                }
            }
            else if (parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < count)
            {
                current = index;
                outcomes[index] = line[0] switch { '=' when parts.Length > 2 => Value(parts[2]),
                    '!' => Error(parts.Length > 2 ? parts[2] : "", form), _ => outcomes[index] };
            }
        }

        return outcomes;
    }

    private static CallOutcome Value(string text)
    {
        var tab = text.LastIndexOf('\t');
        return tab > 0 && ResultParser.TryRead(text.AsSpan(0, tab), out var value)
            && ResultParser.TryRead(text.AsSpan(tab + 1), out var arguments)
            ? new CallOutcome(CallState.Value, value, arguments as ParsedList)
            : new CallOutcome(CallState.Unshown, Message: "what it gives cannot be shown");
    }

    private static CallOutcome Error(string message, CallForm form) => new(
        message.Contains(Unshown, StringComparison.Ordinal) || message.StartsWith(Driver, StringComparison.Ordinal) ? CallState.Unshown
            : form.Overflow is { } pattern && ProgramText.IsMatch(message, pattern) ? CallState.Overflow : CallState.Error,
            Message: message);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string First(string text) =>
        Cut(text.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))
            ?? string.Join(' ', text.Split('\n').Take(2)));

    private static string Last(string text) =>
        Cut(text.Split('\n').FirstOrDefault(line => line.Contains("Error", StringComparison.Ordinal)) ?? text.Trim().Split('\n')[^1]);

    private static string Cut(string text) => text.Length > LongestReason ? text[..LongestReason] : text;
}

/// <summary>The results of a program of calls.</summary>
/// <param name="Outcomes">Result of each call, in order; empty if the program did not run.</param>
/// <param name="Problem">Why there are no results, or null.</param>
/// <param name="Lacks">What this machine lacked, as <see cref="XCoder.Agents.Rows.RowVerification.Lacks"/> names it, or null.</param>
internal sealed record CallRun(IReadOnlyList<CallOutcome> Outcomes, string? Problem, string? Lacks = null);

/// <summary>The result of one call.</summary>
/// <param name="State">How the call ended.</param>
/// <param name="Value">The returned value; null also if the function returns nothing.</param>
/// <param name="Arguments">The arguments after the call, or null.</param>
/// <param name="Message">The error message, or empty.</param>
internal sealed record CallOutcome(CallState State, object? Value = null, ParsedList? Arguments = null, string Message = "");

/// <summary>How a call ended.</summary>
internal enum CallState
{
    /// <summary>The call was not reached.</summary>
    NotRun,

    /// <summary>The call returned a value, or nothing.</summary>
    Value,

    /// <summary>The call failed with an error or ended the program.</summary>
    Error,

    /// <summary>The call did not end in time.</summary>
    TimedOut,

    /// <summary>The call failed because a number overflowed.</summary>
    Overflow,

    /// <summary>The result cannot be written as text, or nothing is known about the call.</summary>
    Unshown,
}

/// <summary>Writes the program that calls a function with given values.</summary>
/// <param name="form">Describes how the language calls functions.</param>
/// <param name="driver">Template of the program around the calls.</param>
internal sealed class DriverWriter(CallForm form, string driver)
{
    private const string CodePlace = "{code}", CallsPlace = "{calls}", SecretPlace = "{secret}";
    private readonly LiteralWriter _literals = new(form);

    /// <summary>Writes the program's files. Returns them by name, or null if the language cannot write one of the values.</summary>
    /// <param name="toolchain">Builds and runs the program.</param>
    /// <param name="function">The function to call.</param>
    /// <param name="slots">For each parameter the index v of the value that it takes, or -1 - v for the length of value v.</param>
    /// <param name="inputs">Values of each call.</param>
    /// <param name="secret">Prefix of the lines that the driver prints; the code under test cannot guess it.</param>
    public IReadOnlyDictionary<string, string>? Write(Toolchain toolchain, CallFunction function, IReadOnlyList<int> slots,
        IReadOnlyList<CallInput> inputs, string secret)
    {
        var calls = new StringBuilder();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (Call(function, slots, inputs[i].Values, i) is not { } call)
            {
                return null;
            }

            calls.Append(call).Append('\n');
        }

        var at = driver.IndexOf(CodePlace, StringComparison.Ordinal);
        var after = driver[(at + CodePlace.Length)..].Replace(SecretPlace, secret, StringComparison.Ordinal)
            .Replace(CallsPlace, calls.ToString(), StringComparison.Ordinal);
        var lines = form.Uses.Where(use => ProgramText.IsMatch(function.Code, use[0])
            && !function.Code.Contains(use[1], StringComparison.Ordinal)
            && !(use[1].Split('"') is [_, var name, ..] && function.Code.Contains('"' + name + '"', StringComparison.Ordinal)))
            .Select(use => use[1]);
        return ProgramText.WithCalls(toolchain, string.Join('\n', lines), function.Code, driver[..at], after);
    }

    private string? Call(CallFunction function, IReadOnlyList<int> slots, IReadOnlyList<object> values, int index)
    {
        var (literals, declarations, passes, shows) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        for (var p = 0; p < slots.Count; p++)
        {
            var parameter = function.Parameters[p];
            var value = slots[p] >= 0 ? values[slots[p]] : (long)Length(values[-1 - slots[p]]);
            if (_literals.Write(value, parameter.Spelled, parameter.Rule) is not { } literal)
            {
                return null;
            }

            literals.Add(literal);
            declarations.Add(Fill(parameter.Rule?.Declare ?? form.Declare, p, parameter, value)
                .Replace("{literal}", literal, StringComparison.Ordinal));
            passes.Add(Fill(parameter.Rule?.Pass ?? form.Pass, p, parameter, value));
            shows.Add(Fill(parameter.Rule?.Show ?? form.Show, p, parameter, value));
        }

        var call = form.CallVoid is { } nothing && form.Void is { } pattern && ProgramText.IsMatch(function.Signature, pattern) ? nothing
            : form.Call;
        return call.Replace("{target}", form.Targets[function.Place], StringComparison.Ordinal)
            .Replace("{owner}", function.Owner, StringComparison.Ordinal).Replace("{name}", function.Name, StringComparison.Ordinal)
            .Replace("{qualified}", function.Qualified, StringComparison.Ordinal)
            .Replace("{index}", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{passes}", string.Join(", ", passes), StringComparison.Ordinal)
            .Replace("{shows}", string.Join(form.Separator, shows), StringComparison.Ordinal)
            .Replace("{declarations}", string.Join(' ', declarations), StringComparison.Ordinal)
            .Replace("{literals}", string.Join(", ", literals), StringComparison.Ordinal);
    }

    private static string Fill(string template, int p, CallParameter parameter, object value) =>
        template.Replace("{n}", p.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{type}", parameter.Spelled ?? "", StringComparison.Ordinal)
        .Replace("{item}", parameter.Rule is null ? "" : ParameterTypes.Item(parameter.Rule, parameter.Spelled) ?? "",
            StringComparison.Ordinal).Replace("{count}", Length(value).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static int Length(object value) =>
        value switch { string text => Encoding.UTF8.GetByteCount(text), List<object> list => list.Count, _ => 0 };
}

/// <summary>Writes values as literals of a language.</summary>
/// <param name="form">Describes the language.</param>
internal sealed class LiteralWriter(CallForm form)
{
    private const string Escaped = "\\\"'";

    /// <summary>Writes a value as an argument. Returns null if the language has no literal for it.</summary>
    /// <param name="value">A long, double, bool, string, char or a list of values.</param>
    /// <param name="spelled">The parameter's type as written in the code, or null.</param>
    /// <param name="rule">The rule of that type, or null if the code names no type.</param>
    public string? Write(object value, string? spelled, TypeRule? rule)
    {
        rule = rule is null || rule.Is == "any" ? ParameterTypes.Rule(form, KindOf(value)) ?? rule : rule;
        if (rule is null)
        {
            return null;
        }

        var text = value switch
        {
            List<object> list => Items(list, rule, spelled),
            bool truth => truth ? form.True : form.False,
            string words => Escape(words),
            char c when rule.Is is "code" or "integer" => ((int)c).ToString(CultureInfo.InvariantCulture),
            char c => Escape(c.ToString()),
            double number => Real(number),
            long number when rule.Is == "float" => Real(number),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text is null ? null : rule.Literal.Replace("{type}", spelled ?? "", StringComparison.Ordinal)
            .Replace("{item}", ParameterTypes.Item(rule, spelled) ?? "", StringComparison.Ordinal)
            .Replace(value is List<object> ? "{items}" : "{value}", text, StringComparison.Ordinal);
    }

    private static CallKind KindOf(object value) =>
        value switch { long => CallKind.Integer, double => CallKind.Float, bool => CallKind.Boolean, string => CallKind.Text,
            char => CallKind.Character, _ => CallKind.List };

    private static string Real(double number) =>
        number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().IndexOfAny(".E") < 0 ? text + ".0" : text;

    private string? Items(List<object> list, TypeRule rule, string? spelled)
    {
        var item = ParameterTypes.Item(rule, spelled);
        var of = item is null ? null : ParameterTypes.Rule(form, item);
        var items = list.Select(value => Write(value, item, of)).ToList();
        return items.Contains(null) ? null : string.Join(", ", items);
    }

    private string Escape(string text)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value is >= ' ' and <= '~')
            {
                _ = Escaped.Contains((char)rune.Value, StringComparison.Ordinal)
                    || form.Quoted.Contains((char)rune.Value, StringComparison.Ordinal) ? result.Append('\\').Append((char)rune.Value)
                    : result.Append((char)rune.Value);
            }
            else if (form.Escape.Contains("{unit}", StringComparison.Ordinal))
            {
                foreach (var unit in rune.ToString())
                {
                    result.Append(
                        form.Escape.Replace("{unit}", ((int)unit).ToString("x4", CultureInfo.InvariantCulture), StringComparison.Ordinal));
                }
            }
            else if (form.Escape.Contains("{point}", StringComparison.Ordinal))
            {
                result.Append(
                    form.Escape.Replace("{point}", rune.Value.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal));
            }
            else
            {
                foreach (var one in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    result.Append(form.Escape.Replace("{byte}", one.ToString("x2", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                        .Replace("{octal}", Convert.ToString(one, 8).PadLeft(3, '0'), StringComparison.Ordinal));
                }
            }
        }

        return result.ToString();
    }
}
