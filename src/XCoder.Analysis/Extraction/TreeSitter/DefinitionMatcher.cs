using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Runs a language's definition query on single nodes. The query starts only at nodes whose type begins a pattern,
/// which costs next to nothing; a query over the whole tree takes about 30 % of the parse time.
/// </summary>
internal sealed unsafe class DefinitionMatcher : IDisposable
{
    private const int MaxParameters = 1000;

    private readonly void* _cursor;
    private readonly ulong _limit;

    public DefinitionMatcher(TimeSpan limit)
    {
        _limit = (ulong)limit.TotalNanoseconds;
        _cursor = Native.ts_query_cursor_new();
        Native.ts_query_cursor_set_max_start_depth(_cursor, 0);
    }

    public void Dispose() => Native.ts_query_cursor_delete(_cursor);

    /// <summary>The definition that the query matches at <paramref name="node"/>, or null if no pattern matches.</summary>
    public Definition? Match(CompiledLanguage language, ReadOnlySpan<byte> text, SyntaxNode node, int eventIndex)
    {
        Definition? definition = null;
        QueryMatch match;
        Native.xc_query_exec(_cursor, language.Query, node, _limit);
        while (Native.ts_query_cursor_next_match(_cursor, &match) != 0)
        {
            if (!language.IsNaming[match.PatternIndex] && Holds(language, text, match))
            {
                definition ??= new Definition { Event = eventIndex, Start = node.StartByte, End = Math.Min(node.EndByte, text.Length) };
                Merge(definition, language, text, match);
            }
        }

        if (definition is null || definition.Role == CaptureRole.None
            || (definition.Role >= CaptureRole.Scope && string.IsNullOrEmpty(definition.Name) && !definition.IsAnonymous))
        {
            return null;
        }

        definition.HasErrors = node.HasError;
        return definition;
    }

    /// <summary>What the query says of functions inside <paramref name="node"/>, or null if it says nothing.</summary>
    public NameGiver? MatchName(CompiledLanguage language, ReadOnlySpan<byte> text, SyntaxNode node, int eventIndex)
    {
        NameGiver? giver = null;
        QueryMatch match;
        Native.xc_query_exec(_cursor, language.Query, node, _limit);
        while (Native.ts_query_cursor_next_match(_cursor, &match) != 0)
        {
            if (!language.IsNaming[match.PatternIndex] || !Holds(language, text, match))
            {
                continue;
            }

            giver ??= new NameGiver
            {
                Event = eventIndex, Start = node.StartByte, End = Math.Min(node.EndByte, text.Length), HasErrors = node.HasError,
            };
            for (var i = 0; i < match.CaptureCount; i++)
            {
                Merge(giver, language.Roles[match.Captures[i].Index], text, match.Captures[i].Node);
            }
        }

        if (giver is { CalleeStart: >= 0 })
        {
            giver.Callee = CallNames.Callee(Text(text, giver.CalleeStart, giver.CalleeEnd));
        }

        return giver;
    }

    private static void Merge(NameGiver giver, CaptureRole role, ReadOnlySpan<byte> text, SyntaxNode node)
    {
        switch (role)
        {
            // The parser puts in a name that is missing: it has no text.
            case CaptureRole.Name when giver.Name is null && node.StartByte < node.EndByte:
                (giver.Name, giver.NameStart) = (Text(text, node).TrimStart(':'), node.StartByte);
                break;
            case CaptureRole.Callee when node.StartByte >= giver.CalleeEnd:
                giver.CalleeStart = giver.CalleeStart < 0 ? node.StartByte : giver.CalleeStart;
                giver.CalleeEnd = node.EndByte;
                break;
            case CaptureRole.Title when giver.Title is null || node.StartByte < giver.TitleStart:
                (giver.Title, giver.TitleStart) = (CallNames.Title(Text(text, node)), node.StartByte);
                break;
            case >= CaptureRole.Call and <= CaptureRole.Default when role > giver.Role:
                giver.Role = role;
                break;
        }
    }

    private static bool Holds(CompiledLanguage language, ReadOnlySpan<byte> text, in QueryMatch match)
    {
        foreach (var predicate in language.Predicates[match.PatternIndex])
        {
            for (var i = 0; i < match.CaptureCount; i++)
            {
                if (match.Captures[i].Index == predicate.Capture && !predicate.Holds(Text(text, match.Captures[i].Node)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Merge(Definition definition, CompiledLanguage language, ReadOnlySpan<byte> text, in QueryMatch match)
    {
        for (var i = 0; i < match.CaptureCount; i++)
        {
            var node = match.Captures[i].Node;
            var role = language.Roles[match.Captures[i].Index];
            switch (role)
            {
                case CaptureRole.None:
                    break;
                case CaptureRole.Anonymous:
                    definition.IsAnonymous = true;
                    break;
                case CaptureRole.Name when definition.Name is null:
                    definition.Name = Text(text, node).TrimStart(':');
                    definition.NameStart = node.StartByte;
                    if (CallNames.Titled(definition.Name) is { } titled)
                    {
                        (definition.Name, definition.IsNamedByPlace) = (titled, true);
                    }

                    break;
                case CaptureRole.Receiver when node.StartByte > definition.ReceiverStart:
                    definition.Receiver = definition.Receiver is null ? Text(text, node)
                        : definition.Receiver + language.Language.Separator + Text(text, node);
                    definition.ReceiverStart = node.StartByte;
                    break;
                case CaptureRole.Body when definition.BodyStart < 0:
                    definition.BodyStart = node.StartByte;
                    break;
                case CaptureRole.Documentation:
                    definition.Documentation ??= (node.StartByte, node.EndByte);
                    break;
                case CaptureRole.Parameter:
                    AddParameter(definition, text, node);
                    break;
                case CaptureRole.Parameters when definition.Parameters is null:
                    AddParameters(definition, language, text, node);
                    break;
                case CaptureRole.Name or CaptureRole.Receiver or CaptureRole.Body or CaptureRole.Parameters:
                    break;
                default:
                    // Roles are ordered by strength: a constructor that also matches as a function is a constructor.
                    if (role >= definition.Role)
                    {
                        definition.Role = role;
                        definition.Form = language.Forms[match.PatternIndex] ?? definition.Form;
                        definition.Joins |= language.Joins[match.PatternIndex];
                    }

                    break;
            }
        }
    }

    private static void AddParameters(Definition definition, CompiledLanguage language, ReadOnlySpan<byte> text, SyntaxNode list)
    {
        definition.Parameters = [];
        var count = list.ChildCount;
        var found = false;
        for (var i = 0; i < count && definition.Parameters.Count < MaxParameters; i++)
        {
            // Reaching a child takes time proportional to its index.
            var child = list.Child(i);
            found |= child.IsNamed;
            if (child.IsNamed && child.Symbol < language.Classes.Length
                && language.Classes[child.Symbol] is not ((byte)SymbolClass.Comment or (byte)SymbolClass.Punctuation))
            {
                AddParameter(definition, text, child);
            }
        }

        // A single parameter without brackets: x => x + 1.
        if (!found && count == 0)
        {
            AddParameter(definition, text, list);
        }
    }

    private static void AddParameter(Definition definition, ReadOnlySpan<byte> text, SyntaxNode node)
    {
        definition.Parameters ??= [];
        var start = node.StartByte;
        if (definition.Parameters.Count < MaxParameters && definition.Parameters.TrueForAll(parameter => parameter.Start != start))
        {
            definition.Parameters.Add((start, Layout.Collapse(Text(text, node))));
        }
    }

    private static string Text(ReadOnlySpan<byte> text, SyntaxNode node) => Text(text, node.StartByte, node.EndByte);

    private static string Text(ReadOnlySpan<byte> text, int start, int end)
    {
        start = Math.Min(start, text.Length);
        return Encoding.UTF8.GetString(text[start..Math.Min(Math.Min(end, text.Length), start + 4096)]);
    }
}
