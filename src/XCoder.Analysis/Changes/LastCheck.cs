using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Changes;

/// <summary>The groups of the last check, so that one can be ignored by the id that the check printed.</summary>
internal static class LastCheck
{
    /// <summary>Name of the file within a workspace.</summary>
    public const string FileName = "check.groups";

    private const string Format = "xcoder check groups 1";
    private const int MostGroups = 1 << 20;

    /// <summary>Writes the groups of findings.</summary>
    public static void Write(WorkspaceFolder workspace, SnippetStore store, IReadOnlyList<ChangeFinding> findings)
    {
        var prints = store.Fingerprints(findings.SelectMany(static finding => finding.Rest.Append(finding.Snippet)));
        Open(workspace).Write("", (writer, _) =>
        {
            writer.Write(findings.Count);
            foreach (var finding in findings)
            {
                writer.Write(finding.Group);
                writer.Write(1 + finding.Rest.Count());
                foreach (var member in finding.Rest.Prepend(finding.Snippet)
                    .Select(snippet => IgnoreSet.Member(snippet, prints[snippet.Id], "")))
                {
                    writer.Write(member.Repository!);
                    writer.Write(member.Path);
                    writer.Write(member.Name);
                    writer.Write(member.Hash);
                }
            }
        });
    }

    /// <summary>The members of a group; null if the last check did not find it.</summary>
    public static IReadOnlyList<IgnoredMember>? Read(WorkspaceFolder workspace, string group) =>
        Open(workspace).Read<IReadOnlyList<IgnoredMember>>("", reader =>
        {
            for (var left = Count(reader); left > 0; left--)
            {
                var found = reader.ReadString() == group;
                var members = new List<IgnoredMember>();
                for (var more = Count(reader); more > 0; more--)
                {
                    members.Add(new IgnoredMember(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadUInt64()));
                }

                if (found)
                {
                    return members;
                }
            }

            return null;
        });

    private static SealedFile Open(WorkspaceFolder workspace) => new(Path.Combine(workspace.Folder, FileName), Format);

    private static int Count(BinaryReader reader) =>
        reader.ReadInt32() is >= 0 and <= MostGroups and var count ? count : throw new InvalidDataException("That is no count.");
}
