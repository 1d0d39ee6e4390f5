using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>
/// A gate that an answer goes through. Safe for concurrent use. <see cref="Verifier"/> holds the list of all, in order: another gate
/// is a class and an entry there.
/// </summary>
internal interface IGate
{
    /// <summary>
    /// Whether it is asked even after an earlier gate ended the list, unless that gate refused the answer: it can tell what tools and
    /// tests could not. Default no.
    /// </summary>
    bool IsAskedAnyway => false;

    /// <summary>Adds what it finds to the results.</summary>
    /// <returns>The status that the answer ends with here; null where it goes on to the next gate, or keeps the status that it has.</returns>
    RowStatus? Pass(GateCase answer);
}

/// <summary>An answer on its way through the gates. One thread at a time.</summary>
/// <param name="language">Language id that it claims to be in.</param>
/// <param name="code">The code.</param>
/// <param name="tests">Sets of tests; all must pass.</param>
/// <param name="translation">The row with this answer as its response, if the answer is to be compared with the code it translates; else null.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class GateCase(string language, string code, TestSets tests, InstructionRow? translation, CancellationToken cancellation)
{
    public string Language => language;

    public string Code => code;

    public TestSets Tests => tests;

    public InstructionRow? Translation => translation;

    public CancellationToken Cancellation => cancellation;

    /// <summary>What the gates found so far, in order.</summary>
    public List<GateResult> Results { get; } = [];

    /// <summary>The tools that read and run it; null where there are none for the language.</summary>
    public Toolchain? Toolchain { get; set; }

    /// <summary>The same as they stand on this machine; null before they are found.</summary>
    public InstalledToolchain? Installed { get; set; }

    /// <summary>Whether the parser refuses it and no compiler has said otherwise yet.</summary>
    public bool IsRefusedByParser { get; set; }

    /// <summary>What its sets of tests showed; empty before they have run.</summary>
    public IReadOnlyList<TestResult> Tested { get; set; } = [];
}
