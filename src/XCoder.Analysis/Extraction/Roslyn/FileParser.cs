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
            return new ParsedFile(index, file, SyntaxExtractor.Extract(tree, text, language, _tests, limit.Token), RoslynOutcome.SyntaxOnly, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ParsedFile(index, file, null, RoslynOutcome.TimedOut, $"parsing took longer than {options.FileTimeout.TotalSeconds} s of processor time");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ParsedFile(index, file, null, RoslynOutcome.Failed, $"the parser gave up: {e.GetType().Name}");
        }
    }
}
