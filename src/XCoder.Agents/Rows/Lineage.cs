using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>A place that a row rests on.</summary>
/// <param name="Role">What it was to the row.</param>
/// <param name="Repository">Name of the repository in the workspace.</param>
/// <param name="Remote">Its address without credentials, or null.</param>
/// <param name="Commit">Its commit, or null.</param>
/// <param name="Path">Path below its root.</param>
/// <param name="StartLine">First line, 1-based.</param>
/// <param name="EndLine">Last line, inclusive.</param>
/// <param name="Licence">SPDX expression, <c>NOASSERTION</c>, or null where nothing says one.</param>
/// <param name="Snippet">Id of the snippet.</param>
public sealed record Lineage(LineageRole Role, string Repository, string? Remote, string? Commit, string Path, int StartLine, int EndLine,
    string? Licence, string? Snippet = null);

/// <summary>What a snippet was to a row.</summary>
public enum LineageRole
{
    /// <summary>The row was made from it.</summary>
    [JsonStringEnumMemberName("seed")]
    Seed,

    /// <summary>Parallel code of the seed that is part of the row.</summary>
    [JsonStringEnumMemberName("twin")]
    Twin,

    /// <summary>A chat model was shown it.</summary>
    [JsonStringEnumMemberName("context")]
    Context,
}

/// <summary>What must go with code under a licence.</summary>
/// <param name="Id">Hash of licence and text, 20 hex digits.</param>
/// <param name="Spdx">SPDX expression.</param>
/// <param name="Repository">Name of the repository it was first read in.</param>
/// <param name="Source">Path of the file it was read from, below the repository's root.</param>
/// <param name="Text">The licence's text with its copyright lines, or the copyright lines of the file that names the licence.</param>
public sealed record LicenceNotice(string Id, string Spdx, string Repository, string Source, string Text)
{
    /// <summary>For the store.</summary>
    public LicenceNotice()
        : this("", "", "", "", "")
    {
    }
}
