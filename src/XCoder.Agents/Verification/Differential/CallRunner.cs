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

    /// <summary>Whether a language has literals for all values of a call.</summary>
    public bool CanWrite(string language, CallFunction function, IReadOnlyList<int> slots, CallInput input) =>
        calls.Find(language) is { } found && new DriverWriter(found.Form, found.Driver).CanWrite(function, slots, input);

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
