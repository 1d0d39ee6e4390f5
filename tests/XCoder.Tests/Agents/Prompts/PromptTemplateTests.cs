using XCoder.Agents.Mining;
using XCoder.Agents.Rows;

namespace XCoder.Tests.Agents.Prompts;

public class PromptTemplateTests
{
    private static readonly Dictionary<string, object?> Values = new()
    {
        ["source"] = "Go", ["target"] = "Python", ["code"] = "```go\nfunc F() {}\n```", ["scope"] = "", ["target_scope"] = "Text", ["name"] = "f",
        ["documentation"] = "```text\nDoes it.\n```", ["signature"] = "```python\ndef f():\n```", ["examples"] = "```python\ndef g():\n    pass\n```",
    };

    [Fact]
    public void Wordings_OfEveryTask_AreAsApproved()
    {
        var wordings = MinedTemplates.Load(Path.Combine(TestPaths.Root, "prompts"));
        Snapshot.Matches(string.Concat(RowKind.Mined.Tasks.SelectMany(task => wordings[task]).Select(wording => $"== {wording.Name}\n{wording.Render(Values)}\n\n")), "wordings.txt");
    }
}
