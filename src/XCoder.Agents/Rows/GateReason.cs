using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>Reason of a gate's verdict: the values of <see cref="GateEvidence.Reason"/>.</summary>
public enum GateReason
{
    /// <summary>No parser reads the language.</summary>
    [JsonStringEnumMemberName("no-parser")]
    NoParser,

    /// <summary>The response contains no code.</summary>
    [JsonStringEnumMemberName("no-code")]
    NoCode,

    /// <summary>The parser gave up.</summary>
    [JsonStringEnumMemberName("parser-gave-up")]
    ParserGaveUp,

    /// <summary>Parsing this code once ended the process or could not be stopped, so it is not tried again.</summary>
    [JsonStringEnumMemberName("its-parser-ended-the-process")]
    ParserEnded,

    /// <summary>The code contains a syntax error.</summary>
    [JsonStringEnumMemberName("syntax-error")]
    SyntaxError,

    /// <summary>The code is in another language than the row states.</summary>
    [JsonStringEnumMemberName("other-language")]
    OtherLanguage,

    /// <summary>The response is prose; the code that it documents has no syntax error.</summary>
    [JsonStringEnumMemberName("prose")]
    Prose,

    /// <summary>The code was parsed as part of the file that it was mined from.</summary>
    [JsonStringEnumMemberName("parsed-in-its-file")]
    ParsedInItsFile,

    /// <summary>A compiler or checker rejects the code.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>The code needs a library that is not installed.</summary>
    [JsonStringEnumMemberName("missing-library")]
    MissingLibrary,

    /// <summary>Programs cannot be isolated on this machine.</summary>
    [JsonStringEnumMemberName("no-isolation")]
    NoIsolation,

    /// <summary>The language has no known toolchain, or it is not installed.</summary>
    [JsonStringEnumMemberName("no-toolchain")]
    NoToolchain,

    /// <summary>The installed tools of the language do not work.</summary>
    [JsonStringEnumMemberName("broken-toolchain")]
    BrokenToolchain,

    /// <summary>The compiler ended without a result.</summary>
    [JsonStringEnumMemberName("compiler-failed")]
    CompilerFailed,

    /// <summary>The sandbox could not be set up.</summary>
    [JsonStringEnumMemberName("sandbox-failed")]
    SandboxFailed,

    /// <summary>The machine was too busy to get a result.</summary>
    [JsonStringEnumMemberName("too-little-time")]
    TooLittleTime,

    /// <summary>The program was stopped at the limit of processor time.</summary>
    [JsonStringEnumMemberName("timed-out")]
    TimedOut,

    /// <summary>The program waited for input or an event that never came.</summary>
    [JsonStringEnumMemberName("waited")]
    Waited,

    /// <summary>The program was stopped at the limit of memory.</summary>
    [JsonStringEnumMemberName("out-of-memory")]
    OutOfMemory,

    /// <summary>The program exceeded the limit of output.</summary>
    [JsonStringEnumMemberName("too-much-output")]
    TooMuchOutput,

    /// <summary>The tests are not in a form that can be run.</summary>
    [JsonStringEnumMemberName("not-runnable")]
    NotRunnable,

    /// <summary>The author's or the other agent's tests are missing.</summary>
    [JsonStringEnumMemberName("no-tests")]
    NoTests,

    /// <summary>The tests pass in a process of their own, which the answer cannot manipulate.</summary>
    [JsonStringEnumMemberName("apart")]
    Apart,

    /// <summary>The tests pass in the same process as the answer.</summary>
    [JsonStringEnumMemberName("together")]
    Together,

    /// <summary>The tests pass in the same process as the answer, but not in a process of their own.</summary>
    [JsonStringEnumMemberName("not-apart")]
    NotApart,

    /// <summary>The tests pass, but the answer contains constructs that could manipulate them.</summary>
    [JsonStringEnumMemberName("could-reach-its-tests")]
    CouldReachTests,

    /// <summary>The tests pass whatever the answer returns.</summary>
    [JsonStringEnumMemberName("says-nothing")]
    SaysNothing,

    /// <summary>The tests fail.</summary>
    [JsonStringEnumMemberName("tests-fail")]
    TestsFail,

    /// <summary>The tests end with an error that is no failed check.</summary>
    [JsonStringEnumMemberName("crashed")]
    Crashed,

    /// <summary>The answer ends the program before its tests have run.</summary>
    [JsonStringEnumMemberName("ended-early")]
    EndedEarly,

    /// <summary>The tests do not build with the answer.</summary>
    [JsonStringEnumMemberName("not-built")]
    NotBuilt,

    /// <summary>The tests also pass for wrong code, or it cannot be determined whether they would.</summary>
    [JsonStringEnumMemberName("weak-tests")]
    WeakTests,

    /// <summary>Too little of the code could be mutated to decide whether the tests are weak.</summary>
    [JsonStringEnumMemberName("nothing-to-change")]
    NothingToChange,

    /// <summary>A translation returns other values than its source.</summary>
    [JsonStringEnumMemberName("differs")]
    Differs,

    /// <summary>A translation differs only for inputs that the function may not be meant for.</summary>
    [JsonStringEnumMemberName("differs-where-it-may-not-be-meant-to-be-called")]
    DiffersInDoubt,

    /// <summary>No rule says how functions of the language are called.</summary>
    [JsonStringEnumMemberName("language-not-called")]
    LanguageNotCalled,

    /// <summary>No function has parameters for which values are known.</summary>
    [JsonStringEnumMemberName("no-function-with-parameters-that-values-are-known-for")]
    NoFunction,

    /// <summary>Source and translation take different parameters.</summary>
    [JsonStringEnumMemberName("parameters-differ")]
    ParametersDiffer,

    /// <summary>The parameters' types are unknown.</summary>
    [JsonStringEnumMemberName("types-unknown")]
    TypesUnknown,

    /// <summary>Source or translation returns different values each time it runs.</summary>
    [JsonStringEnumMemberName("not-deterministic")]
    NotDeterministic,

    /// <summary>Source or translation does not build or run alone.</summary>
    [JsonStringEnumMemberName("does-not-build-or-run-alone")]
    DoesNotRunAlone,

    /// <summary>Source or translation uses names that are not defined.</summary>
    [JsonStringEnumMemberName("leans-on-names-that-are-not-there")]
    UnknownNames,

    /// <summary>The returned values cannot be written as text.</summary>
    [JsonStringEnumMemberName("what-it-gives-cannot-be-shown")]
    CannotBeShown,

    /// <summary>No call returns a value.</summary>
    [JsonStringEnumMemberName("no-call-gives-a-value")]
    NoValue,

    /// <summary>Too few calls returned a value, or all values are equal.</summary>
    [JsonStringEnumMemberName("too-few-or-equal-values")]
    TooFewValues,
}
