using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

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
            return new RoslynFile(file.Index, file.Source, extracted, RoslynOutcome.Resolved);
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
        { Syntax.Depth: var depth } when depth > _options.MaxTreeDepth => $"the tree is {depth} nodes deep, more than {_options.MaxTreeDepth}",
        _ when PlainBuild.IsScript(file.Source.Path) => "scripts are not resolved",
        _ => null,
    };

    private string? WhyNotBound(SyntaxResult syntax) => syntax.LambdaDepth > _options.MaxLambdaDepth
        ? $"lambdas nest {syntax.LambdaDepth} deep, more than {_options.MaxLambdaDepth}"
        : null;

    // Whether a project enables them stands in files that are not evaluated; but who has them rarely writes them.
    private static bool UsesImplicitUsings(IReadOnlyList<ParsedFile> files)
    {
        var parsed = files.Count(file => file.Syntax is not null);
        var explicitly = files.Count(file => file.Syntax?.Extracted.Imports.Contains("using System;") == true);
        return explicitly * 4 < parsed;
    }
}
