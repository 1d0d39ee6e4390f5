namespace XCoder.Analysis.Changes;

/// <summary>What a change did that a reviewer may want to know.</summary>
public enum ChangeKind
{
    /// <summary>New or edited code is a copy of code that stands elsewhere.</summary>
    New,

    /// <summary>New code is one more copy of code of which there were several.</summary>
    Grown,

    /// <summary>Two copies that differed are equal now, but for names and literals.</summary>
    Closer,

    /// <summary>A copy was changed, and its copies that stood in the place of the change were not.</summary>
    Twin,

    /// <summary>New code does what code in another language of the project does.</summary>
    Parallel,

    /// <summary>New code gives a language what only other languages of the project had.</summary>
    GapClosed,
}

/// <summary>Describes a kind of finding. <see cref="All"/> is the table of all kinds.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name in options and reports.</param>
/// <param name="Title">A few words for people.</param>
/// <param name="Meaning">A sentence that defines it.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="IsDuplicate">Whether the change adds a copy: gates on new duplicates count it.</param>
/// <param name="IsInformation">Whether nothing needs to be done, so that no gate counts it.</param>
public sealed record ChangeRule(ChangeKind Kind, string Name, string Title, string Meaning, string Advice, bool IsDuplicate,
    bool IsInformation)
{
    /// <summary>One rule per kind, in the order of <see cref="ChangeKind"/>, which is that of reports.</summary>
    public static IReadOnlyList<ChangeRule> All { get; } =
    [
        new(ChangeKind.New, "new", "new duplicate", "The change adds a copy of code that stands elsewhere, or edits code into one.",
            "Use the code that is there, and make what differs a parameter.", true, false),
        new(ChangeKind.Grown, "grown", "one more copy", "The change adds one more copy of code of which there were several.",
            "Keep one of the copies and use it from the other places.", true, false),
        new(ChangeKind.Closer, "closer", "copies became equal",
            "The change makes two similar pieces of code equal but for names and literals.",
            "Keep one of them: nothing holds them apart any more.", true, false),
        new(ChangeKind.Twin, "twin", "twin not changed",
            "The change edits a piece of code, but not a copy of it that has what was changed, too.",
            "Look whether the other copy needs the same change.", false, false),
        new(ChangeKind.Parallel, "parallel", "parallel implementation", "New code does what code in another language of the project does.",
            "Nothing needs to be done where the languages are ports of each other.", false, true),
        new(ChangeKind.GapClosed, "gap-closed", "gap closed",
            "New code gives a language what only other languages of the project had.", "Nothing needs to be done.", false, true),
    ];

    /// <summary>The rule of a kind.</summary>
    public static ChangeRule Of(ChangeKind kind) => All[(int)kind];
}

/// <summary>When a check fails.</summary>
/// <param name="Name">As the user gave it: <c>new</c>, <c>any</c> or <c>percent:N</c>.</param>
/// <param name="Percent">The most percent of changed code that may be duplicated; null where findings decide.</param>
public sealed record ChangeGate(string Name, double? Percent)
{
    private const string PercentStart = "percent:";

    /// <summary>Fails on each new duplicate outside tests.</summary>
    public static ChangeGate New { get; } = new("new", null);

    /// <summary>Fails on each finding that is more than information, in tests, too.</summary>
    public static ChangeGate Any { get; } = new("any", null);

    /// <summary>Reads a gate; null if the text is none.</summary>
    public static ChangeGate? Parse(string text) => text switch
    {
        "new" => New,
        "any" => Any,
        _ when text.StartsWith(PercentStart, StringComparison.Ordinal)
            && double.TryParse(text.AsSpan(PercentStart.Length), System.Globalization.NumberStyles.AllowDecimalPoint,
                System.Globalization.CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100
            => new ChangeGate(text, percent),
        _ => null,
    };

    /// <summary>Whether a report fails.</summary>
    public bool Fails(ChangeReport report) => Percent is { } most ? 100 * report.DuplicatedShare > most
        : report.Findings.Any(Counts);

    /// <summary>Whether a finding is one on which the gate fails, or which makes up what it measures.</summary>
    public bool Counts(ChangeFinding finding) => this == Any ? !finding.Rule.IsInformation : finding.Gates;
}
