using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Collects tokens, comments, imports, decorators and definitions in one pass over the events of a walk, and links each
/// definition to those around it. Reused from file to file.
/// </summary>
internal sealed partial class TreeReading(ExtractionOptions limits)
{
    // Shorter code is not compared by default, and seldom says anything without its surroundings.
    private const int LongFunction = 25;

    private readonly List<int> _starts = [];
    private readonly List<int> _lengths = [];
    private readonly List<TokenClass> _classes = [];
    private readonly OpenNodes _open = new();
    private ParsedText? _parsed;
    private readonly LayoutReading _layout = new();
    private int _importEnd;
    private int _covered;
    private Definition? _last;
    private readonly HashSet<int> _documentation = [];

    public List<Definition> Definitions { get; } = [];

    /// <summary>Import statements. A wildcard imports names that the statement does not mention.</summary>
    public List<(int Start, int End, bool IsWildcard)> Imports { get; } = [];

    /// <summary>For each import, the enclosing module or type; null at top level.</summary>
    public List<Definition?> ImportScopes { get; } = [];

    /// <summary>Decorators, with the index of the event that reports each.</summary>
    public List<(int Start, int End, int Event)> Decorators { get; } = [];

    /// <summary>Whether definitions were left out because there were too many or they nested too deep.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the parser saw another text than that of the file.</summary>
    public bool HasReplacedText => _parsed?.IsChanged == true;

    public TokenStream Tokens => new([.. _starts], [.. _lengths], [.. _classes]);

    /// <summary>For each token, the mark of the layout before it; empty if no layout has a meaning.</summary>
    public ulong[] Layout => _layout.Marks;

    /// <summary>Reads all events of one file.</summary>
    public void Read(CompiledLanguage language, ReadOnlySpan<byte> text, ParsedText parsed, ReadOnlySpan<WalkEvent> events,
        ReadOnlySpan<SyntaxNode> nodes, DefinitionMatcher matcher)
    {
        Clear(parsed);
        Append(language, text, text.Length, events, nodes, matcher, 0, isInside: false);
        End(language, text);
    }

    /// <summary>Ends the file after its last part.</summary>
    public void End(CompiledLanguage language, ReadOnlySpan<byte> text)
    {
        AddGap(language, text, text.Length, isVerbatim: false);
        if (language.EndMarker is { } marker)
        {
            EndMarkers.Extend(Definitions, text, marker);
        }

        PlaceNames.Resolve(Definitions);
    }

    /// <summary>
    /// Reads another part of a file after the parts read before. The part ends where <paramref name="text"/> ends, and
    /// so does every definition that begins in it; tokens end at <paramref name="tokensEnd"/>, where the next part begins: a string may
    /// reach over a part that was set aside. <paramref name="firstEvent"/> is the number of events in the earlier parts. With
    /// <paramref name="isInside"/>, the definitions of earlier parts stay open around this one. After the last part,
    /// <see cref="End"/> must be called.
    /// </summary>
    public void Append(CompiledLanguage language, ReadOnlySpan<byte> text, int tokensEnd, ReadOnlySpan<WalkEvent> events,
        ReadOnlySpan<SyntaxNode> nodes, DefinitionMatcher matcher, int firstEvent, bool isInside)
    {
        if (isInside)
        {
            // The nodes of an earlier part may be gone with their tree.
            _open.ForgetNodes();
        }
        else
        {
            _open.Clear();
        }

        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var item = ref events[i];
            var start = (int)item.Start;
            var end = Math.Min((int)item.End, item.Class < SymbolClass.Definition ? tokensEnd : text.Length);
            if (item.Class < SymbolClass.Definition)
            {
                AddGap(language, text, Math.Min(start, text.Length), item.IsVerbatim);
                _covered = Math.Max(_covered, end);
                if (item.Class < SymbolClass.Comment)
                {
                    AddToken(language, text, item, start, end);
                }
                else if (start < end)
                {
                    _layout.PassComment(language.Layout, text[start..end], item.IsVerbatim);
                }

                continue;
            }

            if (start >= text.Length)
            {
                continue;
            }

            _open.Close(start, end);
            switch (item.Class)
            {
                case SymbolClass.Definition when Definitions.Count >= limits.MaxSnippets:
                    IsCut = true;
                    break;
                case SymbolClass.Definition:
                    var definition = matcher.Match(language, text, nodes[(int)item.Node], firstEvent + i);
                    var isOwn = definition is not null && IsOwn(definition);
                    if (language.MayName[item.Symbol] && (!isOwn || definition!.IsAnonymous))
                    {
                        _open.Open(end, nodes[(int)item.Node], firstEvent + i);
                    }

                    if (isOwn && definition!.IsAnonymous && !TakesName(definition, language, text, events[i..], matcher))
                    {
                        _open.OpenEdge(end);
                    }
                    else if (isOwn)
                    {
                        Add(definition!, language, nodes[(int)item.Node], item.Symbol, start, end);
                    }

                    break;
                case SymbolClass.Context:
                    _open.Open(end, nodes[(int)item.Node], firstEvent + i);
                    break;
                case SymbolClass.Wrapper:
                    AddWrapper(firstEvent + i, start, end, null);
                    break;
                case SymbolClass.Import:
                    AddImport(start, end, isWildcard: false);
                    break;
                case SymbolClass.Continuation when Definitions.Count > 0:
                    Continue(Definitions[^1], text, start, end, nodes[(int)item.Node].HasError);
                    break;
                case SymbolClass.Decorator:
                    Decorators.Add((start, end, firstEvent + i));
                    break;
            }
        }
    }

    /// <summary>Index of the last decorator that starts at or before <paramref name="offset"/>, or -1.</summary>
    public int LastDecoratorAtOrBefore(int offset)
    {
        var (low, high) = (0, Decorators.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Decorators[middle].Start <= offset ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>Discards everything read so far, and begins with another text.</summary>
    public void Clear(ParsedText parsed)
    {
        _parsed = parsed;
        _starts.Clear();
        _lengths.Clear();
        _classes.Clear();
        _layout.Clear();
        _open.Clear();
        _documentation.Clear();
        _importEnd = _covered = 0;
        _last = null;
        IsCut = false;
        Definitions.Clear();
        Imports.Clear();
        ImportScopes.Clear();
        Decorators.Clear();
    }

    /// <summary>
    /// Whether an anonymous function is a snippet. It is one if it goes to a variable, property or field, or to a call with
    /// a title. Inside a function, a titled one must stand in braces or on several lines, or be long; one without title
    /// must be long and outside of all functions, because elsewhere it is only a step of what is around it.
    /// </summary>
    private bool TakesName(Definition function, CompiledLanguage language, ReadOnlySpan<byte> text, ReadOnlySpan<WalkEvent> events,
        DefinitionMatcher matcher)
    {
        var (isInFunction, isInNamed) = (false, false);
        for (var outer = _open.Definition; outer is not null; outer = outer.Parent)
        {
            var isFunction = outer.IsSnippet && !outer.IsType;
            isInFunction |= isFunction;
            isInNamed |= isFunction && outer is not { Name: null, Around.Value: null };
        }

        var start = Math.Max(function.Start, function.BodyStart);
        var around = function.Around = _open.NamesAround(language, text, matcher, start, isInFunction, isInNamed);
        if (around.Value is { } value && (value.First is null || function.Name is not null || around.Titled is not null))
        {
            value.First ??= function;
            value.Candidates++;
            return true;
        }

        var isLong = IsLong(events, function.End);
        return function.Name is not null
            || (around.Titled is null ? isLong && !isInFunction && around is { Value: null, Called: not null }
                : isLong || !isInNamed || text[start] == '{' || text[function.Start..function.End].Contains((byte)'\n'));
    }

    private static bool IsLong(ReadOnlySpan<WalkEvent> events, int end)
    {
        var tokens = 0;
        for (var i = 0; i < events.Length && events[i].Start < end && tokens < LongFunction; i++)
        {
            tokens += events[i].Class < SymbolClass.Comment ? 1 : 0;
        }

        return tokens >= LongFunction;
    }

    private void Add(Definition definition, CompiledLanguage language, SyntaxNode node, int symbol, int start, int end)
    {
        switch (definition.Role)
        {
            case CaptureRole.Wrapper:
                AddWrapper(definition.Event, start, end, language.MayName[symbol] ? node : null);
                break;
            case CaptureRole.Decorator:
                Decorators.Add((start, end, definition.Event));
                break;
            case CaptureRole.Import:
                AddImport(start, end, definition.Form == "wildcard");
                break;
            default:
                AddDefinition(definition);
                break;
        }
    }

    private void AddWrapper(int item, int start, int end, SyntaxNode? node) =>
        _open.Open(end, new Wrapper { Event = item, Start = start, End = end, Outer = _open.Wrapper }, node, item);

    private void AddImport(int start, int end, bool isWildcard)
    {
        if (start >= _importEnd && _open.Owner is var owner and (null or { IsSnippet: false } or { IsType: true }))
        {
            _importEnd = end;
            Imports.Add((start, end, isWildcard));
            ImportScopes.Add(owner);
        }
    }

    /// <summary>
    /// False for a second definition of the same body (<c>const f = function g() { }</c>, <c>typedef struct s { }
    /// t</c>), and for a signature outside an interface.
    /// </summary>
    private bool IsOwn(Definition definition)
    {
        var around = _open.Definition;
        return (definition.BodyStart < 0 || definition.BodyStart != around?.BodyStart)
            && !(definition.IsAnonymous && around is not null && around.BodyStart >= definition.Start && around.BodyStart < definition.End)
            && (definition.Role != CaptureRole.Signature || around?.Role == CaptureRole.Interface);
    }

    private void AddDefinition(Definition definition)
    {
        (definition.Parent, definition.Wrapper) = (_open.Definition, _open.Wrapper);
        definition.Depth = definition.Parent?.Depth + 1 ?? 0;

        if (definition.Depth >= limits.MaxNesting)
        {
            IsCut = true;
            return;
        }

        var previous = definition.Parent is { } parent ? parent.LastChild : _last;
        if (Continues(previous, definition))
        {
            previous!.Join(definition);
            _open.Open(definition.End, previous);
            return;
        }

        if (definition.Parent is null)
        {
            _last = definition;
        }
        else
        {
            definition.Parent.LastChild = definition;
        }

        for (var wrapper = definition.Wrapper; wrapper is not null; wrapper = wrapper.Outer)
        {
            wrapper.Definitions++;
        }

        if (definition.Documentation is { } documentation)
        {
            _documentation.Add(documentation.Start);
        }

        Definitions.Add(definition);
        _open.Open(definition.End, definition);
    }

    /// <summary>Extends the definition that ends right before this node, and the wrappers that end with it.</summary>
    private void Continue(Definition definition, ReadOnlySpan<byte> text, int start, int end, bool hasErrors)
    {
        var before = definition.End;
        for (var wrapper = definition.Wrapper; wrapper is { Definitions: 1 } && wrapper.End <= start; wrapper = wrapper.Outer)
        {
            before = Math.Max(before, wrapper.End);
        }

        if (before > start || text[before..start].IndexOfAnyExcept(" \t\r\n\f\v"u8) >= 0)
        {
            return;
        }

        for (var wrapper = definition.Wrapper; wrapper is { Definitions: 1 } && wrapper.End <= start; wrapper = wrapper.Outer)
        {
            wrapper.End = end;
        }

        definition.End = end;
        definition.BodyStart = definition.BodyStart < 0 ? start : definition.BodyStart;
        definition.HasErrors |= hasErrors;
        _open.Open(end, definition);
    }

    /// <summary>Whether two definitions of one name may be joined and nothing but comments is between them.</summary>
    private bool Continues(Definition? previous, Definition next) =>
        previous is { Joins: true } && next.Joins && previous.Name == next.Name && previous.Receiver == next.Receiver
        && (previous.Role == next.Role || previous.Role == CaptureRole.Declaration)
        && (previous.Parameters is null || next.Parameters is null || previous.Parameters.Count == next.Parameters.Count)
        && (_starts.Count == 0 || _starts[^1] < previous.End) && _parsed?.Separates(previous.End, next.Start) != true;
}
