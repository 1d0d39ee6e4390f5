using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Adds to an extracted file what another parse of it found in text that was inactive in the first.</summary>
internal static class BranchMerger
{
    /// <summary>The file with the tokens, and the snippets, that lie in text that was inactive before.</summary>
    /// <param name="file">What is known so far.</param>
    /// <param name="other">The file parsed with other symbols.</param>
    /// <param name="fresh">The ranges that became active, in bytes, ascending.</param>
    public static ExtractedFile Merge(ExtractedFile file, ExtractedFile other, IReadOnlyList<(int Start, int End)> fresh)
    {
        var tokens = Tokens(file.Tokens, other.Tokens, fresh);
        var imports = file.Imports.Concat(other.Imports.Except(file.Imports)).ToArray();
        var entries = file.Snippets.Select((snippet, i) => (Snippet: snippet, IsNew: false, Old: i)).ToList();
        for (var i = 0; i < other.Snippets.Count; i++)
        {
            var span = other.Snippets[i].Span;
            if (IsFresh(span.StartByte, fresh) && IsFresh(span.EndByte - 1, fresh))
            {
                entries.Add((other.Snippets[i], true, i));
            }
        }

        var ordered = Nested([.. entries.OrderBy(entry => entry.Snippet.Span.StartByte)
            .ThenByDescending(entry => entry.Snippet.Span.EndByte).ThenBy(entry => entry.Old)]);
        var places = new int[file.Snippets.Count];
        for (var i = 0; i < ordered.Count; i++)
        {
            if (!ordered[i].IsNew)
            {
                places[ordered[i].Old] = i;
            }
        }

        var snippets = new ExtractedSnippet[ordered.Count];
        var around = new Stack<int>();
        for (var i = 0; i < ordered.Count; i++)
        {
            var (snippet, isNew, _) = ordered[i];
            while (around.TryPeek(out var outer) && snippets[outer].Span.EndByte <= snippet.Span.StartByte)
            {
                around.Pop();
            }

            var first = tokens.IndexAtOrAfter(snippet.Span.StartByte);
            snippets[i] = snippet with
            {
                FirstToken = first,
                TokenCount = tokens.IndexAtOrAfter(snippet.Span.EndByte) - first,
                Parent = isNew ? (around.TryPeek(out var parent) ? parent : -1) : snippet.Parent < 0 ? -1 : places[snippet.Parent],
                Imports = isNew ? [.. snippet.Imports.Select(import => Array.IndexOf(imports, other.Imports[import]))] : snippet.Imports,
            };
            around.Push(i);
        }

        return file with
        {
            Tokens = tokens,
            Snippets = snippets,
            Imports = imports,
            HasErrors = file.HasErrors || ordered.Exists(entry => entry.IsNew && entry.Snippet.HasErrors),
            InactiveBytes = file.InactiveBytes - fresh.Sum(range => range.End - range.Start),
        };
    }

    private static TokenStream Tokens(TokenStream old, TokenStream other, IReadOnlyList<(int Start, int End)> fresh)
    {
        var all = new List<(int Start, int Length, TokenClass Class)>(old.Count);
        for (var i = 0; i < old.Count; i++)
        {
            all.Add((old.Starts[i], old.Lengths[i], old.Classes[i]));
        }

        foreach (var (start, end) in fresh)
        {
            for (var i = other.IndexAtOrAfter(start); i < other.Count && other.Starts[i] < end; i++)
            {
                all.Add((other.Starts[i], other.Lengths[i], other.Classes[i]));
            }
        }

        all.Sort((left, right) => left.Start.CompareTo(right.Start));
        return new TokenStream([.. all.Select(token => token.Start)], [.. all.Select(token => token.Length)],
            [.. all.Select(token => token.Class)]);
    }

    /// <summary>The entries without new ones that begin inside another and end outside.</summary>
    private static List<(ExtractedSnippet Snippet, bool IsNew, int Old)> Nested(
        List<(ExtractedSnippet Snippet, bool IsNew, int Old)> entries)
    {
        var crossing = new HashSet<int>();
        var open = new List<int>();
        for (var i = 0; i < entries.Count; i++)
        {
            var span = entries[i].Snippet.Span;
            open.RemoveAll(outer => entries[outer].Snippet.Span.EndByte <= span.StartByte);
            foreach (var outer in open.Where(outer => entries[outer].Snippet.Span.EndByte < span.EndByte))
            {
                crossing.Add(entries[i].IsNew ? i : outer);
            }

            open.Add(i);
        }

        return [.. entries.Where((_, i) => !crossing.Contains(i))];
    }

    private static bool IsFresh(int offset, IReadOnlyList<(int Start, int End)> fresh)
    {
        var (low, high) = (0, fresh.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = fresh[middle].End <= offset ? (middle + 1, high) : (low, middle);
        }

        return low < fresh.Count && fresh[low].Start <= offset;
    }
}
