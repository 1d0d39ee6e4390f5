namespace XCoder.Analysis.Model;

/// <summary>
/// A comment <c>xcoder-ignore: reason</c> or <c>xcoder-ignore-file: reason</c>, and the code that it takes out of reports.
/// </summary>
/// <param name="StartByte">First byte of the code in the file's text.</param>
/// <param name="EndByte">
/// End of the code, exclusive: of one snippet, or <see cref="int.MaxValue"/> for the whole file. Equal to the start if the comment stands
/// at no snippet.
/// </param>
/// <param name="Line">Line of the comment, 1-based.</param>
/// <param name="Reason">The reason, on one line; empty if none is given, and then nothing is ignored.</param>
public sealed record IgnoreComment(int StartByte, int EndByte, int Line, string Reason)
{
    /// <summary>Whether it has a reason and stands at code.</summary>
    public bool Holds => Reason.Length > 0 && EndByte > StartByte;
}
