using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Parses one file after the other; a file that cannot be parsed is a result, not an exception.</summary>
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
            var tree = CSharpSyntaxTree.ParseText(SourceText.From(text.Text), PlainBuild.ParseOptions(file.Path), file.Path, limit.Token);
            return new ParsedFile(index, file, SyntaxExtractor.Extract(tree, text, language, _tests, limit.Token), RoslynOutcome.SyntaxOnly,
                null);
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

/// <summary>A file after parsing.</summary>
/// <param name="Index">Its position in the unit.</param>
/// <param name="Source">The file.</param>
/// <param name="Syntax">What its syntax gave, or null.</param>
/// <param name="Outcome">Why there is no syntax; meaningless where there is.</param>
/// <param name="Detail">The same in words.</param>
internal sealed record ParsedFile(int Index, SourceFile Source, SyntaxResult? Syntax, RoslynOutcome Outcome, string? Detail)
{
    /// <summary>The result without resolved names, for <paramref name="reason"/> where there is a result.</summary>
    public RoslynFile ToFile(string reason) => Syntax is null
        ? new RoslynFile(Index, Source, null, Outcome, Detail)
        : new RoslynFile(Index, Source, Syntax.Extracted, RoslynOutcome.SyntaxOnly, reason);
}

/// <summary>
/// Finds text that the compiler's lexer and directive parser would recurse over without a guard of their own:
/// a stack overflow cannot be caught, so such files must not reach them.
/// </summary>
internal static class NestingGuard
{
    /// <summary>Deepest nesting of brackets let through. The parser's time grows with its square and cannot be cut short.</summary>
    public const int MaxBrackets = 1_500;

    /// <summary>Most nested holes of interpolated strings let through, counted as <c>{$</c>: here it is the cube.</summary>
    public const int MaxHoles = 800;

    /// <summary>Most <c>!</c> and <c>(</c> in one directive let through.</summary>
    public const int MaxDirectiveOperators = 1_000;

    /// <summary>Why the text must not be parsed, or null. Strings and comments count as code: an upper bound is wanted.</summary>
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
