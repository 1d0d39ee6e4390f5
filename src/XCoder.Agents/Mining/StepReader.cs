using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>
/// Reads what a body says in order, in the words of any language: words of names, operators, returns. What languages call
/// their types, collections and errors is left out, and so are literals, which are compared elsewhere.
/// </summary>
internal static class StepReader
{
    private const int Stem = 5;
    private const int LeastPlural = 4;

    private static readonly HashSet<string> Plain = [.. (
        "self this cls super base null nil none undefined true false std var let val const new return not is in of as "
        + "int integer long short byte bytes char character string str bool boolean double float number void any object uint usize size isize "
        + "vec vector list array arr map hash dict dictionary set hashmap option optional some result ok err error unwrap clone cloned iter into to box rc arc "
        + "collection iterable iterator sequence span slice builder ptr ref mut shared unique argument invalid illegal exception runtime throw raise "
        + "add append push put insert concat len length count math floor value values items tostring format at get isempty empty").Split(' ')];

    private static readonly HashSet<string> Operators = [
        "==", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^",
        "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^="];

    private static readonly Dictionary<string, string> Spellings = new() { ["==="] = "==", ["!=="] = "!=", ["and"] = "&&", ["or"] = "||" };

    /// <summary>Hashes of the steps, in order.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="first">Index of the first token of its body.</param>
    /// <param name="end">End of its tokens, exclusive.</param>
    public static uint[] Read(StoredFile file, int first, int end)
    {
        var steps = new List<uint>();
        for (var token = first; token < end; token++)
        {
            var kind = file.Tokens.Classes[token];
            if (kind is TokenClass.Number or TokenClass.String or TokenClass.Literal)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token));
            text = Spellings.GetValueOrDefault(text, text);
            if (text is "return" or "++" or "--" || (Operators.Contains(text) && (char.IsLetter((char)file.Text[file.Tokens.Starts[token]]) || TokenGaps.StandsApart(file, token))))
            {
                steps.Add(Hash(text));
            }
            else if (kind == TokenClass.Identifier && !IsQualifier(text, token + 1 < end ? file.Tokens.Text(file.Text, token + 1) : []))
            {
                steps.AddRange(NameWords.Split(text).Where(word => word.Count(char.IsLetter) > 1 && !Plain.Contains(word)).Select(word => Hash(Short(word))));
            }
        }

        return [.. steps];
    }

    // A type before its member, as in Blend.first, is said in some languages only.
    private static bool IsQualifier(string text, ReadOnlySpan<byte> next) =>
        (next.SequenceEqual("."u8) || next.SequenceEqual("::"u8)) && text.AsSpan().TrimStart("_$") is [>= 'A' and <= 'Z', ..];

    // Singular and plural, index and indices, are one.
    private static string Short(string word) => word.Length > Stem ? word[..Stem] : word.Length >= LeastPlural ? word.TrimEnd('s') : word;

    private static uint Hash(string text) => (uint)SpanHash.Hash64(Encoding.UTF8.GetBytes(text));
}
