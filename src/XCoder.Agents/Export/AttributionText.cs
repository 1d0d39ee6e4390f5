using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Writes who is to be named for exported rows, and what their licences want to be told.</summary>
/// <param name="writer">Where to.</param>
/// <param name="notices">All notices by id; rows name theirs.</param>
/// <param name="rows">The exported rows, read as they are asked for, once.</param>
internal delegate void AttributionText(TextWriter writer, IReadOnlyDictionary<string, LicenceNotice> notices, IEnumerable<InstructionRow> rows);
