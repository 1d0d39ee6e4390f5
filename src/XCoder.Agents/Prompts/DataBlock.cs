using System.Text;
using XCoder.Agents.Rows;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Prompts;

/// <summary>
/// Untrusted text in a prompt, between two lines that carry a hash of it: the text cannot close its own block, for that it
/// would have to contain its hash.
/// </summary>
internal static class DataBlock
{
    private const int Digits = 16;
    private const int MostFacts = 12;

    /// <summary>A block.</summary>
    /// <param name="what">What it is, a few words of our own, e.g. <c>proposal 2</c>.</param>
    /// <param name="text">The text.</param>
    public static string Of(string what, string text)
    {
        // Controls and invisible marks say nothing to a reader and hide things from one.
        var clean = Clean(text);
        var id = RowId.Hash(what, clean)[..Digits];
        return $"<<<DATA {id} {what}\n{clean}\n<<<END {id}>>>";
    }

    /// <summary>A snippet with what a compiler knows of it.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="code">Its code, free of secrets.</param>
    /// <param name="facts">What a compiler resolved, or null.</param>
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
