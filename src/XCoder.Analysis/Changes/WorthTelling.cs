using System.Collections.Frozen;
using System.Text;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Changes;

/// <summary>
/// Leaves out copies that no reviewer acts on: tests of one thing, unless they are equal; examples, each of which stands for itself; code
/// that does nothing of its own, unless much of it is equal.
/// </summary>
/// <param name="code">The code of the work tree.</param>
/// <param name="fileOf">Returns the file of an ordinal.</param>
/// <param name="store">The store of the code.</param>
internal sealed class WorthTelling(ChangedCode code, Func<int, FileHash> fileOf, SnippetStore store)
{
    // So much work of its own code must do: of a new copy, of one that is equal, of one that was equal before the change.
    private const int LeastWork = 3;
    private const int LeastExact = 2;
    private const int LeastTwin = 1;

    // Or so many tokens must be equal: exactly, of a structure, of a function. Tests repeat each other by their nature.
    private const int MuchExact = 60;
    private const int MuchOfStructure = 200;
    private const int MuchOfFunction = 120;
    private const int LeastOfTest = 100;

    private static readonly FrozenSet<string> Examples = FrozenSet.Create(StringComparer.Ordinal, "example", "examples", "sample",
        "samples", "demo", "demos", "tutorial", "tutorials", "snippets");

    private readonly OwnWork _work = new(store);

    /// <summary>Whether a function does enough of its own that one in another language may do the same.</summary>
    public bool HasWork(int ordinal) => Work(ordinal) >= LeastExact;

    /// <summary>The finding with the copies that are worth telling; null if none is.</summary>
    public FoundCopy? Of(FoundCopy found)
    {
        var fact = code.Facts[found.Ordinal];
        var copies = !IsTest(found.Ordinal) ? found.Copies
            : found.Copies.FindAll(copy => copy.Kind == DuplicateKind.Exact || code.Facts[copy.Ordinal].File != fact.File);
        if (copies.Count == 0 || (found.Kind != ChangeKind.Twin && ((fact.TokenCount < LeastOfTest && All(IsTest)) || All(IsExample))))
        {
            return null;
        }

        var (least, enough) = copies[0].Kind == DuplicateKind.Exact
            ? (found.Kind == ChangeKind.Twin ? LeastTwin : LeastExact, MuchExact)
            : (LeastWork, fact.IsStructure ? MuchOfStructure : MuchOfFunction);
        return fact.TokenCount >= enough || Work(found.Ordinal) >= least ? found with { Copies = copies } : null;

        bool All(Predicate<int> holds) => found.Also.Append(found.Ordinal).Concat(copies.Select(static copy => copy.Ordinal))
            .All(ordinal => holds(ordinal));
    }

    private bool IsTest(int ordinal) => (code.Facts[ordinal].Traits & SnippetTraits.Test) != 0;

    private bool IsExample(int ordinal) => fileOf(ordinal).Path.Split('/')[..^1]
        .Any(static folder => Examples.Contains(folder.ToLowerInvariant()));

    private int Work(int ordinal) => _work.Of(fileOf(ordinal).Row, code.Facts[ordinal].FirstToken, code.Facts[ordinal].TokenCount);
}

/// <summary>
/// Tells code that does something of its own from code that only hands on: a method that calls another with its arguments, an exception
/// with its constructors, a class of properties. Copies of those are in the nature of a language, and nothing is won where they go.
/// </summary>
/// <param name="store">The store of the code.</param>
internal sealed class OwnWork(SnippetStore store)
{
    // Words of control in any language. A name in another language does no harm: it makes code count as work that is none.
    private static readonly FrozenSet<string> Control = FrozenSet.Create(StringComparer.Ordinal,
        "if", "else", "elif", "elsif", "elseif", "unless", "then", "for", "foreach", "while", "until", "loop", "repeat", "switch", "case",
        "when", "match", "select", "cond", "guard", "catch", "except", "rescue", "finally", "ensure", "yield", "break", "continue", "goto",
        "and", "or", "not", "in");

    // Signs that compute or compare. Those that also mark types, pointers or macros (< > & * ! ? |) do not count.
    private static readonly FrozenSet<string> Signs = FrozenSet.Create(StringComparer.Ordinal,
        "+", "-", "/", "%", "==", "!=", "===", "!==", "<=", ">=", "&&", "||", "<<", ">>", "++", "--", "+=", "-=", "*=", "/=", "%=",
        "|=", "&=", "^=", "<<=", ">>=", "**", "//", "~=", "=~", "<=>", "+.", "-.", "*.", "/.", "??", "?:");

    private const int LongestWord = 8;

    private readonly Dictionary<long, StoredFile> _files = [];

    /// <summary>
    /// Number of different words of control and signs that compute in a range of a file's tokens: a table of cases is no work.
    /// </summary>
    /// <param name="file">Row id of the file.</param>
    /// <param name="first">First token.</param>
    /// <param name="count">Number of tokens.</param>
    public int Of(long file, int first, int count)
    {
        if (!_files.TryGetValue(file, out var stored))
        {
            _files[file] = stored = store.File(file);
        }

        var work = new HashSet<string>();
        for (var i = first; i < first + count; i++)
        {
            var (text, kind) = (stored.Text.AsMemory(stored.Tokens.Starts[i], stored.Tokens.Lengths[i]), stored.Tokens.Classes[i]);
            if (text.Length <= LongestWord && kind is TokenClass.Keyword or TokenClass.Punctuation
                && Encoding.UTF8.GetString(text.Span) is var word && (kind == TokenClass.Keyword ? Control : Signs).Contains(word))
            {
                work.Add(word);
            }
        }

        return work.Count;
    }
}
