using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Parses files one at a time. A file that cannot be parsed yields a result, not an exception.</summary>
internal sealed class FileParser(Language language, RoslynOptions options, CancellationToken cancellation)
{
    private readonly TestCode _tests = new(language.Tests);

    public ParsedFile Parse(int index, SourceFile file)
    {
        cancellation.ThrowIfCancellationRequested();
        if (NestingGuard.Reject(file.Text) is { } reason)
        {
            return new ParsedFile(index, file, null, RoslynOutcome.Failed, reason);
        }

        using var limit = new TimeLimit(options, cancellation);
        try
        {
            var text = Utf16Text.Decode(file.Text);
            var parseOptions = PlainBuild.ParseOptions(file);
            var tree = CSharpSyntaxTree.ParseText(SourceText.From(text.Text), parseOptions, file.Path, limit.Token);
            var syntax = SyntaxExtractor.Extract(tree, text, language, _tests, limit.Token);
            return new ParsedFile(index, file, syntax, RoslynOutcome.SyntaxOnly, null)
            {
                Branches = InactiveCode.Find(syntax, text, language, _tests, parseOptions, limit.Token),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ParsedFile(index, file, null, RoslynOutcome.TimedOut,
                $"parsing took longer than {options.FileTimeout.TotalSeconds} s of processor time");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ParsedFile(index, file, null, RoslynOutcome.Failed, $"the parser gave up: {e.GetType().Name}");
        }
    }
}

/// <summary>The result of parsing a file.</summary>
/// <param name="Index">Position of the file in the unit.</param>
/// <param name="Source">The file.</param>
/// <param name="Syntax">What its syntax yields, or null.</param>
/// <param name="Outcome">Why there is no syntax; meaningless if there is.</param>
/// <param name="Detail">The reason for people, or null.</param>
internal sealed record ParsedFile(int Index, SourceFile Source, SyntaxResult? Syntax, RoslynOutcome Outcome, string? Detail)
{
    /// <summary>What stands in inactive <c>#if</c> branches.</summary>
    public IReadOnlyList<FoundBranches> Branches { get; init; } = [];

    /// <summary>A result that holds the inactive branches, too, and the marks of the directives.</summary>
    public ExtractedFile WithBranches(ExtractedFile extracted)
    {
        var file = Branches.Aggregate(extracted, (file, branches) => BranchMerger.Merge(file, branches.Extracted, branches.Fresh));
        return file with { Layout = DirectiveMarks.Of(Source.Text, file.Tokens) };
    }

    /// <summary>
    /// The result without resolved names. <paramref name="reason"/> explains their absence if the file was parsed.
    /// </summary>
    public RoslynFile ToFile(string reason) => Syntax is null
        ? new RoslynFile(Index, Source, null, Outcome, Detail)
        : new RoslynFile(Index, Source, WithBranches(Syntax.Extracted), RoslynOutcome.SyntaxOnly, reason);
}

/// <summary>
/// Rejects text over which the compiler's lexer and directive parser would recurse without a guard. A stack overflow
/// cannot be caught, so such files must not reach them.
/// </summary>
internal static class NestingGuard
{
    /// <summary>Maximum nesting of brackets. Parse time grows with the square of the nesting and cannot be cut short.</summary>
    public const int MaxBrackets = 1_500;

    /// <summary>
    /// Maximum number of interpolated strings that begin in a hole of another, counted as <c>{$</c> and <c>{@$</c>.
    /// Parse time grows with the cube of their nesting.
    /// </summary>
    public const int MaxHoles = 800;

    /// <summary>Maximum number of <c>!</c> and <c>(</c> in one directive.</summary>
    public const int MaxDirectiveOperators = 1_000;

    /// <summary>
    /// The reason why the text must not be parsed, or null. Strings and comments count as code, since an upper bound is
    /// enough.
    /// </summary>
    public static string? Reject(ReadOnlySpan<byte> text)
    {
        if (Brackets(text) is > MaxBrackets and var depth)
        {
            return $"brackets nest {depth} deep, more than {MaxBrackets}";
        }

        if (Holes(text) is > MaxHoles and var holes && Brackets(text) > MaxHoles)
        {
            return $"{holes} interpolated strings begin inside another, more than {MaxHoles}, and brackets nest as deep";
        }

        for (int at; (at = text.IndexOf((byte)'#')) >= 0;)
        {
            text = text[(at + 1)..];
            var end = text.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? text : text[..end];
            var operators = line.Count((byte)'!') + line.Count((byte)'(');
            if (operators > MaxDirectiveOperators)
            {
                return $"a directive holds {operators} operators, more than {MaxDirectiveOperators}";
            }

            text = text[line.Length..];
        }

        return null;
    }

    private static int Brackets(ReadOnlySpan<byte> text)
    {
        var (depth, deepest) = (0, 0);
        foreach (var b in text)
        {
            if (b is (byte)'(' or (byte)'[' or (byte)'{')
            {
                deepest = Math.Max(deepest, ++depth);
            }
            else if (b is (byte)')' or (byte)']' or (byte)'}')
            {
                depth = Math.Max(0, depth - 1);
            }
        }

        return deepest;
    }

    private static int Holes(ReadOnlySpan<byte> text) => text.Count("{$"u8) + text.Count("{@$"u8);
}
