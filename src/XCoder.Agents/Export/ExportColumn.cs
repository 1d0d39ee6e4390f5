namespace XCoder.Agents.Export;

/// <summary>A column of exported records.</summary>
/// <param name="Name">Its name, camelCase.</param>
/// <param name="Type">Its type.</param>
internal sealed record ExportColumn(string Name, ColumnType Type);
