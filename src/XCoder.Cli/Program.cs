using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using XCoder.Agents.Chat;
using XCoder.Agents.Generation;
using XCoder.Agents.Prompts;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Cli;
using XCoder.Cli.Commands;
using XCoder.Cli.Commands.Completion;

// Numbers have the same format on every machine.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

// By default, standard error is unbuffered and on some machines not UTF-8.
using var messages = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
using var cancellation = new CancellationTokenSource();

void OnSignal(PosixSignalContext signal)
{
    // The first signal requests an orderly end, the second ends the process at once.
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

var root = CommandLine.Build();
if (Completer.Asked(args) is { } asked)
{
    using var candidates = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
    Completer.Write(candidates, Completer.Complete(root, asked.Line), asked.IsDescribed);
    return ExitCode.Done;
}

var arguments = OldNames.Replace(args);
var parsed = root.Parse(arguments);
if (parsed.Action != parsed.CommandResult.Command.Action && parsed.Action is not ParseErrorAction)
{
    return parsed.Invoke(); // --help, --version
}

// A file of settings may have an option that the command requires.
if (parsed.Errors.Count > 0 && !CommandSettings.LacksOption(parsed))
{
    return Refuse(ParseErrors.Describe(parsed));
}

if (parsed.CommandResult.Command is not CliCommand command)
{
    return root.Parse("--help").Invoke();
}

try
{
    // What files of settings say comes in as if it stood on the command line.
    var settings = CommandSettings.Read(parsed);
    var problems = settings.Problems.ToList();
    var set = CommandSettings.Options(settings, root, parsed, problems);
    parsed = set.Count == 0 ? parsed : root.Parse(CommandSettings.Add(arguments, set));
    if (parsed.Errors.Count > 0)
    {
        var files = string.Join(", ", set.Select(static option => option.File).Distinct());
        return Refuse(set.Count == 0 ? ParseErrors.Describe(parsed)
            : ParseErrors.Describe(parsed).Append($"some options come from {files}; 'xcoder config' shows them"));
    }

    var context = new CommandContext(parsed, messages, new AppliedSettings(settings, set), cancellation.Token);
    foreach (var problem in problems)
    {
        context.Say(problem);
    }

    context.RequireRepository();
    if (context.Repository is not null && !command.TakesRepository)
    {
        context.Say($"--repository has no effect here: '{command.Name}' ignores it.");
    }

    var result = command.Run(context);
    context.SayNotes();
    return result;
}
catch (Exception exception) when (exception is OperationCanceledException
    or AggregateException { InnerException: OperationCanceledException } && cancellation.IsCancellationRequested)
{
    messages.WriteLine("xcoder: interrupted; finished work is kept.");
    return ExitCode.Interrupted;
}
catch (EndpointException exception)
{
    // Only a part of the work is done.
    Fail(exception.Message);
    return ExitCode.Lost;
}
catch (Exception exception) when (exception is RequestException or PathNotFoundException or StoreException or EmbeddingException
    or InvalidDataException or PromptException or RunMismatchException)
{
    return Fail(exception.Message);
}
catch (AggregateException exception) when (exception.Flatten().InnerExceptions.Any(
    inner => inner is StoreException or EmbeddingException or InvalidDataException or IOException))
{
    // Several threads failed with such an exception.
    return Fail(exception.Flatten().InnerExceptions.First(inner => inner is StoreException or EmbeddingException or InvalidDataException
        or IOException).Message);
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    // A reader that closes the pipe, such as head, is not an error.
    if (exception is IOException { HResult: 32 })
    {
        return ExitCode.Done;
    }

    return Fail(exception.Message);
}
catch (Exception exception) when (Surroundings(exception) is not null && !parsed.GetValue(GlobalOptions.Verbose))
{
    return Fail(Surroundings(exception)!);
}
catch (Exception exception) when (!parsed.GetValue(GlobalOptions.Verbose))
{
    return Fail($"unexpected error, a bug in this program: {exception.GetType().Name}: {exception.Message} Finished work is kept. "
        + "--verbose shows where it happened.");
}
catch (Exception exception)
{
    messages.WriteLine(SafeText.ForLines(exception.ToString()));
    return Fail($"unexpected error, a bug in this program: {exception.GetType().Name}: {exception.Message}");
}

// Finds what the system refused, at any depth of inner exceptions: a file, a folder, a library, memory.
static string? Surroundings(Exception exception)
{
    for (var cause = exception; cause is not null; cause = cause.InnerException)
    {
        if (cause is IOException or UnauthorizedAccessException or DllNotFoundException or OutOfMemoryException
            or System.ComponentModel.Win32Exception)
        {
            return cause.Message;
        }
    }

    return null;
}

int Refuse(IEnumerable<string> errors)
{
    foreach (var error in errors)
    {
        messages.WriteLine($"xcoder: {SafeText.ForTerminal(error)}");
    }

    messages.WriteLine($"See 'xcoder {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help'.");
    return ExitCode.Usage;
}

int Fail(string message)
{
    messages.WriteLine($"xcoder: {SafeText.ForTerminal(message + OpenFileLimit.Advice)}");
    return ExitCode.Usage;
}
