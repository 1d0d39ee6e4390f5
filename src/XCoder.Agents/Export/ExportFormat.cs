using System.Text.Json;
using XCoder.Agents.Export.Formats;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>
/// A shape of exported records: its name, which rows it takes, its columns, and what writes a row as a record. <see cref="All"/> is
/// the table of all formats. Another format is a class and an entry there.
/// </summary>
public abstract class ExportFormat
{
    private protected ExportFormat()
    {
    }

    /// <summary><c>messages: [{role, content}]</c>, as chat templates expect them.</summary>
    public static ExportFormat Chat { get; } = new ChatFormat();

    /// <summary><c>instruction</c>, <c>input</c> (empty: the instruction holds its code), <c>output</c>.</summary>
    public static ExportFormat Alpaca { get; } = new AlpacaFormat();

    /// <summary><c>conversations: [{from: human|gpt, value}]</c>.</summary>
    public static ExportFormat ShareGpt { get; } = new ShareGptFormat();

    /// <summary>The whole row.</summary>
    public static ExportFormat Pairs { get; } = new PairsFormat();

    /// <summary>
    /// Preferences: <c>prompt</c>, <c>chosen</c>, <c>rejected</c>, each a list of messages; <c>margin</c>, <c>basis</c>, <c>evidence</c>.
    /// </summary>
    public static ExportFormat Dpo { get; } = new DpoFormat();

    /// <summary>The table of formats, in the order in which help lists them; the first is the default.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = [Chat, Alpaca, ShareGpt, Pairs, Dpo];

    /// <summary>Its name, a value of <c>--data-format</c>: lower case.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether each preference pair becomes a record of its own, in place of the row that holds it. Default: no.
    /// </summary>
    public virtual bool TakesPreferences => false;

    /// <summary>Columns of its records, in order. They are fixed and do not depend on the rows that a file holds.</summary>
    internal abstract IReadOnlyList<ExportColumn> Columns { get; }

    /// <summary>Whether records hold objects whose keys vary. Default: no.</summary>
    internal virtual bool HasVaryingKeys => false;

    /// <summary>Finds a format by its name; null where there is none.</summary>
    public static ExportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>
    /// Writes a row as one JSON object. It has every column, null where the row has nothing: readers that take the columns of the
    /// first records for those of all then agree.
    /// </summary>
    internal abstract void Write(Utf8JsonWriter json, InstructionRow row);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
