using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction;

/// <summary>The result of checking a language: grammar, ABI, query, captures, and the snippets found in its sample.</summary>
public sealed record LanguageCheck
{
    private const string TreeSitter = "tree-sitter";
    private const int OldestAbi = 13, NewestAbi = 15;

    /// <summary>The language that was checked.</summary>
    public required Language Language { get; init; }

    /// <summary>ABI version of the grammar; 0 if there is none.</summary>
    public uint AbiVersion { get; init; }

    /// <summary>Number of definition patterns in the query file.</summary>
    public int Patterns { get; init; }

    /// <summary>Captures that nearly every language needs but the query file lacks.</summary>
    public IReadOnlyList<string> MissingCaptures { get; init; } = [];

    /// <summary>Number of snippets found in the sample; null if it was not read.</summary>
    public int? Snippets { get; init; }

    /// <summary>What is wrong, for people; null if the language works.</summary>
    public string? Problem { get; init; }

    /// <summary>Checks that the language's parser can be loaded on this machine; reads neither its query nor its sample.</summary>
    /// <param name="catalog">The catalog that contains the language.</param>
    /// <param name="language">The language to check.</param>
    public static LanguageCheck Load(LanguageCatalog catalog, Language language)
    {
        try
        {
            return language.Parser == TreeSitter ? OfAbi(language, catalog.AbiVersion(language))
                : new LanguageCheck { Language = language };
        }
        catch (InvalidDataException exception)
        {
            return new LanguageCheck { Language = language, Problem = exception.Message };
        }
    }

    /// <summary>Checks one language.</summary>
    /// <param name="catalog">The catalog that contains the language.</param>
    /// <param name="language">The language to check.</param>
    public static LanguageCheck Run(LanguageCatalog catalog, Language language)
    {
        var sample = catalog.SamplePath(language) is { } path ? new SourceFile(Path.GetFileName(path), File.ReadAllBytes(path), 0) : null;
        if (language.Parser != TreeSitter)
        {
            return WithSnippets(new LanguageCheck { Language = language }, sample is null ? null : Compiled(sample, language));
        }

        try
        {
            var compiled = catalog.Compile(language);
            if (OfAbi(language, compiled.AbiVersion) is { Problem: not null } unreadable)
            {
                return unreadable;
            }

            var classes = QueryFile.Parse(catalog.QueryText(language)).Where(pattern => pattern.Class is not null)
                .Select(pattern => pattern.Class!).ToHashSet();
            var check = new LanguageCheck
            {
                Language = language,
                AbiVersion = compiled.AbiVersion,
                Patterns = compiled.Forms.Length,
                MissingCaptures = [.. new[] { "identifier", "number", "string", "comment" }.Where(name => !classes.Contains(name)),
                    .. new[] { CaptureRole.Name, CaptureRole.Body }.Where(role => !compiled.Roles.Contains(role))
                        .Select(role => role.ToString().ToLowerInvariant())],
            };
            if (check.Patterns == 0)
            {
                return check with { Problem = $"queries/{language.Id}.scm defines nothing" };
            }

            if (check.MissingCaptures.Count > 0)
            {
                return check with { Problem = $"queries/{language.Id}.scm has no @{string.Join(", @", check.MissingCaptures)}" };
            }

            if (sample is null)
            {
                return check with { Problem = "it has no sample" };
            }

            using var extractor = new TreeSitterExtractor(catalog);
            return WithSnippets(check, extractor.Extract(sample, language));
        }
        catch (InvalidDataException exception)
        {
            return new LanguageCheck { Language = language, Problem = exception.Message };
        }
    }

    private static LanguageCheck OfAbi(Language language, uint version) => new()
    {
        Language = language,
        AbiVersion = version,
        Problem = version is >= OldestAbi and <= NewestAbi ? null
            : $"the grammar has ABI {version}, the core reads {OldestAbi} to {NewestAbi}",
    };

    private static LanguageCheck WithSnippets(LanguageCheck check, ExtractedFile? extracted) => extracted switch
    {
        null => check with { Problem = "nothing could be extracted from its sample" },
        { Snippets.Count: 0 } => check with { Snippets = 0, Problem = "nothing was found in its sample" },
        _ => check with { Snippets = extracted.Snippets.Count },
    };

    private static ExtractedFile? Compiled(SourceFile sample, Language language)
    {
        ExtractedFile? extracted = null;
        RoslynProject.Extract([sample], language, new RoslynOptions(), file => extracted = file.Extracted);
        return extracted;
    }
}

/// <summary>
/// Formats the result of extracting a file as text for people, for approved snapshots and <c>languages check</c>.
/// </summary>
public static class SnippetListing
{
    /// <summary>Writes one block per snippet: kind, qualified name and lines, then the other facts, one per line.</summary>
    public static string Format(ExtractedFile file, bool withTokens = false, byte[]? text = null)
    {
        var result = new StringBuilder();
        foreach (var snippet in file.Snippets)
        {
            result.Append(snippet.Kind.ToString().ToLowerInvariant()).Append(' ').Append(snippet.QualifiedName);
            result.Append($"  {snippet.Span.StartLine}-{snippet.Span.EndLine}  {snippet.TokenCount} tokens");
            Append(result, snippet.Form is null ? null : $"  {snippet.Form}");
            Append(result, snippet.IsTest ? "  test" : null);
            Append(result, snippet.HasErrors ? "  errors" : null);
            result.Append('\n');
            Line(result, "name", snippet.Name);
            Line(result, "in", snippet.Parent < 0 ? null : file.Snippets[snippet.Parent].QualifiedName);
            Line(result, "signature", snippet.Signature);
            Line(result, "parameters", string.Join(" | ", snippet.Parameters));
            Line(result, "decorators", string.Join(" | ", snippet.Decorators));
            Line(result, "imports", string.Join(" | ", snippet.Imports.Select(import => file.Imports[import])));
            Line(result, "documentation", snippet.Documentation?.ReplaceLineEndings("\n    "));
            if (withTokens && text is not null)
            {
                Line(result, "tokens", string.Join(' ', Enumerable.Range(snippet.FirstToken, snippet.TokenCount)
                    .Select(i => $"{"?INSLKPO"[(int)file.Tokens.Classes[i]]}:{Encoding.UTF8.GetString(file.Tokens.Text(text, i))}")));
            }
        }

        return result.ToString();
    }

    private static void Line(StringBuilder result, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            result.Append("  ").Append(name).Append(": ").Append(value).Append('\n');
        }
    }

    private static void Append(StringBuilder result, string? text) => result.Append(text);
}
