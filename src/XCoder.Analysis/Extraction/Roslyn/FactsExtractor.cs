using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Resolves each name of a file once, for the innermost snippet around it; what inner snippets use is added to
/// the outer ones at the end.
/// </summary>
internal sealed class FactsExtractor : DeclarationWalker
{
    private readonly SyntaxResult _syntax;
    private readonly SemanticModel _model;
    private readonly SymbolNames _names;
    private readonly UsingTable _usings;
    private readonly ResolvedNames[] _facts;
    private readonly string?[] _signatures;

    private FactsExtractor(SyntaxResult syntax, SemanticModel model, SymbolNames names, CancellationToken cancellation)
        : base(cancellation)
    {
        (_syntax, _model, _names, _usings) = (syntax, model, names, new UsingTable(names));
        _facts = new ResolvedNames[syntax.Spans.Length];
        _signatures = new string?[syntax.Spans.Length];
    }

    /// <summary>The file's snippets with what was resolved.</summary>
    public static ExtractedFile Extract(SyntaxResult syntax, SyntaxTree tree, Compilation compilation, SymbolNames names,
        CancellationToken cancellation)
    {
        if (syntax.Spans.Length == 0)
        {
            return syntax.Extracted;
        }

        var extractor = new FactsExtractor(syntax, compilation.GetSemanticModel(tree), names, cancellation);
        extractor.Walk(tree.GetRoot(cancellation), tokens: false);
        return extractor.Finish();
    }

    protected override void OnSnippet(SyntaxNode node, Declaration declaration, int index, int parent)
    {
        _facts[index] = new ResolvedNames();
        var declared = node switch
        {
            BaseFieldDeclarationSyntax field => field.Declaration.Variables[0],
            LocalDeclarationStatementSyntax local => local.Declaration.Variables[0],
            _ => node,
        };
        _signatures[index] = _model.GetDeclaredSymbol(declared, Cancellation) is { } symbol ? SymbolNames.Signature(symbol) : null;
    }

    protected override bool OnNode(SyntaxNode node)
    {
        switch (node.Kind())
        {
            case SyntaxKind.UsingDirective:
                _usings.Add((UsingDirectiveSyntax)node, _model, Cancellation);
                return false;
            case SyntaxKind.IdentifierName or SyntaxKind.GenericName when Current >= 0:
                OnName((SimpleNameSyntax)node);
                break;
            case SyntaxKind.ThisExpression or SyntaxKind.BaseExpression when Current >= 0:
                OnInstance();
                break;
            case SyntaxKind.QueryExpression when Current >= 0:
                _usings.NeedNamespace("System.Linq", _facts[Current].Imports);
                break;
            default:
                if (Current >= 0 && MayCall(node) && _model.GetSymbolInfo(node, Cancellation).Symbol is IMethodSymbol called)
                {
                    OnCall(called);
                    Refer(called);
                }

                break;
        }

        return true;
    }

    private static bool MayCall(SyntaxNode node) => node switch
    {
        BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax => true,
        BinaryExpressionSyntax binary => Operators.MayBeUserDefined(binary),
        PrefixUnaryExpressionSyntax unary => Operators.MayBeUserDefined(unary),
        AssignmentExpressionSyntax assignment => !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
            && Operators.MayBeUserDefined(assignment.Right),
        _ => false,
    };

    private void OnName(SimpleNameSyntax name)
    {
        if (NameRoles.StandsForNothing(name))
        {
            return;
        }

        var facts = _facts[Current];
        var info = _model.GetSymbolInfo(name, Cancellation);
        var symbol = info.Symbol;
        if (symbol is null)
        {
            if (info.CandidateReason == CandidateReason.LateBound || NameRoles.IsContextualWord(name))
            {
                return;
            }

            facts.Imports.UnionWith(_usings.Unresolved);
            ReachOut(Current);
            symbol = info.CandidateSymbols.FirstOrDefault();
            if (symbol is null)
            {
                return;
            }
        }

        var method = symbol as IMethodSymbol;
        if (method is { MethodKind: MethodKind.Constructor } && NameRoles.IsAttributeName(name))
        {
            symbol = method.ContainingType;
            method = null;
        }

        if (symbol is IErrorTypeSymbol)
        {
            facts.Imports.UnionWith(_usings.Unresolved);
            ReachOut(Current);
            return;
        }

        if (symbol is INamedTypeSymbol)
        {
            facts.Types.Add(_names.Of(symbol));
        }

        if (!NameRoles.IsQualified(name))
        {
            _usings.Need(name.Identifier.ValueText, symbol, facts.Imports);
        }

        if (method is not null)
        {
            NeedExtension(method, facts);
            if (NameRoles.IsCalled(name))
            {
                OnCall(method);
            }
        }

        Refer(symbol);
    }

    private void OnCall(IMethodSymbol method)
    {
        if (method.MethodKind is not (MethodKind.BuiltinOperator or MethodKind.DelegateInvoke or MethodKind.AnonymousFunction))
        {
            _facts[Current].Calls.Add(_names.Of(method.ReducedFrom ?? method));
        }
    }

    private void NeedExtension(IMethodSymbol method, ResolvedNames facts)
    {
        if (method.IsExtensionMethod || method.ContainingType is { IsExtension: true })
        {
            _usings.NeedNamespace(_names.Of(method.ContainingNamespace), facts.Imports);
        }
    }

    // "this" needs the type around it, however little of it is used.
    private void OnInstance()
    {
        for (var i = Current; i >= 0 && _syntax.Extracted.Snippets[i].Kind is SnippetKind.Function or SnippetKind.Method
            or SnippetKind.Constructor; i = _syntax.Extracted.Snippets[i].Parent)
        {
            _facts[i].IsSelfContained = false;
        }
    }

    // A snippet is self-contained as long as each of its names is declared inside it or in the framework.
    private void Refer(ISymbol symbol)
    {
        if (!NeedsSource(symbol))
        {
            return;
        }

        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        var locations = symbol.OriginalDefinition.Locations;
        var at = Current;
        while (at >= 0 && !_facts[at].ReachesOut && !DeclaredIn(at))
        {
            _facts[at].IsSelfContained = false;
            at = _syntax.Extracted.Snippets[at].Parent;
        }

        bool DeclaredIn(int snippet)
        {
            foreach (var location in locations)
            {
                if (location.SourceTree == _model.SyntaxTree && _syntax.Spans[snippet].Contains(location.SourceSpan))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private bool NeedsSource(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol or IDynamicTypeSymbol or IDiscardSymbol => false,
        IParameterSymbol { IsImplicitlyDeclared: true } => false,
        { ContainingType: { IsTupleType: true } or { IsAnonymousType: true } } => false,
        IMethodSymbol { MethodKind: MethodKind.BuiltinOperator } => false,
        { ContainingAssembly: { } home } => SymbolEqualityComparer.Default.Equals(home, _model.Compilation.Assembly),
        _ => false,
    };

    private void ReachOut(int snippet)
    {
        for (var i = snippet; i >= 0 && !_facts[i].ReachesOut; i = _syntax.Extracted.Snippets[i].Parent)
        {
            _facts[i].ReachesOut = true;
            _facts[i].IsSelfContained = false;
        }
    }

    private ExtractedFile Finish()
    {
        var snippets = _syntax.Extracted.Snippets.ToArray();
        for (var i = snippets.Length - 1; i >= 0; i--)
        {
            var (snippet, facts) = (snippets[i], _facts[i]);
            if (snippet.Parent >= 0)
            {
                _facts[snippet.Parent].Add(facts);
            }

            snippets[i] = snippet with
            {
                Imports = facts.Imports.ToArray(),
                Resolved = new ResolvedFacts(_signatures[i] ?? snippet.Signature, Sorted(facts.Calls), Sorted(facts.Types),
                    facts.IsSelfContained),
            };
        }

        return _syntax.Extracted with { Snippets = snippets };
    }

    private static string[] Sorted(HashSet<string> names)
    {
        var sorted = names.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }
}

/// <summary>What a name is there for, by its place in the syntax.</summary>
internal static class NameRoles
{
    /// <summary>Whether the name needs no symbol: a word of the language, or the name of an argument.</summary>
    public static bool StandsForNothing(SimpleNameSyntax name)
    {
        if (name.Identifier.IsMissing || !name.Identifier.IsKind(SyntaxKind.IdentifierToken))
        {
            return true;
        }

        return name.Parent switch
        {
            NameEqualsSyntax => true,
            NameColonSyntax colon => colon.Parent is not SubpatternSyntax,
            _ => name.Identifier.Text.Length == 3 && name.IsVar,
        };
    }

    /// <summary>Whether a name without symbol is a word of the language.</summary>
    public static bool IsContextualWord(SimpleNameSyntax name) =>
        name.Identifier.Text is "_" or "nameof" or "dynamic" or "unmanaged" or "notnull" or "nint" or "nuint" or "args" or "value"
            or "field";

    /// <summary>Whether it is called: <c>F()</c>, <c>x.F()</c>, <c>x?.F()</c>.</summary>
    public static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == name,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access => access.Name == name && call.Expression == access,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } binding => call.Expression == binding,
        _ => false,
    };

    /// <summary>Whether something stands before it that says where to look it up.</summary>
    public static bool IsQualified(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        QualifiedNameSyntax qualified => qualified.Right == name,
        MemberBindingExpressionSyntax or AliasQualifiedNameSyntax => true,
        _ => false,
    };

    /// <summary>Whether it names an attribute's type.</summary>
    public static bool IsAttributeName(SimpleNameSyntax name) =>
        name.Parent is AttributeSyntax or QualifiedNameSyntax { Parent: AttributeSyntax }
            or AliasQualifiedNameSyntax { Parent: AttributeSyntax };
}

/// <summary>Which operators are worth asking the compiler about: those that a type may define.</summary>
internal static class Operators
{
    public static bool MayBeUserDefined(BinaryExpressionSyntax node) =>
        node.Kind() is not (SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression
            or SyntaxKind.IsExpression or SyntaxKind.AsExpression)
        && MayBeUserDefined(node.Left)
        && MayBeUserDefined(node.Right);

    public static bool MayBeUserDefined(PrefixUnaryExpressionSyntax node) =>
        node.Kind() is SyntaxKind.UnaryMinusExpression or SyntaxKind.BitwiseNotExpression && MayBeUserDefined(node.Operand);

    /// <summary>Beside a literal a user's operator is rare; asking there would cost more than it finds.</summary>
    public static bool MayBeUserDefined(ExpressionSyntax operand) => operand is not LiteralExpressionSyntax;
}

/// <summary>What has been resolved within one snippet so far, inner snippets not yet added.</summary>
internal sealed class ResolvedNames
{
    public HashSet<string> Calls { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    public SortedSet<int> Imports { get; } = [];

    /// <summary>Whether every name stands for something inside the snippet or in the framework.</summary>
    public bool IsSelfContained { get; set; } = true;

    /// <summary>Whether a name stands for something outside every snippet around it, this one's parents included.</summary>
    public bool ReachesOut { get; set; }

    public void Add(ResolvedNames inner)
    {
        Calls.UnionWith(inner.Calls);
        Types.UnionWith(inner.Types);
        Imports.UnionWith(inner.Imports);
    }
}
