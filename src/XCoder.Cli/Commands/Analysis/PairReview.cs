using XCoder.Analysis;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>Shows pairs, asks whether they do the same, keeps the answers.</summary>
internal sealed class PairReview(CommandContext context, CalibrationSession session, string file)
{
    private const int MaxLines = 40;

    public void Ask(int count, int seed)
    {
        var number = 0;
        var pairs = session.PairsToJudge(count, seed).ToList();
        foreach (var (a, b, cosine, margin) in pairs)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Messages.WriteLine(FormattableString.Invariant($"\n--- pair {++number} of {pairs.Count}, cosine {cosine:0.00}, margin {margin:0.00}"));
            Show(a);
            Show(b);
            switch (Answer())
            {
                case 'y':
                    Keep(new LabelledPair(a.Id, b.Id, true));
                    break;
                case 'n':
                    Keep(new LabelledPair(a.Id, b.Id, false));
                    break;
                case 'q':
                    return;
                default:
                    break;
            }
        }
    }

    private void Show(Snippet snippet)
    {
        context.Messages.WriteLine(SafeText.ForTerminal($"{snippet.Language}  {snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}  {snippet.QualifiedName}"));
        var lines = SafeText.ForLines(session.Code(snippet.Id) ?? "").Split('\n');
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

    private void Keep(LabelledPair pair)
    {
        LabelFile.Append(file, pair);
        session.Judge(pair);
    }
}
