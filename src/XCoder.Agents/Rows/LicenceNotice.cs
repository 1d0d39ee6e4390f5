namespace XCoder.Agents.Rows;

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
