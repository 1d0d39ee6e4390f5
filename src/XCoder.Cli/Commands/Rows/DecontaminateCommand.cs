using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Decontamination;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Rows;

/// <summary>
/// The command <c>decontaminate</c> marks stored rows that hold parts of benchmarks, checks a file, or makes a fingerprint.
/// </summary>
internal static class DecontaminateCommand
{
    /// <summary>The option <c>--benchmark</c> for the user's own benchmarks.</summary>
    public static readonly Option<string[]> Benchmark =
        new("--benchmark") { Description =
            "Another benchmark to keep out, in addition to the built-in ones: JSON lines (also gzipped), text, or "
                + "a .fingerprint; may be repeated", HelpName = "FILE", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string?> Make =
        new("--make") { Description = "Make a fingerprint with this name from the files of --from, and write it to --output",
            HelpName = "NAME" };
    private static readonly Option<string[]> From =
        new("--from") { Description = "Files of the benchmark; LABEL=FILE puts LABEL/ before its problems' ids; may be repeated",
            HelpName = "FILE", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Fields =
        new("--fields") { Description =
            "Fields whose text is read (default: prompt, declaration, canonical_solution, text, code, test, tests, test_list and the like)",
            HelpName = "LIST" };
    private static readonly Option<string?> About =
        new("--about") { Description = "Origin and licence of the files; stored in the fingerprint", HelpName = "TEXT" };
    private static readonly Option<string?> Check =
        new("--check") { Description =
            "Check texts of this file, JSON lines with code, instruction, response and the like, instead of "
                + "the stored rows; '-' is standard input", HelpName = "FILE" };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("decontaminate",
                "Find rows that hold parts of HumanEval, HumanEval-X, MBPP, MultiPL-E or a benchmark of your "
                    + "own, and mark them so that no export includes them", Run,
            "xcoder decontaminate",
            "xcoder decontaminate --benchmark own.jsonl --format jsonl",
            "xcoder decontaminate --check pairs.jsonl --format jsonl",
            "xcoder decontaminate --make own --from own.jsonl --output own.fingerprint")
        {
            TakesRepository = false,
        };
        foreach (Option option in (Option[])[Benchmark, Make, From, Fields, About, Check])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>A detector of the built-in benchmarks and of those named with <c>--benchmark</c>.</summary>
    public static ContaminationDetector DetectorOf(CommandContext context) =>
        context.Get(Benchmark) is { Length: > 0 } own ? BenchmarkLibrary.Open(own) : BenchmarkLibrary.Shipped;

    private static int Run(CommandContext context)
    {
        return context.Get(Make) is { } name ? MakeFingerprint(context, name) : context.Get(Check) is { } file ? CheckFile(context, file)
            : MarkRows(context);
    }

    private static int MakeFingerprint(CommandContext context, string name)
    {
        if (context.Output is null || context.Get(From) is not { Length: > 0 } files)
        {
            throw new UsageException("--make NAME needs --from FILE... and --output FILE.fingerprint.");
        }

        var reader = new BenchmarkReader(context.Get(Fields) is { } fields ? CommandContext.Split(fields) : null);
        var read = files.Select(file => File.Exists(file) ? reader.Read(file)
            : file.Split('=', 2) is [{ } label, { } path] && File.Exists(path) ? reader.Read(path, label)
            : throw new UsageException($"--from: {SafeText.ForTerminal(file)} does not exist.")).ToList();
        var fingerprint = Fingerprint.Of(name, read, context.Get(About) ?? "");
        context.Write(stream => FingerprintFile.Write(stream, fingerprint));
        context.Say(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {fingerprint.Problems.Count:N0} problems, {fingerprint.GramCount:N0} 10-grams, "
                + $"{fingerprint.SignatureCount:N0} signatures; {fingerprint.Header.Boilerplate:N0} 10-grams left out as boilerplate. "
                + $"{context.Output}"));
        return ExitCode.Done;
    }

    private static int CheckFile(CommandContext context, string file)
    {
        var (detector, line, found) = (DetectorOf(context), 0, new List<(string Row, Contamination What)>());
        using var reader = file == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(file);
        while (reader.ReadLine() is { } json)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            line++;
            if (json.Length > 0 && RecordTexts.Of(json, file, line).Select(text => detector.FindIn(text.Part, text.Text))
                .FirstOrDefault(what => what is not null) is { } what)
            {
                found.Add((RecordTexts.IdOf(json) ?? line.ToString(CultureInfo.InvariantCulture), what));
            }
        }

        Report(context, line, found, "records");
        return ExitCode.Done;
    }

    private static int MarkRows(CommandContext context)
    {
        if (!context.Rows.HasRows)
        {
            throw new UsageException(
                $"The workspace {context.WorkspacePath} holds no generated rows. --check FILE checks those of a file.");
        }

        var (seen, found) = context.Rows.MarkContaminated(DetectorOf(context), context.Cancellation);
        Report(context, seen, [.. found.Select(row => (row.Id, row.Contamination!))], "rows");
        return ExitCode.Done;
    }

    private static void Report(CommandContext context, int seen, IReadOnlyList<(string Row, Contamination What)> found, string things)
    {
        if (context.Format == "text")
        {
            context.WriteText(writer =>
            {
                writer.WriteLine(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{found.Count:N0} of {seen:N0} {things} hold parts of "
                            + $"benchmarks{(things == "rows" ? "; they stay in the store, and no export includes them" : "")}."));
                foreach (var (row, what) in found)
                {
                    writer.WriteLine($"  {SafeText.ForTerminal(row)}: {SafeText.ForTerminal(what.ToString())}");
                }
            });
            return;
        }

        if (context.Format == "json")
        {
            context.WriteJson(
                json => JsonSerializer.Serialize(json,
                    new { seen, contaminated = found.Count,
                        rows = found.Select(item => new { row = item.Row, contamination = item.What }) }, RowJson.Options));
            return;
        }

        context.WriteJson(found,
            (json, item) => JsonSerializer.Serialize(json, new { row = item.Row, contamination = item.What }, RowJson.Options));
    }
}
