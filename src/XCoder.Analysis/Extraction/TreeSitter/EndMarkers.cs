using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>Extends definitions to the words that name their end, which stand behind them in the tree: Scala's <c>end Cart</c>.</summary>
internal static class EndMarkers
{
    private const int MarkerBytes = 200;

    /// <summary>Extends each definition whose marker directly follows.</summary>
    /// <param name="definitions">The definitions of a file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="marker">Matches a marker at the beginning of a text, blanks before it included; its group is the name.</param>
    public static void Extend(List<Definition> definitions, ReadOnlySpan<byte> text, Regex marker)
    {
        // Inner definitions come after outer ones, and the marker of an outer one may follow that of the last inner one.
        for (var i = definitions.Count - 1; i >= 0; i--)
        {
            var definition = definitions[i];
            var rest = text[Math.Min(definition.End, text.Length)..];
            var match = marker.Match(Encoding.Latin1.GetString(rest[..Math.Min(rest.Length, MarkerBytes)]));
            if (match.Success && Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(definition.Name ?? "")) == match.Groups[1].Value)
            {
                definition.End += match.Length;
                for (var outer = definition.Parent; outer is not null && outer.End < definition.End; outer = outer.Parent)
                {
                    outer.End = definition.End;
                }
            }
        }
    }
}
