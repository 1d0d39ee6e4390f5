using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Names symbols in the form of <see cref="XCoder.Analysis.Model.ExtractedSnippet.QualifiedName"/>, so that calls can
/// be matched with the snippets they call. Shared by the files of a unit.
/// </summary>
internal sealed class SymbolNames(string separator)
{
    private readonly ConcurrentDictionary<ISymbol, string> _names = new(SymbolEqualityComparer.Default);

    private static readonly SymbolDisplayFormat SignatureFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.Default,
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        SymbolDisplayPropertyStyle.NameOnly,
        SymbolDisplayLocalOptions.IncludeType,
        SymbolDisplayKindOptions.IncludeTypeKeyword,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Signature with fully qualified types.</summary>
    public static string Signature(ISymbol symbol) => symbol.ToDisplayString(SignatureFormat);

    /// <summary>The symbol's name, qualified by its types and namespaces; empty for the global namespace.</summary>
    public string Of(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        return _names.TryGetValue(symbol, out var name) ? name : _names.GetOrAdd(symbol, Build(symbol));
    }

    private string Build(ISymbol symbol)
    {
        if (symbol is INamespaceSymbol { IsGlobalNamespace: true })
        {
            return "";
        }

        var scope = symbol.ContainingSymbol;
        while (scope is not null and not (INamespaceSymbol or INamedTypeSymbol { IsExtension: false }
            or IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction }))
        {
            scope = scope.ContainingSymbol;
        }

        var outer = scope is null ? "" : Of(scope);
        return outer.Length > 0 ? outer + separator + Bare(symbol) : Bare(symbol);
    }

    private static string Bare(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor => constructor.ContainingType.Name,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator } o => "operator " + Operator(o),
        IMethodSymbol { ExplicitInterfaceImplementations: [var implemented, ..] } => implemented.Name,
        _ => symbol.Name,
    };

    // "op_Addition" is written "operator +" in source.
    private static string Operator(IMethodSymbol symbol)
    {
        var text = symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        var at = text.IndexOf("operator ", StringComparison.Ordinal);
        var end = at < 0 ? -1 : text.IndexOf('(', at);
        return end < 0 ? symbol.Name : text[(at + "operator ".Length)..end];
    }
}

/// <summary>
/// Indexes the using directives of a file by what they import. A directive's number is its index in the file's imports.
/// </summary>
internal sealed class UsingTable
{
    private readonly SymbolNames _names;
    private readonly Dictionary<string, List<int>> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _statics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _aliases = new(StringComparer.Ordinal);
    private int _count;

    public UsingTable(SymbolNames names) => _names = names;

    /// <summary>Numbers of the directives that could not be resolved; unresolved names may need them.</summary>
    public List<int> Unresolved { get; } = [];

    /// <summary>Adds the next directive in source order.</summary>
    public void Add(UsingDirectiveSyntax node, SemanticModel model, CancellationToken cancellation)
    {
        var index = _count++;
        if (node.Alias is { } alias)
        {
            Put(_aliases, alias.Name.Identifier.ValueText, index);
            return;
        }

        switch (model.GetSymbolInfo(node.NamespaceOrType, cancellation).Symbol)
        {
            case INamespaceSymbol symbol:
                Put(_namespaces, _names.Of(symbol), index);
                break;
            case INamedTypeSymbol symbol when node.StaticKeyword.IsKind(SyntaxKind.StaticKeyword):
                Put(_statics, _names.Of(symbol), index);
                break;
            default:
                Unresolved.Add(index);
                break;
        }
    }

    /// <summary>
    /// Adds the directives that make <paramref name="symbol"/> available by its bare name to <paramref name="needed"/>.
    /// </summary>
    public void Need(string written, ISymbol symbol, SortedSet<int> needed)
    {
        if (_aliases.Count > 0 && _aliases.TryGetValue(written, out var aliases))
        {
            needed.UnionWith(aliases);
        }

        if (symbol is INamedTypeSymbol { ContainingType: null, ContainingNamespace: { } home })
        {
            NeedNamespace(_names.Of(home), needed);
        }
        else if (_statics.Count > 0 && symbol.ContainingType is { } type && _statics.TryGetValue(_names.Of(type), out var statics))
        {
            needed.UnionWith(statics);
        }
    }

    /// <summary>Adds the directives that import a namespace, for its extension methods or types.</summary>
    public void NeedNamespace(string name, SortedSet<int> needed)
    {
        if (_namespaces.TryGetValue(name, out var indexes))
        {
            needed.UnionWith(indexes);
        }
    }

    private static void Put(Dictionary<string, List<int>> table, string key, int index)
    {
        if (!table.TryGetValue(key, out var indexes))
        {
            table[key] = indexes = [];
        }

        indexes.Add(index);
    }
}
