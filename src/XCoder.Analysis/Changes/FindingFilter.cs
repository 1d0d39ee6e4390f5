using XCoder.Analysis.Model;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Changes;

/// <summary>A finding that is not reported.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Reason">What said so, and why.</param>
public sealed record IgnoredFinding(ChangeFinding Finding, IgnoreReason Reason);

/// <summary>
/// Takes out of findings what is to be ignored. A finding is left out if all of its code is, if all of its other places are, or if people
/// decided to keep the group that the rest forms.
/// </summary>
/// <param name="ignores">What is to be ignored.</param>
internal sealed class FindingFilter(IgnoreSet ignores)
{
    private readonly List<IgnoredFinding> _ignored = [];

    /// <summary>The findings left out so far.</summary>
    public IReadOnlyList<IgnoredFinding> Ignored => _ignored;

    /// <summary>Leaves out of copies those that are to be ignored.</summary>
    /// <param name="found">The findings by ordinals.</param>
    /// <param name="store">The store.</param>
    /// <param name="snippet">Returns the snippet of an ordinal.</param>
    /// <param name="describe">Returns a finding with its snippets.</param>
    public List<FoundCopy> Keep(IReadOnlyList<FoundCopy> found, SnippetStore store, Func<int, Snippet> snippet,
        Func<FoundCopy, ChangeFinding> describe)
    {
        if (ignores.IsEmpty)
        {
            return [.. found];
        }

        var prints = Fingerprints(store, found.SelectMany(static copy => Places(copy).Concat(copy.Copies.Select(static other =>
            other.Ordinal))).Select(snippet));
        var kept = new List<FoundCopy>();
        foreach (var copy in found)
        {
            var (places, others, reason, because) = Split(Places(copy).Select(ordinal => (Item: ordinal, copy.Copies[0].Kind,
                copy.Copies[0].Similarity)), copy.Copies.Select(static other => (Item: other, other.Kind, other.Similarity)), snippet,
                other => snippet(other.Ordinal), prints);
            if (reason is not null)
            {
                _ignored.Add(new IgnoredFinding(describe(copy), reason));
                continue;
            }

            // What is left out of a finding does not count for the gate, so it is told, too.
            List<int> dropped = [.. Places(copy).Except(places)];
            if (dropped.Count > 0)
            {
                _ignored.Add(new IgnoredFinding(describe(copy with { Ordinal = dropped[0], Also = dropped[1..] }), because!));
            }

            kept.Add(copy with { Ordinal = places[0], Also = places[1..], Copies = others });
        }

        return kept;
    }

    /// <summary>Leaves out of findings of which all places have one evidence those that are to be ignored.</summary>
    public IEnumerable<ChangeFinding> Keep(IReadOnlyList<ChangeFinding> findings, SnippetStore store)
    {
        if (ignores.IsEmpty)
        {
            return findings;
        }

        var prints = Fingerprints(store, findings.SelectMany(static finding => finding.Rest.Append(finding.Snippet)));
        var kept = new List<ChangeFinding>();
        foreach (var finding in findings)
        {
            var (places, others, reason, _) = Split(finding.Also.Prepend(finding.Snippet).Select(place => (place, finding.Evidence,
                finding.Similarity)), finding.Others.Select(other => (other, finding.Evidence, finding.Similarity)),
                static place => place, static other => other, prints);
            if (reason is not null)
            {
                _ignored.Add(new IgnoredFinding(finding, reason));
                continue;
            }

            var left = finding with { Snippet = places[0], Also = places[1..], Others = others };
            kept.Add(left with { Message = FindingText.Of(left) });
        }

        return kept;
    }

    // Reason is that of a finding that is left out altogether, OfPlaces that of the first of its places that is.
    private (List<TPlace> Places, List<TOther> Others, IgnoreReason? Reason, IgnoreReason? OfPlaces) Split<TPlace, TOther>(
        IEnumerable<(TPlace Item, DuplicateKind Kind, double Similarity)> places,
        IEnumerable<(TOther Item, DuplicateKind Kind, double Similarity)> others, Func<TPlace, Snippet> ofPlace,
        Func<TOther, Snippet> ofOther, Dictionary<string, UInt128> prints)
    {
        IgnoreReason? first = null;
        var left = places.Where(place => IsLeft(ofPlace(place.Item), place.Kind, place.Similarity)).Select(static place => place.Item)
            .ToList();
        if (left.Count == 0)
        {
            return ([], [], first, first);
        }

        var ofPlaces = first;
        first = null;
        var rest = others.Where(other => IsLeft(ofOther(other.Item), other.Kind, other.Similarity)).Select(static other => other.Item)
            .ToList();
        if (first is not null && rest.Count == 0)
        {
            return (left, rest, first, ofPlaces);
        }

        // An entry speaks of the code of its repository only.
        if (ignores.HasGroups && ignores.OfGroup([.. left.Select(ofPlace), .. rest.Select(ofOther)], prints) is { Count: > 0 } said)
        {
            var isWithOthers = rest.Count > 0;
            left.RemoveAll(place => said.ContainsKey(ofPlace(place).Repository));
            rest.RemoveAll(other => said.ContainsKey(ofOther(other).Repository));
            return (left, rest, left.Count == 0 || (isWithOthers && rest.Count == 0) ? said.First().Value : null,
                ofPlaces ?? said.First().Value);
        }

        return (left, rest, null, ofPlaces);

        bool IsLeft(Snippet snippet, DuplicateKind kind, double similarity)
        {
            var reason = ignores.Of(snippet, kind, similarity);
            first ??= reason;
            return reason is null;
        }
    }

    private Dictionary<string, UInt128> Fingerprints(SnippetStore store, IEnumerable<Snippet> snippets) =>
        ignores.HasGroups ? store.Fingerprints(snippets) : [];

    private static IEnumerable<int> Places(FoundCopy copy) => copy.Also.Prepend(copy.Ordinal);
}
