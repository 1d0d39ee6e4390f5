namespace XCoder.Agents.Export;

/// <summary>Shape of the exported records. <see cref="ExportColumns"/> names their columns.</summary>
public enum ExportFormat
{
    /// <summary><c>messages: [{role, content}]</c>, as chat templates expect them.</summary>
    Chat,

    /// <summary><c>instruction</c>, <c>input</c> (empty: the instruction holds its code), <c>output</c>.</summary>
    Alpaca,

    /// <summary><c>conversations: [{from: human|gpt, value}]</c>.</summary>
    ShareGpt,

    /// <summary>The whole row.</summary>
    Pairs,

    /// <summary>Preferences: <c>prompt</c>, <c>chosen</c>, <c>rejected</c>, each a list of messages; <c>margin</c>, <c>basis</c>, <c>evidence</c>.</summary>
    Dpo,
}
