using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>What a node declares, where it is a snippet.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Form">Finer detail, or null.</param>
/// <param name="Name">The bare name.</param>
/// <param name="BodyStart">Character where the signature ends.</param>
/// <param name="Attributes">Attribute lists before it.</param>
/// <param name="Parameters">Parameter list, or null.</param>
/// <param name="Parameter">The one parameter of a lambda without list, or null.</param>
internal sealed record Declaration(
    SnippetKind Kind,
    string? Form,
    string Name,
    int BodyStart,
    SyntaxList<AttributeListSyntax> Attributes,
    BaseParameterListSyntax? Parameters = null,
    ParameterSyntax? Parameter = null);
