using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>
/// Chooses the split of a row by what it is about, not by chance: rows of one concept do the same and rows of one seed
/// hold the same code, so that they go together and nothing of the validation split was trained on.
/// </summary>
internal static class SplitChooser
{
    /// <summary>Whether a row belongs to a validation split of a share in [0, 1].</summary>
    public static bool IsValidation(InstructionRow row, double share)
    {
        if (share <= 0)
        {
            return false;
        }

        var seed = row.Lineage.FirstOrDefault(place => place.Role == LineageRole.Seed)?.Repository;
        var key = row.Concept is { } concept ? "concept " + concept : seed is null ? "row " + row.Id : "repository " + seed;
        var number = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return number < share * uint.MaxValue;
    }
}
