using XCoder.Analysis.Model;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli;

/// <summary>
/// Shows pairs, asks whether they do the same, keeps the answers. Pairs come from all margins alike: a bin that nobody
/// looked into teaches nothing.
/// </summary>
internal sealed class PairReview(CommandContext context, SnippetStore store, SemanticIndex index, string file)
{
    private const int MaxLines = 40;
    private const double BinWidth = 0.05;

    public void Ask(CalibrationRun run, int count, int seed)
    {
        var pairs = Choose(run, count, seed);
        for (var number = 0; number < pairs.Count; number++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var rows = new[] { index.Nodes.First(pairs[number].A), index.Nodes.First(pairs[number].B) };
            var snippets = store.Snippets(rows);
            if (!rows.All(snippets.ContainsKey))
            {
                continue;
            }

            var (a, b) = (snippets[rows[0]], snippets[rows[1]]);
            context.Messages.WriteLine(FormattableString.Invariant($"\n--- pair {number + 1} of {pairs.Count}, cosine {pairs[number].Cosine:0.00}, margin {pairs[number].Margin:0.00}"));
            Show(a);
            Show(b);
            switch (Answer())
            {
                case 'y':
                    Keep(run, new LabelledPair(a.Id, b.Id, true));
                    break;
                case 'n':
                    Keep(run, new LabelledPair(a.Id, b.Id, false));
                    break;
                case 'q':
                    return;
                default:
                    break;
            }
        }
    }

    private static List<Analysis.Duplicates.SemanticPair> Choose(CalibrationRun run, int count, int seed)
    {
        var random = new Random(seed);
        var bins = run.Pairs.Where(pair => !run.IsLabelled(pair)).GroupBy(pair => (int)Math.Floor(Math.Min(pair.Margin, 0.5) / BinWidth)).OrderBy(bin => bin.Key)
            .Select(bin => new Queue<Analysis.Duplicates.SemanticPair>(Shuffled(bin.ToArray(), random))).ToList();
        var chosen = new List<Analysis.Duplicates.SemanticPair>();
        for (var any = true; any && chosen.Count < count;)
        {
            any = false;
            foreach (var bin in bins)
            {
                if (chosen.Count < count && bin.TryDequeue(out var pair))
                {
                    chosen.Add(pair);
                    any = true;
                }
            }
        }

        return chosen;
    }

    private static Analysis.Duplicates.SemanticPair[] Shuffled(Analysis.Duplicates.SemanticPair[] pairs, Random random)
    {
        random.Shuffle(pairs);
        return pairs;
    }

    private void Show(Snippet snippet)
    {
        context.Messages.WriteLine(SafeText.ForTerminal($"{snippet.Language}  {snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}  {snippet.QualifiedName}"));
        var lines = SafeText.ForLines(store.Code(snippet.Id) ?? "").Split('\n');
        foreach (var line in lines.Take(MaxLines))
        {
            context.Messages.WriteLine("  | " + line);
        }

        if (lines.Length > MaxLines)
        {
            context.Messages.WriteLine($"  … {lines.Length - MaxLines} more lines");
        }
    }

    private char Answer()
    {
        while (true)
        {
            context.Messages.Write("Do they do the same? [y]es, [n]o, [s]kip, [q]uit: ");
            context.Messages.Flush();
            if (Console.In.ReadLine() is not { } line)
            {
                return 'q';
            }

            if (line.Trim() is [var key, ..] && "ynsq".Contains(char.ToLowerInvariant(key), StringComparison.Ordinal))
            {
                return char.ToLowerInvariant(key);
            }
        }
    }

    private void Keep(CalibrationRun run, LabelledPair pair)
    {
        LabelFile.Append(file, pair);
        run.Label(store, pair);
    }
}
