using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>A grammar with its compiled query file. All threads share it for the lifetime of the process.</summary>
internal sealed unsafe class CompiledLanguage
{
    private const int AnonymousSymbol = 1;

    private readonly byte[][] _keywords;

    private CompiledLanguage(Language language, void* grammar, RepairRules repairs)
    {
        (Language, Repairs) = (language, repairs);
        Grammar = grammar;
        _keywords = [.. language.Keywords.Select(Encoding.UTF8.GetBytes)];
        EndMarker = language.EndMarker is null ? null
            : new Regex($@"\A(?:{language.EndMarker})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        var count = Native.ts_language_symbol_count(grammar);
        (Classes, LeafClasses) = (new byte[count], new TokenClass[count]);
        for (ushort symbol = 0; symbol < count; symbol++)
        {
            var name = SymbolName(symbol);
            var isWord = name.Length > 0
                && (char.IsLetter(name[0]) || name[0] is '_' or '#' or '@' && name.Length > 1 && char.IsLetter(name[^1]));
            LeafClasses[symbol] = Native.ts_language_symbol_type(grammar, symbol) != AnonymousSymbol || isWord
                ? TokenClass.Keyword
                : TokenClass.Punctuation;
        }
    }

    public Language Language { get; }

    public void* Grammar { get; }

    public void* Query { get; private set; }

    /// <summary>Replaces text that the grammar cannot parse.</summary>
    public RepairRules Repairs { get; }

    public uint AbiVersion => Native.ts_language_abi_version(Grammar);

    /// <summary>The <see cref="SymbolClass"/> of each symbol.</summary>
    public byte[] Classes { get; }

    /// <summary>For each symbol, the token class of a leaf that no pattern names.</summary>
    public TokenClass[] LeafClasses { get; }

    /// <summary>Matches the words that name a definition's end, where they follow it; null if the language has none.</summary>
    public Regex? EndMarker { get; }

    /// <summary>Which layout has a meaning; null if none has.</summary>
    public LayoutRules? Layout { get; private set; }

    /// <summary>The role of each capture id of the definition query.</summary>
    public CaptureRole[] Roles { get; private set; } = [];

    /// <summary>The predicates of each pattern of the definition query.</summary>
    public IReadOnlyList<QueryPredicate>[] Predicates { get; private set; } = [];

    /// <summary>For each pattern, the value of <c>(#set! form "…")</c>, or null.</summary>
    public string?[] Forms { get; private set; } = [];

    /// <summary>
    /// For each pattern, whether <c>(#set! join "name")</c> merges consecutive definitions of the same name into one.
    /// </summary>
    public bool[] Joins { get; private set; } = [];

    /// <summary>For each pattern, whether it gives names to functions inside the node and is no definition itself.</summary>
    public bool[] IsNaming { get; private set; } = [];

    /// <summary>For each symbol, whether some pattern at it gives names to functions inside.</summary>
    public bool[] MayName { get; private set; } = [];

    /// <summary>Loads a grammar from its library and compiles its query.</summary>
    /// <param name="language">The manifest's row.</param>
    /// <param name="folder">The folder of grammar libraries.</param>
    /// <param name="query">The text of the language's query file.</param>
    /// <param name="repairs">The text of <c>repairs.json</c>; empty for none.</param>
    /// <exception cref="InvalidDataException">The library, symbol or query is wrong; the message says where.</exception>
    public static CompiledLanguage Load(Language language, string folder, string query, string repairs)
    {
        var compiled = new CompiledLanguage(language, Open(language, folder), RepairRules.Of(language, repairs));
        compiled.Compile(query);
        compiled.Layout = language.Layout is null ? null : new LayoutRules(compiled, language.Layout);
        return compiled;
    }

    /// <summary>Loads a grammar from its library and returns its <c>TSLanguage</c>.</summary>
    /// <param name="language">The manifest's row.</param>
    /// <param name="folder">The folder of grammar libraries.</param>
    /// <exception cref="InvalidDataException">The library or its symbol is missing; the message says where.</exception>
    public static void* Open(Language language, string folder)
    {
        var grammar = language.Grammar ?? throw new InvalidDataException($"Language '{language.Id}' has no tree-sitter grammar.");
        var path = Native.LibraryPath(folder, grammar.Symbol);
        if (!NativeLibrary.TryLoad(path, out var library))
        {
            throw new InvalidDataException(
                $"The grammar of '{language.Id}' cannot be loaded from {path}. Build again, or reinstall the tool.");
        }

        if (!NativeLibrary.TryGetExport(library, grammar.Symbol, out var function))
        {
            throw new InvalidDataException($"{path} exports no '{grammar.Symbol}'.");
        }

        return ((delegate* unmanaged<void*>)function)();
    }

    public string SymbolName(ushort symbol) => Marshal.PtrToStringUTF8((nint)Native.ts_language_symbol_name(Grammar, symbol)) ?? "";

    /// <summary>Whether the language's manifest row lists an identifier as a keyword.</summary>
    public bool IsKeyword(ReadOnlySpan<byte> text) => LayoutRules.Contains(_keywords, text);

    /// <summary>The symbol with the given name, or 0 if the grammar has none.</summary>
    public ushort FindSymbol(string name, bool named)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* text = bytes)
        {
            return Native.ts_language_symbol_for_name(Grammar, text, (uint)bytes.Length, named ? (byte)1 : (byte)0);
        }
    }

    private void Compile(string query)
    {
        IReadOnlyList<QueryPattern> patterns;
        try
        {
            patterns = QueryFile.Parse(query);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"queries/{Language.Id}.scm, {exception.Message}", exception);
        }

        var definitions = new StringBuilder();
        var isNaming = new List<bool>();
        MayName = new bool[Classes.Length];
        foreach (var pattern in patterns)
        {
            var kind = pattern.Class is not null ? Enum.Parse<SymbolClass>(pattern.Class, ignoreCase: true)
                : pattern.IsNaming ? SymbolClass.Context : SymbolClass.Definition;
            foreach (var (type, named) in pattern.Roots)
            {
                var symbol = FindSymbol(type, named);
                if (symbol == 0)
                {
                    throw new InvalidDataException(
                        $"queries/{Language.Id}.scm, line {pattern.Line}: the grammar has no node type '{type}'.");
                }

                MayName[symbol] |= pattern.IsNaming;
                if (kind != SymbolClass.Context || Classes[symbol] == (byte)SymbolClass.Plain)
                {
                    Classes[symbol] = (byte)kind;
                }
            }

            // Blank lines make the line numbers in tree-sitter's messages match the file.
            if (pattern.Class is null)
            {
                while (1 + definitions.ToString().AsSpan().Count('\n') < pattern.Line)
                {
                    definitions.Append('\n');
                }

                definitions.Append(pattern.Text).Append(' ');
                isNaming.Add(pattern.IsNaming);
            }
        }

        IsNaming = [.. isNaming];
        CompileDefinitions(definitions.ToString());
    }

    private void CompileDefinitions(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        uint offset;
        int error;
        fixed (byte* source = bytes)
        {
            Query = Native.ts_query_new(Grammar, source, (uint)bytes.Length, &offset, &error);
        }

        if (Query == null)
        {
            string[] errors = ["", "syntax", "unknown node type", "unknown field", "unknown capture", "impossible pattern",
                "wrong language"];
            var line = 1 + bytes.AsSpan(0, (int)offset).Count((byte)'\n');
            var near = Encoding.UTF8.GetString(bytes.AsSpan((int)offset)).Split('\n')[0];
            throw new InvalidDataException($"queries/{Language.Id}.scm, line {line}: {errors[Math.Clamp(error, 0, 6)]} at '{near}'.");
        }

        var captures = (int)Native.ts_query_capture_count(Query);
        Roles = new CaptureRole[captures];
        for (uint id = 0; id < captures; id++)
        {
            uint length;
            var name = Encoding.UTF8.GetString(Native.ts_query_capture_name_for_id(Query, id, &length), (int)length);
            Roles[id] = name.StartsWith('_') ? CaptureRole.None
                : Enum.TryParse<CaptureRole>(name, ignoreCase: true, out var role) && role != CaptureRole.None ? role
                : throw new InvalidDataException($"queries/{Language.Id}.scm: unknown capture '@{name}'.");
        }

        var count = Native.ts_query_pattern_count(Query);
        (Predicates, Forms, Joins) = (new IReadOnlyList<QueryPredicate>[count], new string?[count], new bool[count]);
        for (uint pattern = 0; pattern < count; pattern++)
        {
            ReadPredicates(pattern);
        }
    }

    private void ReadPredicates(uint pattern)
    {
        uint count;
        var steps = Native.ts_query_predicates_for_pattern(Query, pattern, &count);
        var predicates = new List<QueryPredicate>();
        for (uint i = 0; i < count; i++)
        {
            var name = StringValue(steps[i++].ValueId);
            uint? capture = null;
            var values = new List<string>();
            for (; steps[i].Type != 0; i++)
            {
                if (steps[i].Type == 1)
                {
                    capture ??= steps[i].ValueId;
                }
                else
                {
                    values.Add(StringValue(steps[i].ValueId));
                }
            }

            switch (name.TrimEnd('?'))
            {
                case "set!" when values is ["form", var form]:
                    Forms[pattern] = form;
                    break;
                case "set!" when values is ["join", "name"]:
                    Joins[pattern] = true;
                    break;
                case "eq" or "any-of" when capture is { } id:
                    predicates.Add(new QueryPredicate(id, false, values, null));
                    break;
                case "not-eq" or "not-any-of" when capture is { } id:
                    predicates.Add(new QueryPredicate(id, true, values, null));
                    break;
                case "match" or "not-match" when capture is { } id && values.Count == 1:
                    predicates.Add(
                        new QueryPredicate(id, name.StartsWith("not", StringComparison.Ordinal), null,
                            new Regex(values[0], RegexOptions.CultureInvariant)));
                    break;
                default:
                    throw new InvalidDataException(
                        $"queries/{Language.Id}.scm: predicate '#{name}' is not known or its arguments are wrong.");
            }
        }

        Predicates[pattern] = predicates;
    }

    private string StringValue(uint id)
    {
        uint length;
        return Encoding.UTF8.GetString(Native.ts_query_string_value_for_id(Query, id, &length), (int)length);
    }
}
