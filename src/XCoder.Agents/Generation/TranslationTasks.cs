using XCoder.Agents.Dialogue;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>Words the task of a translation: the same wordings as of mined rows, by the seed's turn.</summary>
internal sealed class TranslationTasks
{
    private const string Prefix = "mined-translation-";
    private const int Digits = 8;

    private readonly IReadOnlyList<PromptTemplate> _wordings;

    public TranslationTasks(PromptLibrary prompts) => _wordings = [.. Names(prompts).Select(name => prompts[name])];

    /// <summary>Hash over all prompts and wordings that rows are written with, 20 hex digits.</summary>
    public static string HashOf(PromptLibrary prompts) => prompts.HashOf(RowDialogue.Prompts.Concat(Names(prompts)));

    /// <summary>The task.</summary>
    /// <param name="seed">Id of the seed; the wording follows from it.</param>
    /// <param name="source">Name of its language.</param>
    /// <param name="target">Name of the language of the response.</param>
    /// <param name="code">Its code in a fence.</param>
    public string Render(string seed, string source, string target, string code)
    {
        var wording = _wordings[(int)(Convert.ToUInt32(RowId.Hash(seed, target)[..Digits], 16) % (uint)_wordings.Count)];
        return wording.RenderText(new Dictionary<string, object?> { ["source"] = source, ["target"] = target, ["code"] = code });
    }

    private static IEnumerable<string> Names(PromptLibrary prompts) =>
        prompts.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToList() is { Count: > 0 } names ? names
            : throw new PromptException($"There is no prompt {Prefix}* in {prompts.Folder}. Build again, or reinstall the tool.");
}
