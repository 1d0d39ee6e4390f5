using System.Collections.Concurrent;
using System.Text;

namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>The licence that the comment at the head of a file grants, or withholds, in words (<see cref="TermsReader"/>).</summary>
internal static class HeaderNotice
{
    private const int MostBytes = 6 * 1024;
    private const int MostKnown = 1024;

    /// <summary>The notice of a file.</summary>
    /// <param name="text">The file's text; its beginning is enough.</param>
    /// <param name="known">What other files' notices say: most files of a repository have the same.</param>
    public static Notice Find(ReadOnlySpan<byte> text, ConcurrentDictionary<string, Notice> known)
    {
        var head = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MostBytes)]);
        var assigned = AssignedNotice.Find(head);
        var comment = HeadComment.Of(head);
        if (string.IsNullOrWhiteSpace(comment))
        {
            return assigned;
        }

        if (!known.TryGetValue(comment, out var found))
        {
            found = TermsReader.Read(comment);
            if (known.Count < MostKnown)
            {
                known.TryAdd(comment, found);
            }
        }

        return found.IsWithheld || assigned.Spdx is null ? found : assigned.IsWithheld || found.Spdx is null ? assigned
            : new Notice(LicenceFinder.Join([found.Spdx, assigned.Spdx], isChoice: false), false);
    }
}
