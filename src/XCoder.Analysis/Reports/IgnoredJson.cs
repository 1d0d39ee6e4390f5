using System.Text.Json;
using XCoder.Analysis.Settings;

namespace XCoder.Analysis.Reports;

/// <summary>Writes what reports leave out as JSON. Fields keep their names and meaning; new ones may be added.</summary>
public static class IgnoredJson
{
    /// <summary>Writes one group with the reason of each member that is left out.</summary>
    public static void Write(Utf8JsonWriter json, IgnoredGroup ignored)
    {
        json.WriteStartObject();
        json.WriteBoolean("isWhole", ignored.IsWhole);
        json.WriteStartArray("ignored");
        foreach (var (member, reason) in ignored.Group.Members.Zip(ignored.Reasons))
        {
            if (reason is not null)
            {
                json.WriteStartObject();
                json.WriteString("id", member.Id);
                WriteReason(json, reason);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WritePropertyName("group");
        DuplicateGroupJson.Write(json, ignored.Group, null);
        json.WriteEndObject();
    }

    /// <summary>Writes a reason as fields of the current object.</summary>
    internal static void WriteReason(Utf8JsonWriter json, IgnoreReason reason)
    {
        json.WriteString("source", reason.Source.ToString().ToLowerInvariant());
        json.WriteString("by", reason.Place);
        json.WriteString("reason", reason.Text);
    }
}
