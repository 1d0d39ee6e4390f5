using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Licences.Manifests;

namespace XCoder.Analysis.Repositories.Licences.Reuse;

/// <summary>What counts where a file says something, too.</summary>
internal enum ReusePrecedence
{
    /// <summary>The file, or else the closest rule.</summary>
    Closest,

    /// <summary>Both together.</summary>
    Aggregate,

    /// <summary>The rule alone.</summary>
    Override,
}

/// <summary>A rule for files.</summary>
/// <param name="Spdx">The SPDX expression, or null where the rule names none.</param>
/// <param name="Precedence">What counts beside it.</param>
internal sealed record ReuseRule(string? Spdx, ReusePrecedence Precedence);

/// <summary>The rules of a <c>REUSE.toml</c> or of <c>.reuse/dep5</c>. Of those that match a path, the last counts.</summary>
internal sealed partial class ReuseFile
{
    // More is no list that people keep, and costs each file as many comparisons.
    private const int MostGlobs = 4000, LongestGlob = 500;

    private readonly List<(Regex Path, ReuseRule Rule)> _rules = [];
    private ReuseRule? _broken;

    private ReuseFile(string source) => Source = source;

    /// <summary>Path of the file, below the root of the repository.</summary>
    public string Source { get; }

    /// <summary>The rule for a file, or null.</summary>
    /// <param name="path">Its path below the folder of the rules.</param>
    public ReuseRule? Find(string path) => _broken ?? _rules.FindLast(rule => rule.Path.IsMatch(path)).Rule;

    /// <summary>A list that is too large to be read: of every file it may say anything.</summary>
    public static ReuseFile Unread(string source) =>
        new(source) { _broken = new ReuseRule(SpdxTag.NoAssertion, ReusePrecedence.Override) };

    /// <summary>Reads a <c>REUSE.toml</c>.</summary>
    public static ReuseFile OfToml(string source, string text)
    {
        var file = new ReuseFile(source);
        if (ManifestTree.Parse("toml", text.TrimStart('\uFEFF')) is not { } root)
        {
            file.Break(text);
            return file;
        }

        foreach (var value in ManifestTree.Values(root, "annotations").SelectMany(value => value as List<object?> ?? [value]))
        {
            if (value is not Dictionary<string, List<object?>> table || Strings(table, "path") is not { Count: > 0 } globs
                || PrecedenceOf(table) is not { } precedence)
            {
                file.Break(text);
                return file;
            }

            var licences = Strings(table, "SPDX-License-Identifier");
            var spdx = licences.Count > 0 ? Of(licences) : table.ContainsKey("SPDX-License-Identifier") ? SpdxTag.NoAssertion : null;

            // What is said besides may take back.
            if (spdx is not null && (Strings(table, "SPDX-FileCopyrightText").Exists(ManifestValue.Withholds)
                || table.Keys.Where(key => key.Contains("Comment", StringComparison.OrdinalIgnoreCase))
                    .SelectMany(key => Strings(table, key)).Any(said => ManifestValue.Narrows(said, spdx))))
            {
                spdx = SpdxTag.NoAssertion;
            }

            file.Add(globs, new ReuseRule(spdx, precedence), Toml);
        }

        return file;
    }

    /// <summary>Reads <c>.reuse/dep5</c>: paragraphs of Debian's format for copyright.</summary>
    public static ReuseFile OfDep5(string source, string text)
    {
        var file = new ReuseFile(source);
        var paragraphs = Paragraph().Split(text.TrimStart('\uFEFF').Replace("\r", "", StringComparison.Ordinal))
            .Where(paragraph => paragraph.Trim().Length > 0).Select(paragraph => FieldManifest.Fields(paragraph, isIni: false)
                .ToLookup(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase)).ToList();

        // A text may stand in a paragraph of its own.
        var texts = paragraphs.Where(fields => !fields["Files"].Any()).SelectMany(fields => fields["License"])
            .Select(Split).ToLookup(licence => licence.Name, licence => licence.Text, StringComparer.OrdinalIgnoreCase);
        foreach (var fields in paragraphs.Where(fields => fields["Files"].Any()))
        {
            var globs = fields["Files"].SelectMany(value => value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToList();
            var licences = fields["License"].Select(Split).ToList();
            var spdx = licences is [var only] && ManifestValue.Expression(only.Name) is { } named
                && texts[only.Name].Append(only.Text).All(body => body.Length == 0 || IsTextOf(named, body))
                && fields["Comment"].All(said => !ManifestValue.Narrows(said, named)) ? named : SpdxTag.NoAssertion;
            file.Add(globs, new ReuseRule(spdx, ReusePrecedence.Aggregate), Dep5);
        }

        return file;
    }

    private static (string Name, string Text) Split(string value) => value.IndexOf('\n', StringComparison.Ordinal) is var at and >= 0
        ? (value[..at].Trim(), value[(at + 1)..]) : (value.Trim(), "");

    /// <summary>Whether a text may be that of a licence.</summary>
    /// <param name="spdx">SPDX id or expression.</param>
    /// <param name="text">The text.</param>
    public static bool IsTextOf(string spdx, string text)
    {
        if (LicenceRecogniser.Recognise(text) is { } found)
        {
            return Family(found).Intersect(Family(spdx)).Any();
        }

        // Its words may stand there, and others that do not speak of terms: names, and where they are found.
        var words = PlainWords.Of(text);
        var parts = LicenceParts.Of(words.Words, words.Joined);
        return LicenceFinder.ClassOf(spdx) != LicenceClass.Permissive ? !LicenceWords.Withholds.IsMatch(words.Joined)
            : parts.Found is [var only] && only.Licence.Spdx == spdx
                && parts.Rest().Concat(only.Departures.Select(part => (part.From, part.To))).All(IsNoTerm);

        bool IsNoTerm((int From, int To) run) =>
            !LicenceWords.Speaks(LicenceWords.Harmless.Replace(string.Join(' ', words.Words[run.From..run.To]), " "));
    }

    // Ids without what the text cannot tell: whether later versions may be taken, how the exception reads.
    private static IEnumerable<string> Family(string spdx) => spdx.Split([" OR ", " AND "], StringSplitOptions.None)
        .Select(static part => Version().Replace(part.Trim('(', ')').Split(" WITH ")[0], ""));

    private static ReusePrecedence? PrecedenceOf(Dictionary<string, List<object?>> table) =>
        !table.TryGetValue("precedence", out var values) ? ReusePrecedence.Closest : values switch
        {
            ["closest"] => ReusePrecedence.Closest,
            ["aggregate"] => ReusePrecedence.Aggregate,
            ["override"] => ReusePrecedence.Override,
            _ => null,
        };

    private static string Of(List<string> licences)
    {
        var checkedOnes = licences.ConvertAll(SpdxTag.Check);
        return checkedOnes.Contains(null) ? SpdxTag.NoAssertion : LicenceRecogniser.Combine(checkedOnes!, " AND ");
    }

    private static List<string> Strings(Dictionary<string, List<object?>> table, string key) =>
        [.. (table.GetValueOrDefault(key) ?? []).SelectMany(value => value as List<object?> ?? [value]).OfType<string>()];

    // Rules that cannot be read may be for any file, and may override.
    private void Break(string text) => _broken = new ReuseRule(SpdxTag.NoAssertion,
        text.Contains("override", StringComparison.OrdinalIgnoreCase) || text.Contains("aggregate", StringComparison.OrdinalIgnoreCase)
            ? ReusePrecedence.Override : ReusePrecedence.Closest);

    private void Add(List<string> globs, ReuseRule rule, Func<string, string> pattern)
    {
        foreach (var glob in globs)
        {
            if (_rules.Count >= MostGlobs || glob.Length > LongestGlob)
            {
                _broken = new ReuseRule(SpdxTag.NoAssertion, ReusePrecedence.Override);
                return;
            }

            _rules.Add((new Regex($"^(?:{pattern(glob)})\\z",
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline), rule));
        }
    }

    // "*" stops at a slash and "**" does not; "\" takes its meaning from a sign.
    private static string Toml(string glob)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < glob.Length; i++)
        {
            if (glob[i] == '\\' && i + 1 < glob.Length)
            {
                pattern.Append(Regex.Escape(glob[++i].ToString()));
            }
            else if (glob[i] == '*')
            {
                var start = i;
                while (i + 1 < glob.Length && glob[i + 1] == '*')
                {
                    i++;
                }

                // "**/" may stand for no folder.
                var isFolders = i > start && i + 1 < glob.Length && glob[i + 1] == '/' && (start == 0 || glob[start - 1] == '/');
                pattern.Append(i == start ? "[^/]*" : isFolders ? "(?:.*/)?" : ".*");
                i += isFolders ? 1 : 0;
            }
            else
            {
                pattern.Append(Regex.Escape(glob[i].ToString()));
            }
        }

        return pattern.ToString();
    }

    // Debian's "*" and "?" stand for slashes, too.
    private static string Dep5(string glob)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < glob.Length; i++)
        {
            pattern.Append(glob[i] switch
            {
                '\\' when i + 1 < glob.Length => Regex.Escape(glob[++i].ToString()),
                '*' => ".*",
                '?' => ".",
                var letter => Regex.Escape(letter.ToString()),
            });
        }

        return pattern.ToString();
    }

    [GeneratedRegex(@"\n[ \t]*(?=\n)", RegexOptions.CultureInvariant)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"(?:-only|-or-later|\+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
