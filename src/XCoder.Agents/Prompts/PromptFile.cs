namespace XCoder.Agents.Prompts;

/// <summary>A prompt as it stands in its file: Semantic Kernel's <c>PromptTemplateConfig</c>, as far as it is used here.</summary>
internal sealed class PromptFile
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string TemplateFormat { get; set; } = "";

    public string Template { get; set; } = "";

    public List<Variable> InputVariables { get; set; } = [];

    public Output? OutputVariable { get; set; }

    public Dictionary<string, Settings> ExecutionSettings { get; set; } = [];

    internal sealed class Variable
    {
        public string Name { get; set; } = "";

        public string Description { get; set; } = "";

        public string? Default { get; set; }

        public bool IsRequired { get; set; } = true;
    }

    internal sealed class Output
    {
        public string Description { get; set; } = "";

        public string? JsonSchema { get; set; }
    }

    internal sealed class Settings
    {
        public double Temperature { get; set; } = 0.7;

        public int MaxTokens { get; set; } = 2048;
    }
}
