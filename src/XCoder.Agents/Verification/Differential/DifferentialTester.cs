using System.Globalization;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Calls a function and its translation with the same values in the sandbox and compares the results (differential testing, McKeeman 1998).
/// The verdict is "failed" only when the difference is certain. It is "unknown" when the functions cannot be called, return too little, or
/// differ only for inputs that they may not be meant for. Safe for concurrent use.
/// </summary>
internal sealed class DifferentialTester : IDisposable
{
    private const int GuessCalls = 12, LeastErrors = 4, LeastEndless = 3;
    private const string Sorts = "sort", Source = "Source", Target = "Target";
    private const double LeastShare = 0.7;

    // Traits of inputs that many functions are not written for, the likeliest first; Refused adds traits to which such functions answer
    // with an error.
    private static readonly InputTraits[] Doubtful =
        [InputTraits.Control, InputTraits.Empty, InputTraits.Unsorted, InputTraits.Uneven, InputTraits.Outside, InputTraits.Zero,
            InputTraits.Negative,
            InputTraits.Empty | InputTraits.Zero, InputTraits.Empty | InputTraits.Negative | InputTraits.Zero, InputTraits.Falling];

    private static readonly InputTraits[] Refused = [.. Doubtful, InputTraits.Oblong, InputTraits.Marks, InputTraits.Repeated,
        InputTraits.Single, InputTraits.One];

    private readonly ToolchainCatalog _toolchains;
    private readonly CallCatalog _calls;
    private readonly DifferentialOptions _options;
    private readonly FunctionFinder _finder;
    private readonly CallRunner? _runner;
    private readonly SandboxCheck _sandbox;

    /// <summary>Creates a tester.</summary>
    /// <param name="catalog">The languages' parsers.</param>
    /// <param name="toolchains">The toolchains that build and run code.</param>
    /// <param name="calls">Describes how each language calls functions.</param>
    /// <param name="sandbox">Result of <see cref="SandboxCheck.Run"/>; nothing is run without isolation.</param>
    /// <param name="options">Limits and thresholds.</param>
    public DifferentialTester(LanguageCatalog catalog, ToolchainCatalog toolchains, CallCatalog calls, SandboxCheck sandbox,
        DifferentialOptions options)
    {
        options.Validate();
        (_toolchains, _calls, _options, _sandbox, _finder) = (toolchains, calls, options, sandbox, new FunctionFinder(catalog));
        _runner = sandbox.Works ? new CallRunner(toolchains, calls, options, sandbox.Repositories) : null;
    }

    /// <summary>Compares a function and its translation.</summary>
    /// <param name="source">Language id and code of the function.</param>
    /// <param name="target">Language id and code of its translation.</param>
    /// <param name="seed">Seeds the values, such as the id of a row; the same seed gives the same values.</param>
    /// <param name="examples">Language id and text of what may hold calls of the functions besides their own code: documentation of the
    /// source, tests of the translation. Their values come first.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    public DifferentialVerdict Compare((string Language, string Code) source, (string Language, string Code) target, string seed,
        IReadOnlyList<(string Language, string Text)>? examples = null, CancellationToken cancellation = default)
    {
        if (_runner is null)
        {
            return Unknown($"Nothing is run without isolation: {_sandbox.Detail}.", GateReason.NoIsolation);
        }

        if (_calls.Find(source.Language) is not { } from || _calls.Find(target.Language) is not { } to)
        {
            return Unknown(
                $"Nothing says how functions of {(_calls.Find(source.Language) is null ? source.Language : target.Language)} are called.",
                GateReason.LanguageNotCalled);
        }

        var (sources, targets) =
            (_finder.Find(source.Language, from.Form, source.Code, out var wrong),
                _finder.Find(target.Language, to.Form, target.Code, out var wrongToo));
        if (sources.Count == 0 || targets.Count == 0)
        {
            return Unknown(sources.Count == 0 ? $"Source: {wrong}" : $"Target: {wrongToo}", GateReason.NoFunction);
        }

        if (CallPair.Choose(sources, targets, out var reason) is not { } pair)
        {
            return Unknown(reason!, GateReason.ParametersDiffer);
        }

        var given = CallExamples.Find(pair, Texts());
        var types = pair.Types
            .Select((type, i) => (type.IsOpen || type.Kind == CallKind.Number) && CallExamples.TypeOf(given, i) is { } seen
                ? type.With(seen) ?? type : type).ToList();
        pair = pair with { Types = types };
        var maker = new InputMaker(seed, source.Code, target.Code);
        if (types.Any(type => type.IsOpen))
        {
            if (Guess(source.Language, target.Language, pair, maker, out var problem, cancellation) is not { } guessed)
            {
                return problem!;
            }

            types = guessed;
        }

        var plan = new InputPlan(pair, [.. types.Select(type => type.Settled())], (from.Form.Unit, to.Form.Unit));
        var inputs = plan.Make(given, maker, _options.Calls,
            input => _runner.CanWrite(source.Language, pair.Source, pair.SourceSlots, input)
                && _runner.CanWrite(target.Language, pair.Target, pair.TargetSlots, input));
        return Compare(source.Language, target.Language, pair, inputs, accepted => plan.MakeLike(accepted, maker, _options.Calls),
            cancellation);

        IEnumerable<ExampleText> Texts()
        {
            yield return new ExampleText(from.Form, source.Code, IsSource: true);
            yield return new ExampleText(to.Form, target.Code, IsSource: false);
            foreach (var (language, text) in examples ?? [])
            {
                if (language == source.Language || language == target.Language)
                {
                    yield return new ExampleText(language == source.Language ? from.Form : to.Form, text, language == source.Language);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _finder.Dispose();
        _runner?.Dispose();
    }

    private DifferentialVerdict Compare(string source, string target, CallPair pair, IReadOnlyList<CallInput> inputs,
        Func<IEnumerable<CallInput>, IEnumerable<CallInput>>? more, CancellationToken cancellation)
    {
        if (!Run(source, pair.Source, pair.SourceSlots, inputs, Source, out var left, out var problem, cancellation)
            || !Run(target, pair.Target, pair.TargetSlots, inputs, Target, out var right, out problem, cancellation))
        {
            return problem!;
        }

        var found = new CallComparison(inputs, left, right, pair);
        var accepted = inputs.Where((_, i) => left[i].State == CallState.Value && !ResultComparer.IsVoid(left[i].Value)).ToList();
        if (more is not null && accepted.Count is > 0 && accepted.Count < 2 * _options.LeastValues && accepted.Count < inputs.Count / 2)
        {
            // The source refuses most calls. Further calls are made of the values of those that it accepts.
            return Compare(source, target, pair, [.. accepted, .. more(accepted), .. inputs.Except(accepted)], null, cancellation);
        }

        var verdict = Judge(source, target, pair, inputs, found);
        if (verdict.Outcome == GateOutcome.Passed || found.Differences.Count == 0)
        {
            return verdict;
        }

        // A function whose results change from run to run differs from every other function, so a difference means nothing.
        foreach (var (language, function, slots, before, side) in new[] { (source, pair.Source, pair.SourceSlots, left, "source"),
            (target, pair.Target, pair.TargetSlots, right, "target") })
        {
            // In the other order, because an object that calls share, such as Python's default [], shows what earlier calls left in it.
            var calls = Enumerable.Range(0, before.Count).Where(i => before[i].State == CallState.Value).Reverse().ToList();
            var again = _runner!.Run(language, function, slots, [.. calls.Select(i => inputs[i])], cancellation).Outcomes;
            if (again.Zip(calls, (now, i) => (Now: now, Before: before[i]))
                .Any(call => call.Now.State == CallState.Value
                    && (!ResultComparer.AreEqual(call.Before.Value, call.Now.Value)
                        || !ResultComparer.AreEqual(call.Before.Arguments, call.Now.Arguments))))
            {
                return Unknown($"The {side} gives other values each time it runs, or after other calls.", GateReason.NotDeterministic);
            }
        }

        return verdict;
    }

    private bool Run(string language, CallFunction function, IReadOnlyList<int> slots, IReadOnlyList<CallInput> inputs, string side,
        out IReadOnlyList<CallOutcome> outcomes, out DifferentialVerdict? problem, CancellationToken cancellation, bool isGuess = false)
    {
        var run = _runner!.Run(language, function, slots, inputs, cancellation);
        (outcomes, problem) = (run.Outcomes, null);
        if (run.Problem is { } reason)
        {
            problem = Unknown($"{side}: {reason}", run.Lacks == RowVerification.Toolchain ? GateReason.NoToolchain : run.Lacks is not null
                ? GateReason.TooLittleTime : GateReason.DoesNotRunAlone);
            return false;
        }

        // A wrongly guessed type can cause an error that looks like an unbound name.
        if (!isGuess && _calls.Find(language)!.Value.Form.Unbound is { } pattern
            && outcomes.FirstOrDefault(outcome => outcome.State == CallState.Error
                && ProgramText.IsMatch(outcome.Message, pattern)) is { } unbound)
        {
            problem = Unknown($"{side}: {unbound.Message}", GateReason.UnknownNames);
            return false;
        }

        // A target fails if its own types chose the values and every call fails. Otherwise the values may have been wrong.
        var fails = side == Target && function.Parameters.All(parameter => parameter.Rule is not null)
            && outcomes.Any(outcome => outcome.State is CallState.Error or CallState.TimedOut)
            && outcomes.All(outcome => outcome.State is CallState.Error or CallState.TimedOut or CallState.NotRun);
        if (!fails && outcomes.All(outcome => outcome.State != CallState.Value && outcome.State != CallState.TimedOut))
        {
            var first = outcomes.FirstOrDefault(outcome => outcome.State != CallState.NotRun);
            problem = Unknown($"{side}: no call gives a value: {first?.Message}",
                first?.State == CallState.Unshown ? GateReason.CannotBeShown : GateReason.NoValue);
            return false;
        }

        return true;
    }

    private DifferentialVerdict Judge(string source, string target, CallPair pair, IReadOnlyList<CallInput> inputs, CallComparison found)
    {
        if (found.Differences.Count == 0)
        {
            return found.Endless.Count >= LeastEndless && found.Agreed < _options.LeastValues
                ? Differs(found.Endless[0], found.Endless.Count, DifferenceKind.Time, InputTraits.None, isSure: true)
                : !found.IsEnough(_options.LeastValues, _options.LeastDistinct)
                    ? Unknown(string.Create(CultureInfo.InvariantCulture,
                        $"Too little to tell: {found.Agreed} of {inputs.Count} calls gave a value on both "
                            + $"sides, {found.Distinct} of them different."),
                            GateReason.TooFewValues) with { Calls = inputs.Count, Values = found.Values, Distinct = found.Distinct }
                : new DifferentialVerdict(GateOutcome.Passed,
                    string.Create(CultureInfo.InvariantCulture,
                        $"{found.Agreed} of {inputs.Count} calls of '{pair.Target.Name}' gave the same value "
                            + $"in {Named(source, pair.Source)} and {Named(target, pair.Target)}, {found.Distinct} different "
                                + $"ones; {(found.Overflows > 0 ? $"in {found.Overflows} numbers grew too large "
                                    + $"on one side, " : "")}the others show nothing."), DifferenceKind.None, inputs.Count, found.Values,
                                    found.Distinct);
        }

        var (enough, kind) =
            (found.IsEnough(_options.LeastValues, _options.LeastDistinct), Kind(pair, found, out var shown, out var trait));
        var isSure = kind is DifferenceKind.Value or DifferenceKind.Argument
            || (kind == DifferenceKind.Error && IsMeant(source, pair, found, inputs))
            || (!_options.IsLenient && trait != InputTraits.Units && kind is DifferenceKind.Text or DifferenceKind.Domain
                && shown.Kind is DifferenceKind.Value or DifferenceKind.Argument);
        if (kind == DifferenceKind.Overflow && trait != InputTraits.None && enough)
        {
            return new DifferentialVerdict(GateOutcome.Passed,
                string.Create(CultureInfo.InvariantCulture,
                    $"{found.Agreed} of {inputs.Count} calls of '{pair.Target.Name}' gave the same value "
                        + $"in {Named(source, pair.Source)} and {Named(target, pair.Target)}, {found.Distinct} different ones; large "
                            + $"numbers overflow: {Differs(shown, found.Differences.Count, kind, trait, isSure: false).Detail}"), kind,
                            inputs.Count, found.Values, found.Distinct);
        }

        return Differs(shown, found.Differences.Count, kind, trait, isSure);

        DifferentialVerdict Differs(Difference shown, int count, DifferenceKind kind, InputTraits trait, bool isSure) => new(
            isSure ? GateOutcome.Failed : GateOutcome.Unknown,
            string.Create(CultureInfo.InvariantCulture,
                $"{pair.Source.Name}({ValueText.Short(ValueText.Of([.. inputs[shown.Index].Values.Take(inputs[shown.Index].Passed)]))}) "
                    + $"gives {ValueText.Short(shown.Source)} in {source}, {ValueText.Short(shown.Target)} in {target}, the "
                        + $"translation; {count} of {inputs.Count} calls differ "
                            + $"({Name(kind)}{(trait == InputTraits.None ? "" : ": " + trait.ToString().ToLowerInvariant())})."),
            kind, inputs.Count, found.Values, found.Distinct, isSure ? null : GateReason.DiffersInDoubt);
    }

    // If the source's language rejects invalid input, or a single parameter leaves little room for wrong input, the source's value was
    // meant. One call from documentation or tests is enough where an index outside of a list is an error.
    private bool IsMeant(string source, CallPair pair, CallComparison found, IReadOnlyList<CallInput> inputs)
    {
        var isLax = _calls.Find(source)!.Value.Form.IsLax;
        return found.Differences.TrueForAll(difference => difference.Kind == DifferenceKind.Error)
            && ((!isLax && found.Differences.Exists(difference => inputs[difference.Index] is { IsGiven: true, Traits: InputTraits.None }))
                || ((pair.Types.Count == 1 || !isLax) && found.Differences.Count >= LeastErrors
                    && found.Explanation([InputTraits.Big], 1, 1) == InputTraits.None));
    }

    private string Named(string language, CallFunction function) => $"{language} ({_toolchains.Find(language, function.Code)?.Name})";

    // Only values that differ on ordinary calls make a difference certain.
    private DifferenceKind Kind(CallPair pair, CallComparison found, out Difference shown, out InputTraits trait)
    {
        var hard = found.Differences.Where(difference => difference.Kind is DifferenceKind.Value or DifferenceKind.Argument).ToList();
        shown = hard.FirstOrDefault() ?? found.Differences[0];
        if (found.Differences.Exists(difference => difference.Kind == DifferenceKind.Overflow))
        {
            trait = found.Explanation([InputTraits.Big, InputTraits.Big | InputTraits.Marks, InputTraits.Big | InputTraits.Negative],
                _options.LeastValues, _options.LeastDistinct);
            if (hard.Count == 0 || trait != InputTraits.None)
            {
                return DifferenceKind.Overflow;
            }
        }

        trait = found.Explanation([InputTraits.Large, InputTraits.Units, InputTraits.Foreign], _options.LeastValues,
            _options.LeastDistinct);
        if (trait != InputTraits.None)
        {
            return trait == InputTraits.Large ? DifferenceKind.Overflow : hard.Count > 0 ? DifferenceKind.Text : DifferenceKind.Error;
        }

        var sorts = pair.Source.Code.Contains(Sorts, StringComparison.OrdinalIgnoreCase)
            || pair.Target.Code.Contains(Sorts, StringComparison.OrdinalIgnoreCase);
        trait = found.Explanation((hard.Count > 0 ? Doubtful : Refused).Where(trait => !sorts || trait != InputTraits.Unsorted),
            _options.LeastValues, _options.LeastDistinct);
        return trait != InputTraits.None ? DifferenceKind.Domain : hard.Count > 0 ? hard[0].Kind : found.Differences[0].Kind;
    }

    // Tries types for parameters that neither side declares and picks those under which both sides run and agree best.
    private List<CallType>? Guess(string source, string target, CallPair pair, InputMaker maker, out DifferentialVerdict? problem,
        CancellationToken cancellation)
    {
        var guesses = TypeGuesser.Guess(pair.Types);
        var blocks = guesses.Select(types => maker.Make(types, GuessCalls).Take(GuessCalls + 2).ToList()).ToList();
        var inputs = blocks.SelectMany(block => block).ToList();
        if (!Run(source, pair.Source, pair.SourceSlots, inputs, Source, out var left, out problem, cancellation, isGuess: true)
            || !Run(target, pair.Target, pair.TargetSlots, inputs, Target, out var right, out problem, cancellation, isGuess: true))
        {
            return null;
        }

        var (best, bestShare, at) = ((List<CallType>?)null, -1.0, 0);
        for (var g = 0; g < guesses.Count; at += blocks[g++].Count)
        {
            var found = new CallComparison(blocks[g], [.. left.Skip(at).Take(blocks[g].Count)], [.. right.Skip(at).Take(blocks[g].Count)],
                pair);
            // A function that leaves its arguments unchanged has no agreeing calls, but no differing ones either.
            var share = found.Values == 0 ? 0 : 1 - ((double)found.Differences.Count / found.Values);
            if (found.Values >= LeastShare * blocks[g].Count && (found.Distinct > 1 || found.Differences.Count > 0) && share > bestShare)
            {
                (best, bestShare) = ([.. guesses[g]], share);
            }
        }

        problem = best is null ? Unknown("No types were found under which both sides run.", GateReason.TypesUnknown) : null;
        return best;
    }

    private static string Name(DifferenceKind kind) => XCoder.Agents.Rows.RowNames.Of(kind);

    private static DifferentialVerdict Unknown(string detail, GateReason reason) => new(GateOutcome.Unknown, detail, Reason: reason);
}

/// <summary>The result of calling two functions with the same values.</summary>
/// <param name="Outcome">Passed: the functions agree. Failed: they differ. Unknown: nothing is certain; <paramref name="Kind"/> says what
/// was seen.</param>
/// <param name="Detail">What was found, with values, for people to read.</param>
/// <param name="Kind">How the functions differ.</param>
/// <param name="Calls">Number of calls that were made.</param>
/// <param name="Values">Number of calls that returned a value on both sides.</param>
/// <param name="Distinct">Number of different values among the calls that agree.</param>
/// <param name="Reason">Why the outcome is unknown, else null.</param>
internal sealed record DifferentialVerdict(GateOutcome Outcome, string Detail, DifferenceKind Kind = DifferenceKind.None, int Calls = 0,
    int Values = 0, int Distinct = 0, GateReason? Reason = null)
{
    /// <summary>Name of the gate in evidence.</summary>
    public const string Gate = TestSets.SourceGate;

    /// <summary>The reason in words, for counting; null if there is none.</summary>
    public string? ReasonText =>
        Reason is not { } reason ? null : RowNames.Of(reason)
            .Replace('-', ' ') + (reason == GateReason.DiffersInDoubt ? ": " + RowNames.Of(Kind) : "");

    /// <summary>Whether another machine would come to the same verdict, because nothing was missing on this one.</summary>
    public bool IsLasting => Reason is not (GateReason.NoIsolation or GateReason.NoToolchain or GateReason.TooLittleTime);

    /// <summary>Converts the verdict to a gate's result.</summary>
    public GateResult ToGate() =>
        new(Gate, Outcome, Reason ?? (Outcome == GateOutcome.Failed ? GateReason.Differs : null), Detail.ReplaceLineEndings(" "));
}
