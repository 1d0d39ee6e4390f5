using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>One reading of a file: what was parsed, what the walk found, and what was read from it.</summary>
/// <param name="Parsed">The text that the parser saw.</param>
/// <param name="Events">Events of the walk.</param>
/// <param name="Nodes">Nodes that the events name; their tree must stay alive.</param>
/// <param name="Reading">Tokens and definitions.</param>
/// <param name="HasErrors">Whether the parser met an error.</param>
internal sealed record Attempt(ParsedText Parsed, WalkEvent[] Events, SyntaxNode[] Nodes, TreeReading Reading, bool HasErrors)
{
    /// <summary>
    /// What the reading is worth: an intact definition counts most; one with an error counts more if its brackets are
    /// balanced, because otherwise it does not end where it seems to.
    /// </summary>
    public long Worth(byte[]? masked) => Reading.Definitions.Sum(definition => !definition.IsSnippet ? 0L
        : !definition.HasErrors ? 4
        : masked is null || Blocks.AreBalanced(masked, definition.Start, definition.End) ? 2 : 1);
}

/// <summary>
/// Reads a file with syntax errors again, in ways that cost less and less of it: with constructs replaced that the
/// grammar does not know, without directives, without the items that hold an error, and in chunks that begin where a
/// definition may begin. An item that another language's grammar reads without an error is read by that: a C++ class in a file of
/// Objective-C. After an error, tree-sitter may swallow intact definitions, so the reading with the most intact
/// definitions wins. All readings share the file's time limit.
/// </summary>
internal sealed unsafe class ErrorRecovery(void* parser, void* walker, DefinitionMatcher matcher, ExtractionOptions options,
    CompiledLanguage language, byte[] text, ulong started, Func<string, CompiledLanguage?> find) : IDisposable
{
    // A file with more items with errors is not code of this language.
    private const int MostTried = 200;

    // How often all bytes of the file are parsed again, at most, to find the items with errors; and what every file has.
    private const int SearchFactor = 24, SearchBytes = 1 << 16;

    private readonly void* _parser = parser;
    private readonly void* _walker = walker;
    private readonly List<nint> _trees = [];

    private TimeSpan Left => options.ParseLimit - TimeSpan.FromMicroseconds((Native.xc_thread_time() - started) / 1000.0);

    /// <summary>The best reading of the file.</summary>
    /// <param name="first">The first reading, whose tree must stay alive.</param>
    public Attempt Read(Attempt first)
    {
        var repairs = language.Repairs;
        var masked = Blocks.Mask(first.Parsed.Bytes, first.Events);
        var parsed = first.Parsed.Copy();
        parsed.Masked = Blocks.Mask(text, first.Events);
        repairs.Repair(parsed, masked, repairs.Directives == DirectiveReading.Known ? ConditionalCode.WithoutDirectives(masked) : masked);
        var groups = repairs.Directives is { } directives
            ? ConditionalCode.HideUnknown(parsed, masked, ConditionalCode.Find(masked), directives) : [];
        // A bracket without its partner makes one item of all that follows, and only parts that begin anew can be read.
        var isWhole = repairs.Items is null || repairs.HereDocuments is not null
            || !Blocks.AreBalanced(parsed.Mask(first.Parsed.Bytes, masked), 0, masked.Length);
        var whole = isWhole ? Repaired(first, parsed, masked) : first;
        var best = whole;
        if (repairs.Items is { } ends && whole.HasErrors
            && Isolate(first, whole == first && !isWhole ? parsed : whole.Parsed, masked, groups, ends) is var (isolated, around))
        {
            best = Better(best, masked, isolated, around);
        }

        if (best.HasErrors && (isWhole || best == whole))
        {
            whole = isWhole ? whole : Repaired(first, parsed, masked);
            best = best == first ? whole : best;
            if (whole.HasErrors && ReadChunks(whole) is { } chunks && chunks.Worth(null) > best.Worth(null))
            {
                best = chunks;
            }
        }

        if (best.HasErrors && repairs.Items is not null)
        {
            MarkUnbalanced(best, masked);
        }

        return best;
    }

    /// <inheritdoc/>
    public void Dispose() => _trees.ForEach(tree => Native.ts_tree_delete((void*)tree));

    private static Attempt Better(Attempt old, byte[] oldMasked, Attempt other, byte[] otherMasked)
    {
        var (before, after) = (old.Worth(oldMasked), other.Worth(otherMasked));
        return after > before || (after == before && Errors(other) < Errors(old)) ? other : old;
    }

    private Attempt Repaired(Attempt first, ParsedText parsed, byte[] masked) =>
        parsed.IsChanged && Parse(parsed) is { } repaired ? Better(first, masked, repaired, masked) : first;

    private static int Errors(Attempt attempt) =>
        !attempt.HasErrors ? 0 : 1 + attempt.Events.Count(item => item.Class == SymbolClass.Error);

    // A definition between directives may hold several branches, of which each may open the same bracket.
    private static void MarkUnbalanced(Attempt attempt, byte[] masked)
    {
        foreach (var definition in attempt.Reading.Definitions)
        {
            definition.HasErrors |= !Blocks.AreBalanced(masked, definition.Start, definition.End)
                && !ConditionalCode.HasDirective(masked.AsSpan(definition.Start..definition.End));
        }
    }

    private Attempt? Parse(ParsedText parsed)
    {
        var tree = Parse(parsed.Bytes, 0, parsed.Bytes.Length);
        if (tree == null)
        {
            return null;
        }

        _trees.Add((nint)tree);
        if (!Native.Walk(_walker, tree, language, out var events, out var nodes))
        {
            return null;
        }

        var reading = new TreeReading(options);
        reading.Read(language, text, parsed, events, nodes, matcher);
        return new Attempt(parsed, events.ToArray(), nodes.ToArray(), reading, Native.ts_node_has_error(Native.ts_tree_root_node(tree)));
    }

    /// <summary>The tree of a part of a text, or null if the time is over.</summary>
    private void* Parse(byte[] bytes, int start, int end)
    {
        var left = Left;
        fixed (byte* address = bytes)
        {
            return left <= TimeSpan.Zero ? null
                : Native.xc_parse_range(_parser, address, (uint)bytes.Length, (uint)start, (uint)end, (ulong)left.TotalNanoseconds);
        }
    }

    /// <summary>Where the parser stops in a part of a text; null if the time is over.</summary>
    private long? FirstError(byte[] bytes, int start, int end)
    {
        fixed (byte* address = bytes)
        {
            var left = Left;
            var error = left <= TimeSpan.Zero ? Native.NoTime
                : Native.xc_first_error(_parser, address, (uint)bytes.Length, (uint)start, (uint)end, (ulong)left.TotalNanoseconds);
            return error == Native.NoTime ? null : error;
        }
    }

    /// <summary>
    /// Sets the items aside that hold errors, and reads each on its own; also returns the masked text without them.
    /// </summary>
    private (Attempt Attempt, byte[] Masked)? Isolate(Attempt first, ParsedText repaired, byte[] original, List<DirectiveGroup> groups,
        ItemEnds ends)
    {
        var parsed = repaired.Copy();
        var masked = parsed.Mask(first.Parsed.Bytes, original);
        var guests = FindGuests(parsed, masked, ends);
        var search = new ErrorSearch(parsed, masked, ends, groups, FirstError, SearchBytes + ((long)SearchFactor * parsed.Bytes.Length));
        var aside = search.Find(guests.Count > 0 ? 0 : FirstError(first));
        byte[] bytes = [.. parsed.Bytes];
        guests.ForEach(part => repaired.Bytes.AsSpan(part.Start..part.End).CopyTo(bytes.AsSpan(part.Start)));
        foreach (var (start, end) in aside)
        {
            parsed.SetAside(start, end);
        }

        if (!parsed.IsChanged || Parse(parsed) is not { } rest)
        {
            return null;
        }

        if (aside.Count == 0 && guests.Count == 0)
        {
            return (rest, masked);
        }

        var parts = aside.ConvertAll(range => new Part(range.Start, range.End, true, language));
        var all = parts.Concat(guests).OrderBy(part => part.Start).ToList();
        return Join(rest with { HasErrors = rest.HasErrors || aside.Count > 0 }, all, bytes) is { } joined ? (joined, masked) : null;
    }

    /// <summary>Sets the items aside that only the grammar of another language reads, and hides them in the masked text.</summary>
    private List<Part> FindGuests(ParsedText parsed, byte[] masked, ItemEnds ends)
    {
        var found = new List<Part>();
        var tried = 0;
        foreach (var (start, end) in language.Repairs.Guests.Count == 0 ? [] : Blocks.Items(masked, 0, masked.Length, ends))
        {
            if (tried == MostTried || FirstError(parsed.Bytes, start, end) is not >= 0)
            {
                continue;
            }

            tried++;
            if (language.Repairs.Guests.Select(find).FirstOrDefault(guest => guest is not null && Reads(guest, parsed.Bytes, start, end))
                is { } reader)
            {
                found.Add(new Part(start, end, false, reader));
            }
        }

        foreach (var (start, end, _, _) in found)
        {
            parsed.SetAside(start, end);
            Blocks.Hide(masked.AsSpan(start..end));
        }

        return found;
    }

    private bool Reads(CompiledLanguage guest, byte[] bytes, int start, int end)
    {
        SetLanguage(guest);
        var error = FirstError(bytes, start, end);
        SetLanguage(language);
        return error == ErrorSearch.None;
    }

    private void SetLanguage(CompiledLanguage other) => Native.ts_parser_set_language(_parser, other.Grammar);

    /// <summary>A part of a file that is parsed on its own.</summary>
    /// <param name="Start">First byte.</param>
    /// <param name="End">End, exclusive.</param>
    /// <param name="IsInside">Whether it is inside the definitions around it, which then have an error.</param>
    /// <param name="Language">The language whose grammar reads it.</param>
    private readonly record struct Part(int Start, int End, bool IsInside, CompiledLanguage Language);

    private static int FirstError(Attempt attempt) => Math.Min(
        attempt.Events.Where(item => item.Class == SymbolClass.Error).Select(item => (int)item.Start).DefaultIfEmpty(int.MaxValue).First(),
        attempt.Reading.Definitions.Where(definition => definition.HasErrors).Select(definition => definition.Start)
            .DefaultIfEmpty(attempt.Parsed.Bytes.Length).First());

    private Attempt? ReadChunks(Attempt best)
    {
        var chunks = ErrorChunks.Find(text, best.Events, best.Reading.Definitions);
        return chunks.Count == 0 ? null
            : Join(best, chunks.ConvertAll(chunk => new Part(chunk.Start, chunk.End, false, language)), best.Parsed.Bytes);
    }

    /// <summary>Parses parts of a file on their own and puts them between the rest of a reading.</summary>
    /// <param name="rest">The reading of the whole file.</param>
    /// <param name="parts">The parts, ascending and disjoint.</param>
    /// <param name="bytes">The text of the parts.</param>
    private Attempt? Join(Attempt rest, List<Part> parts, byte[] bytes)
    {
        var reading = new TreeReading(options);
        reading.Clear(rest.Parsed);
        var joined = new List<WalkEvent>(rest.Events.Length);
        var (next, isInside) = (0, false);
        foreach (var part in parts)
        {
            Copy(part.Start, part.IsInside ? text.Length : part.Start, part.Start);
            SetLanguage(part.Language);
            var tree = Parse(bytes, part.Start, part.End);
            SetLanguage(language);
            if (tree == null)
            {
                return null;
            }

            try
            {
                if (!Native.Walk(_walker, tree, part.Language, out var events, out var nodes))
                {
                    return null;
                }

                var before = reading.Definitions.Count;
                reading.Append(part.Language, text.AsSpan(0, part.End), part.End, events, nodes, matcher, joined.Count, part.IsInside);
                if (part.Language != language && !language.Roles.Contains(CaptureRole.Constructor))
                {
                    // What looks like a constructor in the guest's language is a function without a type.
                    reading.Definitions.Skip(before).Where(definition => definition.Role == CaptureRole.Constructor).ToList()
                        .ForEach(definition => definition.Role = CaptureRole.Function);
                }

                joined.AddRange(events);
            }
            finally
            {
                Native.ts_tree_delete(tree);
            }

            while (next < rest.Events.Length && rest.Events[next].Start < part.End)
            {
                next++;
            }

            isInside = part.IsInside;
        }

        Copy(int.MaxValue, text.Length, text.Length);
        foreach (var (start, end, _, _) in parts.Where(part => part.IsInside))
        {
            foreach (var definition in reading.Definitions.Where(definition => definition.Start <= start && definition.End >= end))
            {
                definition.HasErrors = true;
            }
        }

        reading.End(language, text);
        return new Attempt(rest.Parsed, [.. joined], [], reading, rest.HasErrors);

        void Copy(int before, int limit, int tokensEnd)
        {
            var from = next;
            while (next < rest.Events.Length && rest.Events[next].Start < before)
            {
                next++;
            }

            var part = rest.Events.AsSpan(from..next);
            reading.Append(language, text.AsSpan(0, limit), tokensEnd, part, rest.Nodes, matcher, joined.Count, isInside);
            joined.AddRange(part);
        }
    }
}
