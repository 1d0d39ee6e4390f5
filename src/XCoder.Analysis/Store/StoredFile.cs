using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>Text and tokens of a stored file.</summary>
/// <param name="Id">Row id.</param>
/// <param name="Text">The file's UTF-8.</param>
/// <param name="Tokens">Its tokens.</param>
public sealed record StoredFile(long Id, byte[] Text, TokenStream Tokens);
