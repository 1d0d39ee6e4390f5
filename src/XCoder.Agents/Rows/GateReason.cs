using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>Why a gate said what it said: all the codes that <see cref="GateEvidence.Reason"/> may hold.</summary>
public enum GateReason
{
    /// <summary>No parser reads the language.</summary>
    [JsonStringEnumMemberName("no-parser")]
    NoParser,

    /// <summary>There is no code.</summary>
    [JsonStringEnumMemberName("no-code")]
    NoCode,

    /// <summary>The parser gave up.</summary>
    [JsonStringEnumMemberName("parser-gave-up")]
    ParserGaveUp,

    /// <summary>A parser that read it ended the program, or could not be stopped, and is not tried again.</summary>
    [JsonStringEnumMemberName("its-parser-ended-the-process")]
    ParserEnded,

    /// <summary>The parser finds a syntax error.</summary>
    [JsonStringEnumMemberName("syntax-error")]
    SyntaxError,

    /// <summary>The code is in another language than it claims.</summary>
    [JsonStringEnumMemberName("other-language")]
    OtherLanguage,

    /// <summary>The response is prose; the code that it documents parses.</summary>
    [JsonStringEnumMemberName("prose")]
    Prose,

    /// <summary>It was parsed as a part of the file that it was mined from.</summary>
    [JsonStringEnumMemberName("parsed-in-its-file")]
    ParsedInItsFile,

    /// <summary>A compiler or checker refuses the code.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>The code needs a library that is not here.</summary>
    [JsonStringEnumMemberName("missing-library")]
    MissingLibrary,

    /// <summary>Programs cannot be isolated here.</summary>
    [JsonStringEnumMemberName("no-isolation")]
    NoIsolation,

    /// <summary>The tools of the language are not here, or nobody knows of any.</summary>
    [JsonStringEnumMemberName("no-toolchain")]
    NoToolchain,

    /// <summary>The tools of the language do not work here.</summary>
    [JsonStringEnumMemberName("broken-toolchain")]
    BrokenToolchain,

    /// <summary>The compiler ended without saying anything.</summary>
    [JsonStringEnumMemberName("compiler-failed")]
    CompilerFailed,

    /// <summary>The sandbox could not be set up.</summary>
    [JsonStringEnumMemberName("sandbox-failed")]
    SandboxFailed,

    /// <summary>The machine was too busy to tell.</summary>
    [JsonStringEnumMemberName("too-little-time")]
    TooLittleTime,

    /// <summary>The program was ended at the limit of processor time.</summary>
    [JsonStringEnumMemberName("timed-out")]
    TimedOut,

    /// <summary>The program waits for something that does not come.</summary>
    [JsonStringEnumMemberName("waited")]
    Waited,

    /// <summary>The program was ended at the limit of memory.</summary>
    [JsonStringEnumMemberName("out-of-memory")]
    OutOfMemory,

    /// <summary>The program wrote more than it may.</summary>
    [JsonStringEnumMemberName("too-much-output")]
    TooMuchOutput,

    /// <summary>The tests are not in the form in which they could be run.</summary>
    [JsonStringEnumMemberName("not-runnable")]
    NotRunnable,

    /// <summary>A set of tests is missing.</summary>
    [JsonStringEnumMemberName("no-tests")]
    NoTests,

    /// <summary>The tests pass in a process of their own, which the answer cannot reach.</summary>
    [JsonStringEnumMemberName("apart")]
    Apart,

    /// <summary>The tests pass in one process with the answer.</summary>
    [JsonStringEnumMemberName("together")]
    Together,

    /// <summary>The tests pass together with the answer and not apart from it.</summary>
    [JsonStringEnumMemberName("not-apart")]
    NotApart,

    /// <summary>The tests pass, but the answer holds what could reach them.</summary>
    [JsonStringEnumMemberName("could-reach-its-tests")]
    CouldReachTests,

    /// <summary>The tests pass whatever the answer gives.</summary>
    [JsonStringEnumMemberName("says-nothing")]
    SaysNothing,

    /// <summary>The tests fail.</summary>
    [JsonStringEnumMemberName("tests-fail")]
    TestsFail,

    /// <summary>The answer ends the program before its tests have run.</summary>
    [JsonStringEnumMemberName("ended-early")]
    EndedEarly,

    /// <summary>The answer with its tests cannot be built.</summary>
    [JsonStringEnumMemberName("not-built")]
    NotBuilt,

    /// <summary>The tests pass code that is wrong, or whether they would cannot be told.</summary>
    [JsonStringEnumMemberName("weak-tests")]
    WeakTests,

    /// <summary>Too little of the code could be changed to tell whether the tests are weak.</summary>
    [JsonStringEnumMemberName("nothing-to-change")]
    NothingToChange,

    /// <summary>A translation gives other values than its source.</summary>
    [JsonStringEnumMemberName("differs")]
    Differs,

    /// <summary>A translation differs only where the function may not be meant to be called.</summary>
    [JsonStringEnumMemberName("differs-where-it-may-not-be-meant-to-be-called")]
    DiffersInDoubt,

    /// <summary>Nothing says how functions of a language are called.</summary>
    [JsonStringEnumMemberName("language-not-called")]
    LanguageNotCalled,

    /// <summary>There is no function that could be called.</summary>
    [JsonStringEnumMemberName("no-function-with-parameters-that-values-are-known-for")]
    NoFunction,

    /// <summary>Source and translation take other parameters.</summary>
    [JsonStringEnumMemberName("parameters-differ")]
    ParametersDiffer,

    /// <summary>The parameters' types could not be found.</summary>
    [JsonStringEnumMemberName("types-unknown")]
    TypesUnknown,

    /// <summary>A side gives other values each time it runs.</summary>
    [JsonStringEnumMemberName("not-deterministic")]
    NotDeterministic,

    /// <summary>A side does not build or run alone.</summary>
    [JsonStringEnumMemberName("does-not-build-or-run-alone")]
    DoesNotRunAlone,

    /// <summary>A side needs names that are not there.</summary>
    [JsonStringEnumMemberName("leans-on-names-that-are-not-there")]
    UnknownNames,

    /// <summary>What a side gives cannot be written down.</summary>
    [JsonStringEnumMemberName("what-it-gives-cannot-be-shown")]
    CannotBeShown,

    /// <summary>No call of a side gives a value.</summary>
    [JsonStringEnumMemberName("no-call-gives-a-value")]
    NoValue,

    /// <summary>Too few calls gave a value, or all the same.</summary>
    [JsonStringEnumMemberName("too-few-or-equal-values")]
    TooFewValues,
}
