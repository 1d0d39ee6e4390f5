using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Names of symbols in the form of <see cref="XCoder.Analysis.Model.ExtractedSnippet.QualifiedName"/>, so that a call leads to the
/// snippet it calls. Shared by the files of a unit.
/// </summary>
internal sealed class SymbolNames(string separator)
{
    private readonly ConcurrentDictionary<ISymbol, string> _names = new(SymbolEqualityComparer.Default);

    private static readonly SymbolDisplayFormat SignatureFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.Default,
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        SymbolDisplayPropertyStyle.NameOnly,
        SymbolDisplayLocalOptions.IncludeType,
        SymbolDisplayKindOptions.IncludeTypeKeyword,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Signature with fully qualified types.</summary>
    public static string Signature(ISymbol symbol) => symbol.ToDisplayString(SignatureFormat);

    /// <summary>Name behind those of the types and namespaces around it; empty for the global namespace.</summary>
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
        while (scope is not null and not (INamespaceSymbol or INamedTypeSymbol { IsExtension: false } or IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction }))
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

    // "op_Addition" is written "operator +" in the source.
    private static string Operator(IMethodSymbol symbol)
    {
        var text = symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        var at = text.IndexOf("operator ", StringComparison.Ordinal);
        var end = at < 0 ? -1 : text.IndexOf('(', at);
        return end < 0 ? symbol.Name : text[(at + "operator ".Length)..end];
    }
}
