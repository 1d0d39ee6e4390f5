using System.Runtime.InteropServices;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// A second reading of a file with syntax errors. Behind an error tree-sitter may swallow sound definitions; where
/// that can be, the text is parsed anew in chunks that begin where a definition may begin. No byte is parsed more
/// than once more, and all of it within the file's time limit.
/// </summary>
internal sealed unsafe class ErrorRecovery(void* parser, void* walker, DefinitionMatcher matcher, ExtractionOptions options)
{
    private readonly void* _parser = parser;
    private readonly void* _walker = walker;
    private readonly DefinitionMatcher _matcher = matcher;
    private readonly TimeSpan _limit = options.ParseLimit;
    private readonly List<WalkEvent> _events = [];

    /// <summary>What the second reading found.</summary>
    public TreeReading Reading { get; } = new(options);

    /// <summary>The events of the second reading.</summary>
    public ReadOnlySpan<WalkEvent> Events => CollectionsMarshal.AsSpan(_events);

    /// <summary>Reads a file again.</summary>
    /// <param name="language">The file's language, set in the parser.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="parsed">What the parser is to see of it, equally long.</param>
    /// <param name="events">Events of the tree with errors; not valid afterwards.</param>
    /// <param name="nodes">Nodes of the tree with errors, which lives; the span is not valid afterwards.</param>
    /// <param name="first">What was read from that tree.</param>
    /// <param name="started">Processor time of the thread, in nanoseconds, at which work on the file began.</param>
    /// <returns>Whether the second reading is the better one.</returns>
    public bool Read(CompiledLanguage language, byte[] text, byte[] parsed, ReadOnlySpan<WalkEvent> events, ReadOnlySpan<SyntaxNode> nodes, TreeReading first, ulong started)
    {
        var chunks = ErrorChunks.Find(text, events, first.Definitions);
        if (chunks.Count == 0)
        {
            return false;
        }

        // The walker's memory is used again.
        var (oldEvents, oldNodes) = (events.ToArray(), nodes.ToArray());
        Reading.Clear();
        _events.Clear();
        var (at, next) = (0, 0);
        foreach (var (start, end) in chunks)
        {
            Append(language, text, oldEvents, oldNodes, at, start, ref next);
            if (!AppendAnew(language, text, parsed, start, end, _limit - TimeSpan.FromMicroseconds((Native.xc_thread_time() - started) / 1000.0)))
            {
                return false;
            }

            at = end;
        }

        Append(language, text, oldEvents, oldNodes, at, text.Length, ref next);
        return Worth(Reading) > Worth(first);
    }

    /// <summary>Takes over what the tree with errors says between two chunks.</summary>
    private void Append(CompiledLanguage language, byte[] text, WalkEvent[] events, SyntaxNode[] nodes, int start, int end, ref int next)
    {
        while (next < events.Length && events[next].Start < start)
        {
            next++;
        }

        var from = next;
        while (next < events.Length && events[next].Start < end)
        {
            next++;
        }

        var part = events.AsSpan(from..next);
        Reading.Append(language, text.AsSpan(0, end), part, nodes, _matcher, _events.Count);
        _events.AddRange(part);
    }

    private bool AppendAnew(CompiledLanguage language, byte[] text, byte[] parsed, int start, int end, TimeSpan limit)
    {
        void* tree = null;
        fixed (byte* bytes = parsed)
        {
            if (limit > TimeSpan.Zero)
            {
                tree = Native.xc_parse_range(_parser, bytes, (uint)parsed.Length, (uint)start, (uint)end, (ulong)limit.TotalNanoseconds);
            }
        }

        if (tree == null)
        {
            return false;
        }

        try
        {
            if (!Native.Walk(_walker, tree, language.Classes, out var events, out var nodes))
            {
                return false;
            }

            Reading.Append(language, text.AsSpan(0, end), events, nodes, _matcher, _events.Count);
            _events.AddRange(events);
            return true;
        }
        finally
        {
            Native.ts_tree_delete(tree);
        }
    }

    /// <summary>Sound definitions count twice what those with errors count.</summary>
    private static int Worth(TreeReading reading) =>
        reading.Definitions.Sum(definition => !definition.IsSnippet ? 0 : definition.HasErrors ? 1 : 2);
}
