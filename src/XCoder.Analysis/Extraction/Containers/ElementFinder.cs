using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Containers;

/// <summary>
/// Finds the elements of a component that hold code, by the rules of HTML: their content is mere text up to the closing tag, even
/// within a string. An element that is never closed reaches to the end. Takes time linear in the text's length.
/// </summary>
internal sealed class ElementFinder(Container container)
{
    private readonly List<CodeElement> _elements = [];
    private readonly List<(int Start, int End)> _comments = [];

    // After an opaque element without end, everything is looked at: to search each time for an end that is missing takes too long.
    private bool _looksEverywhere;

    /// <summary>The elements with code, and the comments outside of elements that are not looked at; both in order.</summary>
    public (List<CodeElement> Elements, List<(int Start, int End)> Comments) Find(ReadOnlySpan<byte> text)
    {
        for (var at = 0; Next(text, at) is >= 0 and var open;)
        {
            at = IsAt(text, open, "<!--"u8) ? Comment(text, open)
                : Tag.Read(text, open) is { } tag ? AfterElement(text, tag)
                : open + 1;
        }

        return (_elements, _comments);
    }

    private int Comment(ReadOnlySpan<byte> text, int open)
    {
        var end = EndOfComment(text, open);
        _comments.Add((open, end));
        return end;
    }

    private int AfterElement(ReadOnlySpan<byte> text, Tag tag)
    {
        if (tag.IsEmpty)
        {
            return tag.End;
        }

        if (tag.Name.Equals(container.Element, StringComparison.OrdinalIgnoreCase))
        {
            var end = Closing(text, tag.End, tag.Name) is >= 0 and var closing ? closing : text.Length;
            var name = container.Attributes.Select(tag.Value).FirstOrDefault(static value => value is not null) ?? "";
            _elements.Add(new CodeElement(tag.End, end, name, container.Languages.GetValueOrDefault(name)));
            return end;
        }

        if (_looksEverywhere || !(container.Opaque.Contains("*") || container.Opaque.Contains(tag.Name)))
        {
            return tag.End;
        }

        var nests = container.Nesting.Contains(tag.Name) && !container.Attributes.Any(name => tag.Value(name) is not (null or "html"));
        var after = nests ? NestedClosing(text, tag) : Closing(text, tag.End, tag.Name);
        _looksEverywhere = after < 0;
        return after < 0 ? tag.End : after;
    }

    // The closing tag that belongs to an element, where elements of its name stand in it; -1 if there is none.
    private static int NestedClosing(ReadOnlySpan<byte> text, Tag outer)
    {
        var name = Encoding.ASCII.GetBytes(outer.Name);
        var depth = 1;
        for (var at = outer.End; Next(text, at) is >= 0 and var open;)
        {
            at = open + 1;
            if (IsAt(text, open, "<!--"u8))
            {
                at = EndOfComment(text, open);
            }
            else if (IsAt(text, open, "</"u8) && IsName(text, open + 2, name))
            {
                if (--depth == 0)
                {
                    return open;
                }
            }
            else if (IsName(text, open + 1, name) && Tag.Read(text, open) is { } tag)
            {
                depth += tag.IsEmpty ? 0 : 1;
                at = tag.End;
            }
        }

        return -1;
    }

    private static int Closing(ReadOnlySpan<byte> text, int from, string element)
    {
        var name = Encoding.ASCII.GetBytes(element);
        for (var at = Next(text, from); at >= 0; at = Next(text, at + 1))
        {
            if (IsAt(text, at, "</"u8) && IsName(text, at + 2, name))
            {
                return at;
            }
        }

        return -1;
    }

    private static int EndOfComment(ReadOnlySpan<byte> text, int open) =>
        text[(open + 4)..].IndexOf("-->"u8) is >= 0 and var end ? open + 4 + end + 3 : text.Length;

    private static int Next(ReadOnlySpan<byte> text, int from) =>
        from < text.Length && text[from..].IndexOf((byte)'<') is >= 0 and var at ? from + at : -1;

    private static bool IsAt(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word) => text[at..].StartsWith(word);

    private static bool IsName(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> name) =>
        text.Length - at >= name.Length && Ascii.EqualsIgnoreCase(text.Slice(at, name.Length), name)
        && (at + name.Length == text.Length || Tag.EndsName(text[at + name.Length]));
}

/// <summary>The content of an element that holds code.</summary>
/// <param name="Start">First byte behind the opening tag.</param>
/// <param name="End">First byte of the closing tag, or the end of the file.</param>
/// <param name="Name">The language's name as written; empty if the element names none.</param>
/// <param name="Language">Id of the language; null if the name is unknown.</param>
internal readonly record struct CodeElement(int Start, int End, string Name, string? Language)
{
    /// <summary>Length in bytes.</summary>
    public int Length => End - Start;
}

/// <summary>An opening tag.</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="End">First byte behind it.</param>
/// <param name="IsEmpty">Whether it closes itself.</param>
/// <param name="Attributes">Names and values of the attributes.</param>
internal sealed record Tag(string Name, int End, bool IsEmpty, IReadOnlyList<(string Name, string Value)> Attributes)
{
    private const int MostAttributes = 64, LongestValue = 64;

    /// <summary>The value of an attribute, without blanks around it; null if there is no such attribute.</summary>
    public string? Value(string name) =>
        Attributes.FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The tag that begins at <paramref name="open"/>; null if none does.</summary>
    public static Tag? Read(ReadOnlySpan<byte> text, int open)
    {
        var at = open + 1;
        if (at >= text.Length || !char.IsAsciiLetter((char)text[at]))
        {
            return null;
        }

        var name = Word(text, ref at);
        var attributes = new List<(string, string)>();
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)'>':
                    return new Tag(name, at + 1, text[at - 1] == '/', attributes);
                case (byte)'<':
                    return null;
                case (byte)'/' or (byte)'=' or (byte)'"' or (byte)'\'' or <= (byte)' ':
                    at++;
                    break;
                default:
                    if (Attribute(text, ref at) is not { } attribute)
                    {
                        return null;
                    }

                    if (attributes.Count < MostAttributes)
                    {
                        attributes.Add(attribute);
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>Whether a byte ends the name of a tag or an attribute.</summary>
    public static bool EndsName(byte value) => value is <= (byte)' ' or (byte)'>' or (byte)'/' or (byte)'=' or (byte)'<';

    private static (string Name, string Value)? Attribute(ReadOnlySpan<byte> text, ref int at)
    {
        var name = Word(text, ref at);
        var next = SkipBlanks(text, at);
        if (next >= text.Length || text[next] != '=')
        {
            return (name, "");
        }

        at = SkipBlanks(text, next + 1);
        var quote = at < text.Length && text[at] is (byte)'"' or (byte)'\'' ? text[at] : (byte)0;
        var start = quote == 0 ? at : at + 1;
        var length = quote == 0 ? text[start..].IndexOfAny(" \t\r\n\f<>"u8) : text[start..].IndexOf(quote);
        if (length < 0)
        {
            return null;
        }

        at = start + length + (quote == 0 ? 0 : 1);
        return (name, Encoding.UTF8.GetString(text.Slice(start, Math.Min(length, LongestValue))).Trim());
    }

    private static string Word(ReadOnlySpan<byte> text, ref int at)
    {
        var start = at;
        while (at < text.Length && !EndsName(text[at]))
        {
            at++;
        }

        return Encoding.UTF8.GetString(text[start..at]);
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] <= ' ')
        {
            at++;
        }

        return at;
    }
}
