namespace XCoder.Analysis.Reports;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="Importance">The least important columns are cut first, then left out, where a line is too narrow.</param>
/// <param name="IsNumber">Numbers are right-aligned and never cut.</param>
/// <param name="KeepEnd">Whether a cut takes the start away (paths) instead of the end.</param>
/// <param name="MinWidth">Columns it keeps when cut.</param>
public sealed record TextColumn(string Header, int Importance, bool IsNumber = false, bool KeepEnd = false, int MinWidth = 8);
