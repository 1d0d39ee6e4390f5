using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Licences.Files;
using XCoder.Analysis.Repositories.Licences.Heads;
using XCoder.Analysis.Repositories.Licences.Manifests;
using XCoder.Analysis.Repositories.Licences.Readmes;
using XCoder.Analysis.Repositories.Licences.Reuse;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Finds the licence of each file of a repository. What the file itself says with an <c>SPDX-License-Identifier</c>, in its first
/// 4 KiB or in a <c>.license</c> file beside it, and rules of <c>REUSE.toml</c> decide. Else the stricter counts of the notices
/// at its head and below, and of what its folder says: the licence files and the package manifest of the nearest folder that has
/// one, or a README's section on the licence. Folders are read once. Safe for concurrent use.
/// </summary>
internal sealed partial class LicenceFinder
{
    private const int MaxLicenceBytes = 256 * 1024;
    private const int MaxManifestBytes = 1 << 20;
    private const int MostOfHint = 600, MostOfLoud = 8192;
    private const string SidecarEnding = ".license";
    private const string Debian = "debian/copyright";

    private readonly string _root;
    private readonly ConcurrentDictionary<string, Evidence> _folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Notice> _notices = new(StringComparer.Ordinal);
    private readonly ReuseFacts _reuse;
    private readonly Lazy<ReuseTexts> _texts;
    private readonly Lazy<ReuseFile?> _debian;

    /// <summary>Finds licences in the repository at <paramref name="root"/>, an absolute path.</summary>
    public LicenceFinder(string root)
    {
        _root = root.EndsWith('/') ? root : root + "/";
        _reuse = new ReuseFacts(_root);
        _texts = new Lazy<ReuseTexts>(() => ReuseTexts.Read(_root));
        _debian = new Lazy<ReuseFile?>(() => LicenceFile.Read(_root + Debian, MaxLicenceBytes) is not { } list ? null
            : list.Bytes is { } bytes ? ReuseFile.OfDep5(Debian, Encoding.UTF8.GetString(bytes)) : ReuseFile.Unread(Debian));
    }

    /// <summary>The licence of a file, or null where nothing says one.</summary>
    /// <param name="path">Path below the root, <c>/</c>-separated.</param>
    /// <param name="text">The file's text.</param>
    public Licence? Find(string path, ReadOnlySpan<byte> text)
    {
        text = NoticeText.Of(text);
        var notice = HeaderNotice.Find(text, _notices);
        var later = LaterNotices.Find(text);
        var (tag, elsewhere) = Tags(text);
        var other = Stricter(elsewhere, later.Spdx);
        var evidence = At(path[..(path.LastIndexOf('/') + 1)]);
        var beside = FromSidecar(evidence, path);
        var own = beside ?? (tag is null ? null : new Licence(Stricter(Stricter(tag, notice.Spdx), later.Spdx)!, path));
        if (_reuse.Find(path, own) is { } stated)
        {
            // Nothing that is said elsewhere gives what the head withholds, and no text what it does not say.
            return notice.IsWithheld || later.IsWithheld || !_texts.Value.IsTrue(stated.Spdx) ? stated with { Spdx = SpdxTag.NoAssertion }
                : own is null && notice.Spdx is { } strict ? Stricter(stated, new Licence(strict, path)) : stated;
        }

        // Debian's list says what it found in the files; it grants nothing.
        var folder = evidence.Licence is { } said ? Stricter(said, _texts.Value.Strict) : _texts.Value.Licence;
        folder = folder is null || _debian.Value?.Find(path)?.Spdx is not { } found ? folder : Stricter(folder, new Licence(found, Debian));
        return Stricter(notice.Spdx, other) is { } named && (notice.Spdx is not null || folder is not null)
            ? Stricter(new Licence(named, path), folder) : folder;
    }

    /// <summary>The stricter of two licences; the first of equals and null of neither.</summary>
    internal static Licence? Stricter(Licence? first, Licence? second) =>
        first is null ? second : second is null || ClassOf(first.Spdx) >= ClassOf(second.Spdx) ? first : second;

    /// <summary>The stricter of two SPDX expressions; the first of equals and null of neither.</summary>
    internal static string? Stricter(string? first, string? second) =>
        first is null ? second : second is null || ClassOf(first) >= ClassOf(second) ? first : second;

    // The tags at the head of a file, and those elsewhere, which may stand in a text or be of a part: they grant nothing.
    private static (string? Head, string? Elsewhere) Tags(ReadOnlySpan<byte> text)
    {
        var first = SpdxTag.Find(text);
        if (first is null && text.IndexOf("SPDX-Snippet"u8) < 0)
        {
            return default;
        }

        var head = Encoding.UTF8.GetString(text[..Math.Min(text.Length, SpdxTag.MaxBytes)]);
        return SpdxTag.Find(HeadComment.Read(head)) is { } tag
            ? (first == SpdxTag.NoAssertion ? first : Stricter(SpdxTag.FindAll(text) ?? tag, SpdxTag.FindSnippets(head)), null)
            : (null, Stricter(SpdxTag.Find(head), SpdxTag.FindSnippets(head)));
    }

    private static string[] Ids(string spdx) =>
        [.. spdx.Split([" OR ", " AND "], StringSplitOptions.None).Select(static part => part.Trim('(', ')', ' '))];

    // Of alternatives the mildest counts, else the strictest. What no table has is taken to ask for something.
    internal static LicenceClass ClassOf(string spdx)
    {
        var all = spdx.Split(" OR ");
        return all.Length > 1 && !spdx.Contains(" AND ", StringComparison.Ordinal) ? all.Min(ClassOf)
            : Ids(spdx).Max(static id => id switch
            {
                SpdxTag.NoAssertion => LicenceClass.Restricted,
                _ when id.StartsWith("LicenseRef-", StringComparison.OrdinalIgnoreCase) => LicenceClass.Restricted,
                _ => LicenceText.ClassOf(id) ?? LicenceClass.Copyleft,
            });
    }

    // Evidence that counts in a folder (empty, or ending in '/'): its own, else that of the folder above.
    private Evidence At(string folder)
    {
        if (_folders.TryGetValue(folder, out var known))
        {
            return known;
        }

        // Without recursion: paths can be thousands of folders deep.
        var above = new Stack<string>();
        var outer = Evidence.None;
        for (string? at = folder; at != null && !_folders.TryGetValue(at, out outer!); at = Parent(at))
        {
            above.Push(at);
        }

        outer ??= Evidence.None;
        while (above.TryPop(out var at))
        {
            var own = Read(at);
            outer = own with { File = own.File ?? outer.File, Manifest = own.Manifest ?? outer.Manifest,
                Readme = own.Readme ?? outer.Readme,
                IsManifestNearer = own.File is null && (own.Manifest is not null || outer.IsManifestNearer) };
            _folders.TryAdd(at, outer);
        }

        return outer;
    }

    private Evidence Read(string folder)
    {
        var entries = NativeFiles.List(Encoding.UTF8.GetBytes(_root + folder + '\0'), out _) ?? [];
        var names = entries.Where(entry => entry is { Kind: EntryKind.File, RawName: null }).Select(entry => entry.Name)
            .Order(StringComparer.Ordinal).ToList();
        var (file, manifest) = (FromFiles(folder, [.. names, .. LicenceFolders.Terms(_root + folder, entries)]),
            FromManifest(folder, names));
        var readme = FromReadme(folder, names);
        if (readme is { IsWithheld: true, Licence: var withheld })
        {
            // What people are told first takes back what stands elsewhere.
            (file, manifest) = (Stricter(withheld, file), null);
        }

        return new Evidence(file, manifest, file is null && manifest is null ? readme?.Licence : null,
            names.Where(name => name.EndsWith(SidecarEnding, StringComparison.Ordinal))
                .Select(name => folder + name[..^SidecarEnding.Length]).ToHashSet(StringComparer.Ordinal));
    }

    private Licence? FromFiles(string folder, List<string> names)
    {
        var found = new List<(string Spdx, string Name)>();
        var (unknown, isChoice) = ((string?)null, false);
        foreach (var name in names)
        {
            var holdsTerms = LicenceNames.HoldsTerms(name) || name.Contains('/');
            var isLoud = !holdsTerms && !LicenceNames.HoldsNotices(name);
            if ((isLoud && !LicenceNames.IsLoud(name)) || LicenceFile.Read(_root + folder + name, MaxLicenceBytes) is not { } file)
            {
                continue;
            }

            if (file.Bytes is not { } bytes)
            {
                unknown = isLoud ? unknown : unknown ?? name;
                continue;
            }

            if (bytes.Length == 0 || IsStub(bytes))
            {
                continue;
            }

            // "Under either of the licences found in LICENSE-MIT or LICENSE-APACHE."
            if (holdsTerms && PlainWords.Join(LicenceRecogniser.Decode(bytes)) is { Length: < MostOfHint } hint
                && LicenceWords.Alternatives.IsMatch(hint) && LicenceStatement.IsHint(hint))
            {
                isChoice = true;
            }
            else if (isLoud)
            {
                unknown = bytes.Length <= MostOfLoud && ReadmeTerms.Withholds(LicenceRecogniser.Decode(bytes)) ? unknown ?? name : unknown;
            }
            else if (OfFile(bytes) is { } expression && (holdsTerms || ClassOf(expression) != LicenceClass.Permissive
                || LicenceNames.IsCopyright(name)))
            {
                found.Add((expression, name));
            }
            else if (holdsTerms || NoticeWithholds(bytes))
            {
                unknown = unknown is null || LicenceNames.IsPlain(name) ? name : unknown;
            }
        }

        // What nobody can read speaks for all that lies beside it, unless that is strict by itself.
        return unknown is not null && found.TrueForAll(item => ClassOf(item.Spdx) == LicenceClass.Permissive)
            ? new Licence(SpdxTag.NoAssertion, folder + unknown)
            : found.Count == 0 ? null
            : new Licence(
                Join(found.Select(item => item.Spdx), isChoice || found.Exists(item => !LicenceNames.IsPlain(item.Name))),
                folder + found[0].Name);
    }

    /// <summary>
    /// Several licences of one thing. They are alternatives where that is usual and none of them asks for more than a notice
    /// (LICENSE-MIT and LICENSE-APACHE); else nothing tells a choice from parts under licences of their own, and all of them hold.
    /// </summary>
    internal static string Join(IEnumerable<string> expressions, bool isChoice)
    {
        var all = expressions.Distinct().ToList();
        return all.Contains(SpdxTag.NoAssertion) ? SpdxTag.NoAssertion
            : LicenceRecogniser.Combine(all,
                isChoice && all.TrueForAll(spdx => ClassOf(spdx) == LicenceClass.Permissive) ? " OR " : " AND ");
    }

    // Long notices list the licences of parts, whose words say nothing of the whole.
    private static bool NoticeWithholds(byte[] bytes)
    {
        var words = PlainWords.Join(LicenceRecogniser.Decode(bytes));
        return LicenceWords.Withholds.IsMatch(words) || LicenceWords.Readmes.IsMatch(words)
            || (words.Length < MostOfHint && (LicenceWords.Trades.IsMatch(words) || LicenceWords.Notices.IsMatch(words)
                && TermsReader.Read(LicenceRecogniser.Decode(bytes), isOfLicence: true).IsWithheld));
    }

    // The licence of a file that holds one: by its text, by tags, or both.
    private static string? OfFile(byte[] bytes)
    {
        if (SpdxTag.Find(bytes) is not { } tags)
        {
            return LicenceRecogniser.Recognise(bytes);
        }

        var text = SpdxTag.Strip(LicenceRecogniser.Decode(bytes));
        return LicenceRest.IsHarmless(PlainWords.Join(text), LicenceRest.Place.Tail) ? tags
            : LicenceRecogniser.Recognise(text) is { } body ? Join([tags, body], isChoice: false) : null;
    }

    // Years and holders alone, as CRAN wants beside a licence that DESCRIPTION names, are none.
    private static bool IsStub(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return (string.IsNullOrWhiteSpace(text) || Stub().IsMatch(text)) && PlainWords.List(Stub().Replace(text, "")).Length == 0;
    }

    private (Licence All, Licence? Sure)? FromManifest(string folder, List<string> names)
    {
        var (all, sure, first) = (new List<string>(), new List<string>(), "");
        foreach (var name in names.Where(ManifestLicence.IsManifest))
        {
            if (LicenceFile.Read(_root + folder + name, MaxManifestBytes) is { } manifest
                && (manifest.Bytes is { } bytes ? ManifestLicence.Read(name, bytes)
                    : new ManifestStatement(SpdxTag.NoAssertion, true, null)) is { } says)
            {
                var file = says.File is { } other ? FromNamed(folder, other.Replace('\\', '/')) : null;
                first = all.Count == 0 ? name : first;
                string[] said = [says.Spdx ?? file ?? SpdxTag.NoAssertion, file ?? says.Spdx ?? SpdxTag.NoAssertion];
                all.AddRange(said);
                sure.AddRange(says.IsSure || file is not null ? said : []);
            }
        }

        // Packages in one folder may be of one thing: what each of them asks holds.
        return all.Count == 0 ? null : (Joined(all), sure.Count == 0 ? null : Joined(sure));

        Licence Joined(List<string> said) => new(Join(said, isChoice: false), folder + first);
    }

    // The file that a manifest names counts, whatever its name; null where it counts anyway, or may lie in a folder above.
    private string? FromNamed(string folder, string name)
    {
        var isInside = !name.StartsWith('/') && Array.IndexOf(name.Split('/'), "..") < 0 && !name.Contains('\0');
        return LicenceNames.Contains(name) ? null
            : isInside && LicenceFile.Read(_root + folder + name, MaxLicenceBytes) is { } file
                ? (file.Bytes is { } text ? OfFile(text) : null) ?? SpdxTag.NoAssertion
            : LicenceNames.Contains(name[(name.LastIndexOf('/') + 1)..]) ? null : SpdxTag.NoAssertion;
    }

    // What the READMEs of a folder withhold, and the licence that their sections name.
    private (Licence Licence, bool IsWithheld)? FromReadme(string folder, List<string> names)
    {
        (Licence Licence, bool IsWithheld)? found = null;
        foreach (var name in names.Where(ReadmeTerms.IsReadme))
        {
            if (LicenceFile.Read(_root + folder + name, MaxLicenceBytes) is { } file
                && (file.Bytes is { } bytes ? ReadmeTerms.Read(LicenceRecogniser.Decode(bytes)) : new Notice(SpdxTag.NoAssertion, true))
                    is { Spdx: { } spdx, IsWithheld: var isWithheld }
                && (found is null || (isWithheld && Stricter(found.Value.Licence, new Licence(spdx, folder + name))?.Spdx == spdx)))
            {
                found = (new Licence(spdx, folder + name), isWithheld);
            }
        }

        return found;
    }

    // REUSE: the file beside one says all of it. One that names no licence says nothing, or withholds.
    private Licence? FromSidecar(Evidence evidence, string path) => evidence.Sidecars.Contains(path)
        && LicenceFile.Read(_root + path + SidecarEnding, MaxLicenceBytes) is { } file && (file.Bytes is not { } bytes
            || SpdxTag.Find(bytes) is not null
            || !LicenceRest.IsHarmless(PlainWords.Join(SpdxTag.Strip(LicenceRecogniser.Decode(bytes))), LicenceRest.Place.Tail))
            ? new Licence((file.Bytes is { } text ? OfFile(text) : null) ?? SpdxTag.NoAssertion, path + SidecarEnding) : null;

    private static string? Parent(string folder) =>
        folder.Length == 0 ? null : folder[..(folder.LastIndexOf('/', folder.Length - 2) + 1)];

    [GeneratedRegex(@"^[ \t]*(?:YEAR|COPYRIGHT HOLDER|ORGANIZATION)\s*:.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Stub();

    private sealed record Evidence(Licence? File, (Licence All, Licence? Sure)? Manifest, Licence? Readme, IReadOnlySet<string> Sidecars)
    {
        public static Evidence None { get; } = new(null, null, null, new HashSet<string>());

        /// <summary>Whether the manifest is of a folder below that of the licence file.</summary>
        public bool IsManifestNearer { get; init; }

        /// <summary>
        /// The file's where the manifest says nothing sure or nothing stricter; of two that ask for the same, the nearer.
        /// </summary>
        public Licence? Licence => File is null ? Manifest?.All ?? Readme
            : Manifest?.Sure is not { } named ? File
            : Later(File, named) ?? (IsManifestNearer ? Stricter(named, File) : Stricter(File, named));

        // A text of the GNU licences cannot say whether a later version may be taken; the manifest does.
        private static Licence? Later(Licence file, Licence named) =>
            file.Spdx.EndsWith("-only", StringComparison.Ordinal) && named.Spdx == file.Spdx[..^"only".Length] + "or-later"
                ? file with { Spdx = named.Spdx } : null;
    }
}
