using XCoder.Agents.Rows;
using XCoder.Analysis.Storage;

namespace XCoder.Agents.Guarding;

/// <summary>Reads what a licence wants to go with the code. Not safe for concurrent use.</summary>
public sealed class NoticeReader
{
    /// <summary>The notice of a snippet's licence, or null where it needs none or none can be read.</summary>
    public LicenceNotice? Read(SnippetOrigin origin) => null;
}
