using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Extracts the C# files of one unit (a project folder, see <c>ProjectFolders</c>) with the C# compiler. Names are
/// resolved in a compilation of these files and the running framework. No project file is evaluated, and no generator
/// or analyzer runs.
/// </summary>
public static class RoslynProject
{
    /// <summary>Extracts every file and reports each one as soon as it and those before it are done.</summary>
    /// <param name="files">The unit's files. Results depend on which files there are, but not on their order.</param>
    /// <param name="language">The language's manifest row: id, separator and test rules.</param>
    /// <param name="options">Limits and number of threads.</param>
    /// <param name="found">Receives one result per file, in the order of <paramref name="files"/>, never concurrently.</param>
    /// <param name="cancellation">Cancels the whole unit.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static void Extract(
        IReadOnlyList<SourceFile> files,
        Language language,
        RoslynOptions options,
        Action<RoslynFile> found,
        CancellationToken cancellation = default)
    {
        options.Validate();
        var output = new OrderedOutput(files.Count, found);
        var parser = new FileParser(language, options, cancellation);
        if (WhyNotResolved(files, options) is { } reason)
        {
            LargeStackThreads.ForEach(files.Count, options, i => output.Add(parser.Parse(i, files[i]).ToFile(reason)));
            return;
        }

        var parsed = new ParsedFile[files.Count];
        LargeStackThreads.ForEach(files.Count, options, i => parsed[i] = parser.Parse(i, files[i]));
        var binder = new UnitBinder(parsed, language, options, cancellation);
        LargeStackThreads.ForEach(files.Count, options, i =>
        {
            output.Add(binder.Bind(parsed[i]));
            parsed[i] = null!;
        });
    }

    private static string? WhyNotResolved(IReadOnlyList<SourceFile> files, RoslynOptions options)
    {
        if (!options.Resolve)
        {
            return "name resolution is switched off";
        }

        if (files.Count > options.MaxUnitFiles)
        {
            return $"the unit has {files.Count} files, more than {options.MaxUnitFiles}";
        }

        var bytes = files.Sum(file => (long)file.Text.Length);
        return bytes > options.MaxUnitBytes ? $"the unit has {bytes} bytes, more than {options.MaxUnitBytes}" : null;
    }
}

/// <summary>The result of extracting one file.</summary>
/// <param name="Index">Position in the files given to <see cref="RoslynProject.Extract"/>.</param>
/// <param name="Source">The file itself.</param>
/// <param name="Extracted">
/// The extracted file; null for <see cref="RoslynOutcome.Failed"/> and <see cref="RoslynOutcome.TimedOut"/>.
/// </param>
/// <param name="Outcome">How far extraction got.</param>
/// <param name="Detail">Why extraction got no further, for people; null for <see cref="RoslynOutcome.Resolved"/>.</param>
public sealed record RoslynFile(int Index, SourceFile Source, ExtractedFile? Extracted, RoslynOutcome Outcome, string? Detail = null);

/// <summary>How far extraction of one C# file got.</summary>
public enum RoslynOutcome
{
    /// <summary>Syntax and resolved names are available.</summary>
    Resolved,

    /// <summary>Syntax only; <see cref="RoslynFile.Detail"/> says why names were not resolved.</summary>
    SyntaxOnly,

    /// <summary>Nothing, because the parser gave up; <see cref="RoslynFile.Detail"/> says why.</summary>
    Failed,

    /// <summary>Nothing, because parsing exceeded the time limit.</summary>
    TimedOut,
}

/// <summary>Passes results on one at a time in the order of their index, whatever order they arrive in.</summary>
internal sealed class OrderedOutput(int count, Action<RoslynFile> found)
{
    private readonly RoslynFile?[] _waiting = new RoslynFile?[count];
    private readonly Lock _lock = new();
    private int _next;

    public void Add(RoslynFile file)
    {
        lock (_lock)
        {
            _waiting[file.Index] = file;
            for (; _next < _waiting.Length && _waiting[_next] is { } ready; _next++)
            {
                _waiting[_next] = null;
                found(ready);
            }
        }
    }
}

/// <summary>
/// Runs work on dedicated threads with a large stack. The compiler recurses over syntax and limits most of its
/// recursion by the remaining stack, so on a pool thread's 1.5 MB it would reject code that is merely long.
/// </summary>
internal static class LargeStackThreads
{
    /// <summary>
    /// Calls <paramref name="work"/> for each index below <paramref name="count"/>, and rethrows the first failure.
    /// </summary>
    public static void ForEach(int count, RoslynOptions options, Action<int> work)
    {
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        void Worker(int number)
        {
            try
            {
                for (int i; Volatile.Read(ref failure) is null && (i = Interlocked.Increment(ref next)) < count;)
                {
                    options.Entering?.Invoke(number, i);
                    try
                    {
                        work(i);
                    }
                    finally
                    {
                        options.Leaving?.Invoke(number);
                    }
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }

        var threads = new Thread[Math.Min(count, options.Threads)];
        for (var i = 0; i < threads.Length; i++)
        {
            var number = i;
            threads[i] = new Thread(() => Worker(number), options.StackBytes) { IsBackground = true, Name = "C# extraction" };
            threads[i].Start();
        }

        Array.ForEach(threads, thread => thread.Join());
        failure?.Throw();
    }
}

/// <summary>Resolves the names of a unit's files in one compilation.</summary>
internal sealed class UnitBinder
{
    private readonly RoslynOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly CSharpCompilation _compilation;
    private readonly SymbolNames _names;

    public UnitBinder(IReadOnlyList<ParsedFile> files, Language language, RoslynOptions options, CancellationToken cancellation)
    {
        (_options, _cancellation, _names) = (options, cancellation, new SymbolNames(language.Separator));
        var trees = files.Where(file => WhyNotCompiled(file) is null).Select(file => file.Syntax!.Tree);
        _compilation = PlainBuild.Compilation.AddSyntaxTrees(UsesImplicitUsings(files) ? trees.Append(PlainBuild.ImplicitUsings) : trees);
    }

    public RoslynFile Bind(ParsedFile file)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (file.Syntax is not { } syntax || (WhyNotCompiled(file) ?? WhyNotBound(syntax)) is { } reason)
        {
            return file.ToFile(WhyNotCompiled(file) ?? WhyNotBound(file.Syntax!)!);
        }

        using var limit = new TimeLimit(_options, _cancellation);
        try
        {
            var extracted = FactsExtractor.Extract(syntax, syntax.Tree, _compilation, _names, limit.Token);
            return new RoslynFile(file.Index, file.Source, file.WithBranches(extracted), RoslynOutcome.Resolved);
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
        {
            return file.ToFile($"resolving names took longer than {_options.FileTimeout.TotalSeconds} s of processor time");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return file.ToFile($"the compiler gave up on resolving names: {e.GetType().Name}");
        }
    }

    private string? WhyNotCompiled(ParsedFile file) => file switch
    {
        { Syntax: null } => "not parsed",
        { Syntax.Depth: var depth } when depth > _options.MaxTreeDepth =>
            $"the tree is {depth} nodes deep, more than {_options.MaxTreeDepth}",
        _ when PlainBuild.IsScript(file.Source) => "scripts are not resolved",
        _ => null,
    };

    private string? WhyNotBound(SyntaxResult syntax) => syntax.LambdaDepth > _options.MaxLambdaDepth
        ? $"lambdas nest {syntax.LambdaDepth} deep, more than {_options.MaxLambdaDepth}"
        : null;

    // Project files, which are not evaluated, say whether implicit usings are enabled. But code that has them rarely
    // writes them out.
    private static bool UsesImplicitUsings(IReadOnlyList<ParsedFile> files)
    {
        var parsed = files.Count(file => file.Syntax is not null);
        var explicitly = files.Count(file => file.Syntax?.Extracted.Imports.Contains("using System;") == true);
        return explicitly * 4 < parsed;
    }
}
