using XCoder.Analysis.Embeddings;

namespace XCoder.Agents.Mining;

/// <summary>The type or module that a function stands in.</summary>
internal static class ScopeName
{
    private const string Prototype = "prototype";

    /// <summary>Its bare name; empty where there is none. What is assigned to a prototype stands in the type of that.</summary>
    public static string Of(string name, string qualifiedName)
    {
        var scope = SnippetInputs.EnclosingName(name, qualifiedName);
        return scope == Prototype ? SnippetInputs.EnclosingName(Prototype + "." + name, qualifiedName) : scope;
    }
}
