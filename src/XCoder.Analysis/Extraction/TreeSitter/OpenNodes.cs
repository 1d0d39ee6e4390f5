using System.Runtime.InteropServices;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>The nodes around the one being read: definitions, wrappers, and what may name a function.</summary>
internal sealed class OpenNodes
{
    // Chains of calls nest: a().b().c() is a call of a call of a call. One of thousands must not cost its square.
    private const int MostAround = 100;

    private readonly List<Entry> _entries = [];

    /// <summary>The innermost definition, scopes included.</summary>
    public Definition? Definition => _entries.Count > 0 ? _entries[^1].Definition : null;

    /// <summary>The innermost wrapper inside <see cref="Definition"/>.</summary>
    public Wrapper? Wrapper => _entries.Count > 0 ? _entries[^1].Wrapper : null;

    /// <summary>The innermost definition that is no function handed to a call: what code inside counts as part of.</summary>
    public Definition? Owner
    {
        get
        {
            var definition = Definition;
            while (definition is { Around: not null, Name: null, IsType: false })
            {
                definition = definition.Parent;
            }

            return definition;
        }
    }

    public void Clear() => _entries.Clear();

    /// <summary>Names that have not been looked for yet are not looked for any more.</summary>
    public void ForgetNodes()
    {
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
        {
            entry.Node = null;
        }
    }

    public void Close(int start, int end)
    {
        while (_entries.Count > 0 && (_entries[^1].End <= start || _entries[^1].End < end))
        {
            _entries.RemoveAt(_entries.Count - 1);
        }
    }

    public void Open(int end, Definition definition) => _entries.Add(new Entry { End = end, Definition = definition, IsEdge = true });

    /// <summary>Opens a function that is no snippet.</summary>
    public void OpenEdge(int end) => _entries.Add(new Entry { End = end, Definition = Definition, Wrapper = Wrapper, IsEdge = true });

    public void Open(int end, Wrapper wrapper, SyntaxNode? node, int eventIndex) => _entries.Add(
        new Entry { End = end, Definition = Definition, Wrapper = wrapper, Node = node, Event = eventIndex });

    /// <summary>Opens a node that may name functions inside it.</summary>
    public void Open(int end, SyntaxNode node, int eventIndex) => _entries.Add(
        new Entry { End = end, Definition = Definition, Wrapper = Wrapper, Node = node, Event = eventIndex });

    /// <summary>Finds what may name a function, from the inside out.</summary>
    /// <param name="language">The language.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="matcher">Asks the query.</param>
    /// <param name="start">Where the function starts.</param>
    /// <param name="isInFunction">Whether it is inside another function.</param>
    /// <param name="isInNamed">Whether one of those has a name of its own.</param>
    public NamesAround NamesAround(CompiledLanguage language, ReadOnlySpan<byte> text, DefinitionMatcher matcher, int start,
        bool isInFunction, bool isInNamed)
    {
        NameGiver? titled = null, called = null;
        var (callee, isElement) = (-1, false);
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = entries.Length - 1; i >= Math.Max(0, entries.Length - MostAround) && !entries[i].IsEdge; i--)
        {
            ref var entry = ref entries[i];
            if (entry.Node is { } node)
            {
                (entry.Giver, entry.Node) = (matcher.MatchName(language, text, node, entry.Event), null);
            }

            // A variable whose name is missing names nothing.
            if (entry.Giver is not { } giver || giver is { Role: CaptureRole.Binding or CaptureRole.Field, Name: null })
            {
                continue;
            }

            if (giver.Role >= CaptureRole.Collection)
            {
                isElement |= giver.Role == CaptureRole.Collection;
                if (giver.Role == CaptureRole.Collection || (giver.Role != CaptureRole.Binding && isInFunction))
                {
                    continue;
                }

                return new NamesAround(isElement ? null : giver, titled, called);
            }

            if (start >= giver.CalleeEnd)
            {
                called ??= giver;
                titled ??= giver.Title is null or "" || giver.Role == CaptureRole.Consumer
                    || (giver.Role == CaptureRole.Block && isInNamed) ? null : giver;
            }

            // What a consumer returns is not the function; of f(a)(b), only b is what the call is about.
            if (start < giver.CalleeEnd ? giver.CalleeEnd == callee : giver.Role == CaptureRole.Consumer)
            {
                break;
            }

            callee = giver.End;
        }

        return new NamesAround(null, titled, called);
    }

    private struct Entry
    {
        public required int End { get; init; }

        public Definition? Definition { get; init; }

        public Wrapper? Wrapper { get; init; }

        /// <summary>The node, until the query was asked what it names.</summary>
        public SyntaxNode? Node { get; set; }

        public int Event { get; init; }

        public NameGiver? Giver { get; set; }

        /// <summary>Whether names outside do not reach functions inside.</summary>
        public bool IsEdge { get; init; }
    }
}
