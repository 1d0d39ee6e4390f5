using System.Globalization;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Calls a function and its translation with the same values, in the sandbox, and compares what they give (differential testing,
/// McKeeman 1998). It says that they differ only where it is sure: what cannot be called, gives too little, or differs where the
/// function may not be meant to be called is unknown. Safe for concurrent use.
/// </summary>
internal sealed class DifferentialTester : IDisposable
{
    private const int GuessCalls = 12, LeastErrors = 4, LeastEndless = 3;
    private const string Sorts = "sort", Source = "Source", Target = "Target";
    private const double LeastShare = 0.7;
    private const InputTraits Ascii = InputTraits.Foreign;

    // What functions are often not written for, most telling first; and what they then answer by errors.
    private static readonly InputTraits[] Doubtful =
        [InputTraits.Empty, InputTraits.Unsorted, InputTraits.Uneven, InputTraits.Outside, InputTraits.Zero, InputTraits.Negative,
            InputTraits.Empty | InputTraits.Zero, InputTraits.Empty | InputTraits.Negative | InputTraits.Zero, InputTraits.Falling];

    private static readonly InputTraits[] Refused = [.. Doubtful, InputTraits.Oblong, InputTraits.Marks, InputTraits.Repeated,
        InputTraits.Single, InputTraits.One];

    private readonly ToolchainCatalog _toolchains;
    private readonly CallCatalog _calls;
    private readonly DifferentialOptions _options;
    private readonly FunctionFinder _finder;
    private readonly CallRunner? _runner;
    private readonly SandboxCheck _sandbox;

    /// <summary>A tester.</summary>
    /// <param name="catalog">The parsers.</param>
    /// <param name="toolchains">The toolchains.</param>
    /// <param name="calls">How functions are called.</param>
    /// <param name="sandbox">What <see cref="SandboxCheck.Run"/> found.</param>
    /// <param name="options">Limits.</param>
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
    /// <param name="seed">What the values follow from, such as the id of a row.</param>
    /// <param name="cancellation">Ends it.</param>
    public DifferentialVerdict Compare((string Language, string Code) source, (string Language, string Code) target, string seed,
        CancellationToken cancellation = default)
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

        var maker = new InputMaker(seed, source.Code, target.Code);
        var types = pair.Types;
        if (types.Any(type => type.IsOpen))
        {
            if (Guess(source.Language, target.Language, pair, maker, out var problem, cancellation) is not { } guessed)
            {
                return problem!;
            }

            types = guessed;
        }

        return Compare(source.Language, target.Language, pair, maker.Make([.. types.Select(type => type.Settled())], _options.Calls),
            cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _finder.Dispose();
        _runner?.Dispose();
    }

    private DifferentialVerdict Compare(string source, string target, CallPair pair, IReadOnlyList<CallInput> inputs,
        CancellationToken cancellation)
    {
        if (!Run(source, pair.Source, pair.SourceSlots, inputs, Source, out var left, out var problem, cancellation)
            || !Run(target, pair.Target, pair.TargetSlots, inputs, Target, out var right, out problem, cancellation))
        {
            return problem!;
        }

        var found = new CallComparison(inputs, left, right, pair);
        var verdict = Judge(source, target, pair, inputs, found);
        if (verdict.Outcome == GateOutcome.Passed || found.Differences.Count == 0)
        {
            return verdict;
        }

        // What differs from one run to the next differs from anything.
        foreach (var (language, function, slots, before, side) in new[] { (source, pair.Source, pair.SourceSlots, left, "source"),
            (target, pair.Target, pair.TargetSlots, right, "target") })
        {
            var again = _runner!.Run(language, function, slots, inputs, cancellation).Outcomes;
            if (again.Count == before.Count && Enumerable.Range(0, again.Count)
                .Any(i => before[i].State == CallState.Value && again[i].State == CallState.Value
                    && (!ResultComparer.AreEqual(before[i].Value, again[i].Value)
                        || !ResultComparer.AreEqual(before[i].Arguments, again[i].Arguments))))
            {
                return Unknown($"The {side} gives other values each time it runs.", GateReason.NotDeterministic);
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

        // A wrong guess of a type may look like a name that is not there.
        if (!isGuess && _calls.Find(language)!.Value.Form.Unbound is { } pattern
            && outcomes.FirstOrDefault(outcome => outcome.State == CallState.Error
                && ProgramText.IsMatch(outcome.Message, pattern)) is { } unbound)
        {
            problem = Unknown($"{side}: {unbound.Message}", GateReason.UnknownNames);
            return false;
        }

        // A target whose types are its own and that only fails, fails; else the values may be the wrong ones.
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
            || (kind == DifferenceKind.Error && IsMeant(source, pair, found))
            || (!_options.IsLenient && kind is DifferenceKind.Text or DifferenceKind.Domain
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
                $"{pair.Source.Name}({ValueText.Short(ValueText.Of(inputs[shown.Index].Values))}) "
                    + $"gives {ValueText.Short(shown.Source)} in {source}, {ValueText.Short(shown.Target)} in {target}, the "
                        + $"translation; {count} of {inputs.Count} calls differ "
                            + $"({Name(kind)}{(trait == InputTraits.None ? "" : ": " + trait.ToString().ToLowerInvariant())})."),
            kind, inputs.Count, found.Values, found.Distinct, isSure ? null : GateReason.DiffersInDoubt);
    }

    // Where the source's language refuses what is not there, or nothing else could make a value wrong, one that it gives was meant.
    private bool IsMeant(string source, CallPair pair, CallComparison found) =>
        (pair.Types.Count == 1 || !_calls.Find(source)!.Value.Form.IsLax) && found.Differences.Count >= LeastErrors
            && found.Differences.TrueForAll(difference => difference.Kind == DifferenceKind.Error)
        && found.Explanation([InputTraits.Big], 1, 1) == InputTraits.None;

    private string Named(string language, CallFunction function) => $"{language} ({_toolchains.Find(language, function.Code)?.Name})";

    // Sure are values that differ on ordinary calls.
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

        trait = found.Explanation([InputTraits.Large, Ascii], _options.LeastValues, _options.LeastDistinct);
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

    // Types that neither side says: those under which both sides run, and agree best.
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
            // What leaves its arguments as they were agrees on nothing, but does not differ either.
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

/// <summary>What calling two functions with the same values showed.</summary>
/// <param name="Outcome">Passed: they agree. Failed: they do not. Unknown: nothing can be said, or no more than
/// <paramref name="Kind"/>.</param>
/// <param name="Detail">What was found, with values, for people.</param>
/// <param name="Kind">How they differ.</param>
/// <param name="Calls">Calls that were made.</param>
/// <param name="Values">Calls that gave a value on both sides.</param>
/// <param name="Distinct">Different values among them.</param>
/// <param name="Reason">Where unknown: why; else null.</param>
internal sealed record DifferentialVerdict(GateOutcome Outcome, string Detail, DifferenceKind Kind = DifferenceKind.None, int Calls = 0,
    int Values = 0, int Distinct = 0, GateReason? Reason = null)
{
    /// <summary>Name of the gate.</summary>
    public const string Gate = TestSets.SourceGate;

    /// <summary>The reason in words, to be counted; null where there is none.</summary>
    public string? ReasonText =>
        Reason is not { } reason ? null : RowNames.Of(reason)
            .Replace('-', ' ') + (reason == GateReason.DiffersInDoubt ? ": " + RowNames.Of(Kind) : "");

    /// <summary>Whether another machine would say the same: nothing is missing here.</summary>
    public bool IsLasting => Reason is not (GateReason.NoIsolation or GateReason.NoToolchain or GateReason.TooLittleTime);

    /// <summary>As a gate's result.</summary>
    public GateResult ToGate() =>
        new(Gate, Outcome, Reason ?? (Outcome == GateOutcome.Failed ? GateReason.Differs : null), Detail.ReplaceLineEndings(" "));
}

/// <summary>Types to try where neither side says any.</summary>
internal static class TypeGuesser
{
    private const int Most = 30;

    private static readonly CallType Whole = new(CallKind.Integer), Text = new(CallKind.Text), Numbers = new(CallKind.List, Whole);
    private static readonly IReadOnlyList<CallType> Few = [Whole, Text, Numbers],
        Many = [Whole, Text, Numbers, new(CallKind.List, Text), new(CallKind.List, Numbers), new(CallKind.Float)];

    /// <summary>Settled types for some that are open, the likeliest first.</summary>
    public static IReadOnlyList<IReadOnlyList<CallType>> Guess(IReadOnlyList<CallType> types)
    {
        var open = types.Count(type => type.IsOpen);
        IEnumerable<IEnumerable<CallType>> result = [[]];
        foreach (var type in types)
        {
            var choices = !type.IsOpen ? [type.Settled()] : (open == 1 ? Many : Few).Select(choice => type.With(choice)).OfType<CallType>()
                .Select(choice => choice.Settled()).Distinct().ToList();
            result = result.SelectMany(row => choices.Select(choice => row.Append(choice)));
        }

        return [.. result.Select(row => row.ToList()).Take(Most)];
    }
}
