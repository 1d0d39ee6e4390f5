using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>What layout tells of a token.</summary>
internal static class TokenGaps
{
    /// <summary>Whether there are blanks around a token: an operator between two values has, a sign, a pointer or a type's bracket has not.</summary>
    public static bool StandsApart(StoredFile file, int token) =>
        token > 0 && token + 1 < file.Tokens.Count && End(file, token - 1) < file.Tokens.Starts[token] && End(file, token) < file.Tokens.Starts[token + 1];

    /// <summary>Whether a line ends after a token.</summary>
    public static bool BreaksAfter(StoredFile file, int token) =>
        token + 1 < file.Tokens.Count && file.Text.AsSpan()[End(file, token)..file.Tokens.Starts[token + 1]].Contains((byte)'\n');

    private static int End(StoredFile file, int token) => file.Tokens.Starts[token] + file.Tokens.Lengths[token];
}
