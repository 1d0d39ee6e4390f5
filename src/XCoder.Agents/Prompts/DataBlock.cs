using System.Text;
using XCoder.Agents.Rows;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Prompts;

/// <summary>
/// Delimits untrusted text in a prompt by two lines that carry a hash of the text. The text cannot close its own block, because it would
/// have to contain its own hash.
/// </summary>
internal static class DataBlock
{
    private const int Digits = 16;
    private const int MostFacts = 12;

    /// <summary>Wraps a text in a block.</summary>
    /// <param name="what">What the text is, in a few trusted words such as <c>proposal 2</c>.</param>
    /// <param name="text">The untrusted text.</param>
    public static string Of(string what, string text)
    {
        // Control characters and invisible marks mean nothing to a reader and can hide text from one.
        var clean = Clean(text);
        var id = RowId.Hash(what, clean)[..Digits];
        return $"<<<DATA {id} {what}\n{clean}\n<<<END {id}>>>";
    }

    /// <summary>Wraps a snippet and what the compiler resolved in it.</summary>
    /// <param name="what">What the snippet is, in a few trusted words.</param>
    /// <param name="code">Its code, without secrets.</param>
    /// <param name="facts">Types and calls that the compiler resolved, or null. At most 12 of each are named.</param>
    public static string OfCode(string what, string code, ResolvedFacts? facts)
    {
        var text = new StringBuilder(code);
        if (facts is not null)
        {
            Append(text, "Types it uses", facts.Types);
            Append(text, "Members it calls", facts.Calls);
        }

        return Of(what, text.ToString());
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            text.Append('\n').Append(title).Append(": ").AppendJoin("; ", names.Take(MostFacts))
                .Append(names.Count > MostFacts ? "; …" : "");
        }
    }

    private static string Clean(string text) =>
        SafeText.ForLines(text.ReplaceLineEndings("\n")).Trim('\n');
}
