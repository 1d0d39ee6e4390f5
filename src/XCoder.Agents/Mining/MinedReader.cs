using System.Text;
using XCoder.Agents.Decontamination;
using XCoder.Agents.Licences;
using XCoder.Agents.Redaction;
using XCoder.Analysis.Model;
using XCoder.Analysis.Seeds;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>Reads functions as they go into rows: guarded, dedented, described.</summary>
internal sealed class MinedReader(SnippetStore store, MinedFunctions functions, SensitiveTextGuard guard, LicencePolicy licences, ContaminationDetector benchmarks)
{
    private const int LongestLine = 400;

    /// <summary>Functions by node; where one may not be used, why.</summary>
    public Dictionary<int, (MinedCode? Code, MinedDrop? Drop)> Read(IEnumerable<int> nodes)
    {
        var result = new Dictionary<int, (MinedCode?, MinedDrop?)>();
        var byRow = nodes.Distinct().ToDictionary(functions.Row);
        StoredFile? file = null;
        foreach (var origin in store.Origins(byRow.Keys))
        {
            var node = byRow[origin.Row];
            var place = functions.Place(node);
            file = file?.Id == place.File ? file : store.File(place.File);
            result[node] = Read(origin, file, place.First, place.Tokens);
        }

        return result;
    }

    private (MinedCode?, MinedDrop?) Read(SnippetOrigin origin, StoredFile file, int first, int tokens)
    {
        var snippet = origin.Snippet;
        if (!licences.Allows(origin.Licence?.Spdx))
        {
            return (null, MinedDrop.Licence);
        }

        var (words, distinct, literals) = Words(file, first, tokens);
        if (SeedRater.Reject(new SeedFacts { Tokens = snippet.Tokens, DistinctTokens = distinct, Literals = literals }) is SeedRejection.Trivial or SeedRejection.Generated)
        {
            return (null, MinedDrop.Trivial);
        }

        var code = RowCode.Read(file, snippet.Span.StartByte, snippet.Span.EndByte, first, tokens, null);
        var bare = snippet.Documentation is { } text ? RowCode.Read(file, snippet.Span.StartByte, snippet.Span.EndByte, first, tokens, text) : code;
        if (RowCode.HasControls(code) || RowCode.HasControls(snippet.Name + snippet.QualifiedName + snippet.Signature) || code.Split('\n').Any(line => line.Length > LongestLine))
        {
            return (null, MinedDrop.Controls);
        }

        if (benchmarks.Find(code, snippet.Documentation) is not null)
        {
            return (null, MinedDrop.Benchmark);
        }

        if (guard.Redact(code).Counts.Count > 0)
        {
            return (null, MinedDrop.Redacted);
        }

        var description = snippet.Documentation is { } documentation ? DocumentationProse.Describe(documentation, snippet.Name, words) : null;
        var redacted = description is null || RowCode.HasControls(description) ? null : guard.Redact(description);
        return (new MinedCode(origin, code, bare, redacted?.Text, ScopeName.Of(snippet.Name, snippet.QualifiedName), redacted?.Counts ?? new Dictionary<string, int>()), null);
    }

    private static (HashSet<string> Words, int Distinct, int Literals) Words(StoredFile file, int first, int tokens)
    {
        var (words, distinct, literals) = (new HashSet<string>(), new HashSet<string>(), 0);
        for (var token = first; token < Math.Min(first + tokens, file.Tokens.Count); token++)
        {
            var text = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token));
            distinct.Add(text);
            literals += file.Tokens.Classes[token] is TokenClass.Number or TokenClass.String or TokenClass.Literal ? 1 : 0;
            if (file.Tokens.Classes[token] == TokenClass.Identifier)
            {
                words.UnionWith(NameWords.Split(text));
            }
        }

        return (words, distinct.Count, literals);
    }
}
