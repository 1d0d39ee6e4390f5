using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Finds the licence of each file of a repository: an <c>SPDX-License-Identifier</c> in its first 4 KiB, else the
/// licence files of the nearest folder that has one, else the nearest package manifest that names one. Folders are
/// read once. Safe for concurrent use.
/// </summary>
internal sealed class LicenceFinder
{
    private const int MaxLicenceBytes = 256 * 1024;
    private const int MaxManifestBytes = 1 << 20;

    private readonly string _root;
    private readonly ConcurrentDictionary<string, Evidence> _folders = new(StringComparer.Ordinal);

    /// <summary>Finds licences in the repository at <paramref name="root"/>, an absolute path.</summary>
    public LicenceFinder(string root) => _root = root.EndsWith('/') ? root : root + "/";

    /// <summary>The licence of a file, or null where nothing says one.</summary>
    /// <param name="path">Path below the root, <c>/</c>-separated.</param>
    /// <param name="text">The file's text; its beginning is enough.</param>
    public Licence? Find(string path, ReadOnlySpan<byte> text)
    {
        if (SpdxTag.Find(text) is { } expression)
        {
            return new Licence(expression, path);
        }

        var evidence = At(path[..(path.LastIndexOf('/') + 1)]);
        return evidence.File ?? evidence.Manifest;
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
        var outer = default(Evidence);
        for (string? at = folder; at != null && !_folders.TryGetValue(at, out outer); at = Parent(at))
        {
            above.Push(at);
        }

        while (above.TryPop(out var at))
        {
            var own = Read(at);
            outer = new Evidence(own.File ?? outer.File, own.Manifest ?? outer.Manifest);
            _folders.TryAdd(at, outer);
        }

        return outer;
    }

    private Evidence Read(string folder)
    {
        var entries = NativeFiles.List(Encoding.UTF8.GetBytes(_root + folder + '\0'), out _) ?? [];
        var names = entries.Where(entry => entry is { Kind: EntryKind.File, RawName: null }).Select(entry => entry.Name)
            .Order(StringComparer.Ordinal).ToList();
        return new Evidence(FromFiles(folder, names), FromManifest(folder, names));
    }

    private Licence? FromFiles(string folder, List<string> names)
    {
        var found = new List<(LicenceText Text, string Source)>();
        string? unknown = null;
        foreach (var name in names.Where(LicenceNames.Contains))
        {
            if (SourceFileReader.ReadSmall(_root + folder + name, MaxLicenceBytes) is not { Length: > 0 } bytes)
            {
                continue;
            }

            if (SpdxTag.Find(bytes) is { } expression)
            {
                return new Licence(expression, folder + name);
            }

            if (LicenceText.Recognise(bytes) is { } text)
            {
                found.Add((text, folder + name));
            }
            else
            {
                unknown ??= folder + name;
            }
        }

        return found.Count > 0 ? new Licence(LicenceText.Combine(found.Select(pair => pair.Text)), found[0].Source)
            : unknown != null ? new Licence(SpdxTag.NoAssertion, unknown)
            : null;
    }

    private Licence? FromManifest(string folder, List<string> names)
    {
        foreach (var name in names.Where(ManifestLicence.IsManifest))
        {
            if (SourceFileReader.ReadSmall(_root + folder + name, MaxManifestBytes) is { } bytes
                && ManifestLicence.Read(name, bytes) is { } expression)
            {
                return new Licence(expression, folder + name);
            }
        }

        return null;
    }

    private static string? Parent(string folder) =>
        folder.Length == 0 ? null : folder[..(folder.LastIndexOf('/', folder.Length - 2) + 1)];

    private readonly record struct Evidence(Licence? File, Licence? Manifest);
}

/// <summary>Which file names hold licence texts.</summary>
internal static class LicenceNames
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // LICENSE, LICENCE.md, LICENSE-MIT, LICENSE.apache2, COPYING.LESSER, COPYING3, UNLICENSE, MIT-LICENSE.txt; no code.
    private static readonly Regex Names = new(
        @"^((un)?licen[sc]es?|copying(v?\d)?)([-_.](?<word>[a-z0-9+]+([-_.][a-z0-9+]+)*?))?(\.(txt|text|md|markdown|rst|adoc|org))?$"
        + @"|^[a-z0-9.]{1,12}[-_]licen[sc]e([-_][0-9.]+)?(\.(txt|text|md|markdown|rst))?$",
        Options);

    // Of what is bundled, not of the code here; and endings of programs and data.
    private static readonly Regex Others = new(
        @"third|3rd|bundled|dependenc|vendor|fonts?\b|header|template|\.(c|cc|cpp|cs|css|go|h|hs|html?|java|jl|js|json|jsx|kt|lua|mjs|php|pl|pm|properties|py|r|rb|rs|scala|sh|swift|toml|ts|tsx|xml|ya?ml)$",
        Options);

    /// <summary>Whether a file of that name is a licence file.</summary>
    public static bool Contains(string name) => name.Length <= 64 && Names.IsMatch(name) && !Others.IsMatch(name);
}

/// <summary>
/// A known licence and the words that give its text away. Texts are compared as lower-case words parted by single
/// spaces, so layout, punctuation and comment signs do not count.
/// </summary>
/// <param name="Spdx">SPDX id.</param>
/// <param name="All">Phrases that must all occur; the first one's place is the licence's.</param>
/// <param name="None">Phrases of which none may occur.</param>
internal sealed record LicenceText(string Spdx, string[] All, string[] None)
{
    private const string MitGrant = "permission is hereby granted free of charge to any person obtaining a copy of";
    private const string MitNotice = "permission notice shall be included in all copies or substantial portions of";
    private const string BsdGrant = "redistribution and use in source and binary forms with or without modification are permitted";
    private const string NoEndorsement = "be used to endorse or promote products derived from";
    private const string Advertising = "all advertising materials mentioning features";
    private const string IscGrant = "distribute this software for any purpose with or without fee is hereby granted";
    private const string OrLater = "or at your option any later version";

    // Permissive ones first: the order in which alternatives are written.
    private static readonly LicenceText[] Known =
    [
        new("MIT", [MitGrant, MitNotice], ["except as contained in this notice", "used for good not evil"]),
        new("X11", [MitGrant, MitNotice, "except as contained in this notice"], []),
        new("JSON", [MitGrant, "used for good not evil"], []),
        new("MIT-0", [MitGrant], [MitNotice]),
        new("0BSD", [IscGrant], ["provided that the above copyright notice"]),
        new("ISC", [IscGrant, "provided that the above copyright notice"], ["except as contained in this notice"]),
        new("curl", [IscGrant, "provided that the above copyright notice", "except as contained in this notice"], []),
        new("BSD-4-Clause", [BsdGrant, Advertising], []),
        new("BSD-3-Clause-Clear", [BsdGrant, NoEndorsement, "no express or implied licenses to any party s patent rights"], []),
        new("BSD-3-Clause", [BsdGrant, NoEndorsement], [Advertising, "no express or implied licenses to any party s patent rights"]),
        new("BSD-2-Clause", [BsdGrant], [NoEndorsement, Advertising]),
        new("Zlib", ["in no event will the authors be held liable for any damages arising from the use of this software",
            "altered source versions must be plainly marked"], []),
        new("BSL-1.0", ["boost software license version 1 0"], []),
        new("Unlicense", ["this is free and unencumbered software released into the public domain"], []),
        new("CC0-1.0", ["cc0 1 0 universal"], []),
        new("WTFPL", ["do what the fuck you want to public license"], []),
        new("PostgreSQL",
            ["permission to use copy modify and distribute this software and its documentation for any purpose without fee and without a "
                + "written agreement is hereby granted"], []),
        new("NCSA", ["university of illinois ncsa open source license"], []),
        new("Python-2.0", ["python software foundation license version 2"], []),
        new("BlueOak-1.0.0", ["blue oak model license"], []),
        new("MulanPSL-2.0", ["mulan permissive software license version 2"], []),
        new("MS-PL", ["microsoft public license ms pl"], []),
        new("OFL-1.1", ["sil open font license version 1 1"], []),
        new("Apache-2.0 WITH LLVM-exception", ["apache license version 2 0", "llvm exceptions to the apache 2 0 license"], []),
        new("Apache-2.0", ["apache license version 2 0"], ["llvm exceptions to the apache 2 0 license"]),
        new("Artistic-2.0", ["the artistic license 2 0"], []),
        new("CC-BY-4.0", ["attribution 4 0 international"], []),
        new("CC-BY-SA-4.0", ["attribution sharealike 4 0 international"], []),
        new("CC-BY-NC-4.0", ["attribution noncommercial 4 0 international"], []),
        new("CC-BY-NC-SA-4.0", ["attribution noncommercial sharealike 4 0 international"], []),
        new("CC-BY-ND-4.0", ["attribution noderivatives 4 0 international"], []),
        new("MPL-2.0", ["mozilla public license version 2 0"], []),
        new("MPL-1.1", ["mozilla public license version 1 1"], []),
        new("EPL-2.0", ["eclipse public license v 2 0"], []),
        new("EPL-1.0", ["eclipse public license v 1 0"], []),
        new("EUPL-1.2", ["european union public licence v 1 2"], []),
        new("LGPL-2.0-only", ["gnu library general public license version 2 june 1991"], []),
        new("LGPL-2.1-only", ["gnu lesser general public license version 2 1 february 1999"], []),
        new("LGPL-3.0-only", ["gnu lesser general public license version 3 29 june 2007"], []),
        new("GPL-2.0-only", ["gnu general public license version 2 june 1991"], []),
        new("GPL-3.0-only", ["gnu general public license version 3 29 june 2007"], []),
        new("AGPL-3.0-only", ["gnu affero general public license version 3 19 november 2007"], []),
        // Notices instead of the text.
        new("LGPL-2.1-or-later",
            ["gnu lesser general public license as published by the free software foundation either version 2 1", OrLater],
            ["terms and conditions for copying"]),
        new("LGPL-3.0-or-later",
            ["gnu lesser general public license as published by the free software foundation either version 3", OrLater],
            ["additional definitions"]),
        new("GPL-2.0-or-later", ["gnu general public license as published by the free software foundation either version 2", OrLater],
            ["terms and conditions"]),
        new("GPL-3.0-or-later", ["gnu general public license as published by the free software foundation either version 3", OrLater],
            ["terms and conditions"]),
        new("AGPL-3.0-or-later",
            ["gnu affero general public license as published by the free software foundation either version 3", OrLater],
            ["terms and conditions"]),
        new("Apache-2.0", ["apache org licenses license 2 0"], ["apache license version 2 0"]),
        new("BUSL-1.1", ["business source license 1 1"], []),
    ];

    /// <summary>The licence whose words come first in the text, or null.</summary>
    public static LicenceText? Recognise(ReadOnlySpan<byte> text)
    {
        var words = Normalise(text);
        LicenceText? first = null;
        var place = int.MaxValue;
        foreach (var known in Known)
        {
            var at = words.IndexOf(known.All[0], StringComparison.Ordinal);
            if (at >= 0 && at < place
                && Array.TrueForAll(known.All, phrase => words.Contains(phrase, StringComparison.Ordinal))
                && !Array.Exists(known.None, phrase => words.Contains(phrase, StringComparison.Ordinal)))
            {
                (first, place) = (known, at);
            }
        }

        return first;
    }

    /// <summary>The expression for licence files side by side: alternatives, but the GNU lesser licence is both its texts.</summary>
    public static string Combine(IEnumerable<LicenceText> found)
    {
        var ids = found.OrderBy(text => Array.IndexOf(Known, text)).Select(text => text.Spdx).Distinct().ToList();
        if (ids.Exists(id => id.StartsWith("LGPL", StringComparison.Ordinal)))
        {
            ids.RemoveAll(id => id.StartsWith("GPL", StringComparison.Ordinal));
        }

        return string.Join(" OR ", ids);
    }

    private static string Normalise(ReadOnlySpan<byte> text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var symbol in Encoding.UTF8.GetString(text))
        {
            if (char.IsLetterOrDigit(symbol))
            {
                words.Append(char.ToLowerInvariant(symbol));
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString();
    }
}
