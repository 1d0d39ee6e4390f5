using System.Diagnostics;
using System.Globalization;
using System.Text;
using XCoder.Agents.Redaction;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Benchmarks.Redaction;

/// <summary>Runs the guard over all snippets of a workspace on one thread: MB/s, snippets with findings by kind, and a sample to judge by eye.</summary>
internal static class RedactionRun
{
    private const int Context = 70;

    // What lies in a file twice, once in a structure and once in its method, is shown once.
    private sealed record Shown(string Kind, string Place, string Line);

    public static int Run(Arguments arguments)
    {
        var folder = arguments.Require("WORKSPACE");
        var most = arguments.Number("snippets", long.MaxValue);
        var kinds = arguments.Text("kinds")?.Split(',');
        var guard = new SensitiveTextGuard();
        var (watch, snippets, bytes, sensitive) = (new Stopwatch(), 0L, 0L, 0L);
        var counts = new SortedDictionary<string, (long Findings, long Snippets)>(StringComparer.Ordinal);
        var shown = new Dictionary<(string, string), Shown>();
        using var store = WorkspaceFolder.OpenExisting(folder).OpenStore();
        foreach (var file in store.FilesWithSnippets(StoreSelection.All))
        {
            foreach (var snippet in file.Snippets.Select(tokens => tokens.Snippet))
            {
                var code = Encoding.UTF8.GetString(file.File.Text.AsSpan(snippet.Span.StartByte..snippet.Span.EndByte));
                (snippets, bytes) = (snippets + 1, bytes + snippet.Span.EndByte - snippet.Span.StartByte);
                watch.Start();
                var found = guard.Redact(code);
                watch.Stop();
                sensitive += found.Counts.Count > 0 ? 1 : 0;
                foreach (var (kind, count) in found.Counts)
                {
                    var (findings, holders) = counts.GetValueOrDefault(kind);
                    counts[kind] = (findings + count, holders + 1);
                }

                foreach (var finding in found.Counts.Count > 0 ? guard.Find(code) : [])
                {
                    var line = Line(code, finding.Start, finding.End);
                    shown.TryAdd((finding.Kind.Id, line), new Shown(finding.Kind.Id, $"{snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}", line));
                }
            }

            if (snippets >= most)
            {
                break;
            }
        }

        Say($"{snippets:N0} snippets, {bytes / 1e6:N1} MB in {watch.Elapsed.TotalSeconds:0.0} s: {bytes / 1e6 / watch.Elapsed.TotalSeconds:0.0} MB/s on one thread; {sensitive:N0} snippets with findings");
        foreach (var (kind, (findings, holders)) in counts)
        {
            Say($"  {kind,-24} {findings,8:N0} findings in {holders,7:N0} snippets, {shown.Values.Count(item => item.Kind == kind),7:N0} distinct");
        }

        Show([.. shown.Values.Where(item => kinds == null || kinds.Contains(item.Kind))], (int)arguments.Number("show", 0), (int)arguments.Number("seed", 1));
        return 0;
    }

    private static void Show(Shown[] all, int count, int seed)
    {
        new Random(seed).Shuffle(all);
        foreach (var item in all.Take(count).OrderBy(item => item.Kind, StringComparer.Ordinal))
        {
            Say($"{item.Kind} | {item.Place} | {item.Line}");
        }
    }

    private static string Line(string code, int start, int end)
    {
        var first = Math.Max(code.LastIndexOf('\n', Math.Max(0, start - 1)) + 1, Math.Max(0, start - Context));
        var last = code.IndexOf('\n', start) is >= 0 and var found ? Math.Max(found, end) : code.Length;
        return SafeText.ForTerminal(code[first..start].Trim() + "⟦" + code[start..end] + "⟧" + code[end..Math.Min(last, end + 30)].TrimEnd());
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
