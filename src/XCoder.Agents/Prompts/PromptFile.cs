namespace XCoder.Agents.Prompts;

/// <summary>What is read of a file in Semantic Kernel's schema.</summary>
internal sealed class PromptFile
{
    public string Name { get; set; } = "";

    public string Template { get; set; } = "";

    public string TemplateFormat { get; set; } = "";
}
