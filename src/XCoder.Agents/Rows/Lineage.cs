using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>An origin of a row: code in a repository.</summary>
/// <param name="Role">How the row uses the code.</param>
/// <param name="Repository">Name of the repository in the workspace.</param>
/// <param name="Remote">Address of the repository without credentials, or null.</param>
/// <param name="Commit">Commit of the repository, or null.</param>
/// <param name="Path">Path relative to the repository's root.</param>
/// <param name="StartLine">First line, 1-based.</param>
/// <param name="EndLine">Last line, inclusive.</param>
/// <param name="Licence">SPDX expression, <c>NOASSERTION</c>, or null when no source states a licence.</param>
/// <param name="Snippet">Id of the snippet.</param>
public sealed record Lineage(LineageRole Role, string Repository, string? Remote, string? Commit, string Path, int StartLine, int EndLine,
    string? Licence, string? Snippet = null);

/// <summary>How a row uses a snippet.</summary>
public enum LineageRole
{
    /// <summary>The row was made from the snippet.</summary>
    [JsonStringEnumMemberName("seed")]
    Seed,

    /// <summary>The row contains the snippet as its seed's counterpart in another language.</summary>
    [JsonStringEnumMemberName("twin")]
    Twin,

    /// <summary>The chat model saw the snippet as context.</summary>
    [JsonStringEnumMemberName("context")]
    Context,
}

/// <summary>A notice that must accompany code under a licence.</summary>
/// <param name="Id">Hash of licence and text, 20 hex digits.</param>
/// <param name="Spdx">SPDX expression.</param>
/// <param name="Repository">Name of the repository in which the notice was first read.</param>
/// <param name="Source">Path of the file it was read from, relative to the repository's root.</param>
/// <param name="Text">The licence's text with its copyright lines, or the copyright lines of the file that names the licence.</param>
public sealed record LicenceNotice(string Id, string Spdx, string Repository, string Source, string Text)
{
    /// <summary>Makes an empty notice; the store fills it.</summary>
    public LicenceNotice()
        : this("", "", "", "", "")
    {
    }
}
