using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using XCoder.Agents;
using XCoder.Agents.Generation;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Rows;

/// <summary>The command <c>memory</c> shows and edits what the agents of a run remember.</summary>
internal static class MemoryCommand
{
    private static readonly Argument<string?> Of = new("LANGUAGE") { Description = "Only this language's agent",
        Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Run = new("--run") { Description = "Name of the run", HelpName = "NAME",
        DefaultValueFactory = _ => new GenerationOptions().Run };
    private static readonly Option<string?> AddMerit =
        new("--add-merit") { Description = "Teach the agent a merit, a quality to aim for; it is never dropped", HelpName = "TEXT" };
    private static readonly Option<string?> AddFault =
        new("--add-fault") { Description = "Teach the agent a fault to avoid; it is never dropped", HelpName = "TEXT" };
    private static readonly Option<string?> Forget = new("--forget") { Description = "Forget the lesson with this id", HelpName = "ID" };

    public static CliCommand Create()
    {
        var command = new CliCommand("memory", "Show and edit what the agents of a run remember: history, merits, faults", Execute,
            "xcoder memory",
            "xcoder memory python --add-fault \"Tasks that only wrap a library call\"",
            "xcoder memory python --forget 3f2a9c0d1b4e",
            "xcoder memory --format json > memory.json")
        {
            TakesRepository = false,
        };
        foreach (var symbol in (Option[])[Run, AddMerit, AddFault, Forget])
        {
            command.Add(symbol);
        }

        command.Add(Of);
        return command;
    }

    private static int Execute(CommandContext context)
    {
        var language = LanguageOf(context);
        var run = context.Get(Run);
        if (!context.Rows.HasAgents())
        {
            throw new UsageException("No agent has worked in this workspace yet, so there is nothing to remember. "
                + "'xcoder generate --endpoint URL --chat-model NAME' starts a run by agents.");
        }

        if (context.Get(AddMerit) is not null || context.Get(AddFault) is not null || context.Get(Forget) is not null)
        {
            context.Rows.EditMemory(run, language ?? throw new UsageException("Name the agent whose memory to edit: LANGUAGE."),
                memory => Edited(context, memory), context.Cancellation);
        }

        using var store = context.Rows.OpenRows();
        var memories =
            store.Memories(RowWorkspace.FindRun(store, run).Id).Values.Where(memory => language is null || memory.Language == language)
                .ToList();
        if (context.IsJson)
        {
            context.WriteJson(memories, static (json, memory) => JsonSerializer.Serialize(json, memory, RowJson.Options));
        }
        else
        {
            context.WriteReport(console => Show(console, memories));
        }

        return ExitCode.Done;
    }

    private static AgentMemory Edited(CommandContext context, AgentMemory memory)
    {
        var language = memory.Language;
        if (context.Get(Forget) is { } id)
        {
            memory = memory.Lessons.Any(lesson => lesson.Id == id)
                ? memory with { Lessons = [.. memory.Lessons.Where(lesson => lesson.Id != id)] }
                : throw new UsageException($"The {language} agent has no lesson '{id}'.");
        }

        var added = new[] { (LessonKind.Merit, context.Get(AddMerit)), (LessonKind.Fault, context.Get(AddFault)) }
            .Where(pair => pair.Item2 is not null)
            .Select(pair => string.IsNullOrWhiteSpace(pair.Item2) ? throw new UsageException("A lesson needs some text.")
                : Lesson.Of(language, pair.Item1, pair.Item2!, epoch: -1, isPinned: true));
        return memory.Learn(added, new MemoryOptions());
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<AgentMemory> memories)
    {
        if (memories.Count == 0)
        {
            console.Line("No agent of this run remembers anything yet: 'xcoder generate' with more rows lets them, "
                + "and --add-merit or --add-fault teaches one.");
        }

        foreach (var memory in memories)
        {
            console.Line(
                SafeText.ForTerminal(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{memory.Language}: {memory.Rows:N0} rows, reflected on the first {memory.Reflected:N0}")));
            if (memory.Lessons.Count > 0)
            {
                var table = new ReportTable(new ReportColumn("Kind", 8), new ReportColumn("Lesson", 9, MinWidth: 30),
                    new ReportColumn("Rows", 5, IsNumber: true), new ReportColumn("Accepted", 5, IsNumber: true),
                    new ReportColumn("Id", 7, MinWidth: 12));
                foreach (var lesson in memory.Lessons)
                {
                    table.Add(lesson.Kind == LessonKind.Merit ? "merit" : "fault",
                        lesson.Text + (lesson.IsPinned ? " (kept)" : lesson.From is { } from ? $" (from {from})" : ""),
                        lesson.Uses.ToString("N0", CultureInfo.InvariantCulture),
                        lesson.Accepted.ToString("N0", CultureInfo.InvariantCulture), lesson.Id);
                }

                table.Write(console);
            }

            foreach (var recent in memory.Recent)
            {
                console.Line(SafeText.ForTerminal("  wrote: " + recent));
            }
        }
    }

    private static string? LanguageOf(CommandContext context) => context.Get(Of) is { } name ? context.Family(name) : null;
}
