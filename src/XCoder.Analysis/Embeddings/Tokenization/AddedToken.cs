namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>A token found in the text before the vocabulary sees it, such as &lt;mask&gt;.</summary>
/// <param name="Content">What stands in the text.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSingleWord">Found only where no letter or digit is next to it.</param>
/// <param name="StripsLeft">Takes the space before it.</param>
/// <param name="StripsRight">Takes the space after it.</param>
internal sealed record AddedToken(string Content, int Id, bool IsSingleWord, bool StripsLeft, bool StripsRight);
