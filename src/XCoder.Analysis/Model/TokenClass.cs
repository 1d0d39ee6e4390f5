namespace XCoder.Analysis.Model;

/// <summary>What a token is. Comments and documentation are not in the token stream.</summary>
public enum TokenClass : byte
{
    /// <summary>A name the author chose. Abstracted when looking for renamed duplicates.</summary>
    Identifier = 1,

    /// <summary>A number. Abstracted when looking for renamed duplicates.</summary>
    Number = 2,

    /// <summary>A string or a part of one between interpolations, quotes included. Abstracted.</summary>
    String = 3,

    /// <summary>Another literal (character, regular expression, symbol). Abstracted.</summary>
    Literal = 4,

    /// <summary>A word of the language: keyword, basic type, <c>true</c>, <c>self</c>.</summary>
    Keyword = 5,

    /// <summary>An operator, bracket or other punctuation.</summary>
    Punctuation = 6,
}
