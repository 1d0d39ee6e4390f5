using System.Text;
using XCoder.Agents.Chat;
using XCoder.Agents.Generation;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Tests.Agents.Generation;

/// <summary>What a session of a run left.</summary>
internal sealed record AgentSession(string Folder, GenerationSummary Summary, IReadOnlyList<InstructionRow> Rows, IReadOnlyList<IReadOnlyList<EpochItem>> Epochs, IReadOnlyDictionary<string, AgentMemory> Memories, ChatStatistics Statistics)
{
    /// <summary>The rows as JSON, times apart.</summary>
    public IReadOnlyList<string> Texts => [.. Rows.Select(row => Encoding.UTF8.GetString(RowJson.Write(row with { CreatedAt = default })))];
}
