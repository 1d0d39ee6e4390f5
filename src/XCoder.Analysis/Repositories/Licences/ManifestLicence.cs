using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>The licence a package manifest names.</summary>
internal static class ManifestLicence
{
    private static readonly Regex TomlLicence = new(
        """^license\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|\{\s*text\s*=\s*["'](?<value>[^"']*)["']\s*\})""",
        RegexOptions.CultureInvariant,
        TimeSpan.FromMilliseconds(250));

    /// <summary>Whether a file of that name is a manifest this reads.</summary>
    public static bool IsManifest(string name) => name is "package.json" or "composer.json" or "Cargo.toml" or "pyproject.toml";

    /// <summary>The licence as an SPDX expression, <c>NOASSERTION</c> where it is written otherwise, null where none is named.</summary>
    public static string? Read(string name, byte[] bytes)
    {
        var value = name.EndsWith(".json", StringComparison.Ordinal) ? FromJson(bytes) : FromToml(Encoding.UTF8.GetString(bytes));
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        // Cargo's old spelling of OR.
        value = Regex.Replace(value.Trim(), @"\s*/\s*", " OR ");
        return value == "UNLICENSED" ? SpdxTag.NoAssertion : SpdxTag.Check(value) ?? SpdxTag.NoAssertion;
    }

    private static string? FromJson(byte[] bytes)
    {
        try
        {
            using var document =
                JsonDocument.Parse(bytes,
                    new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? null
                : root.TryGetProperty("license", out var licence) ? Names(licence)
                : root.TryGetProperty("licenses", out var licences) ? Names(licences)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A string, { "type": … } or a list of either, which are alternatives.
    private static string? Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Object when element.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String => type.GetString(),
        JsonValueKind.Array =>
            string.Join(" OR ", element.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Array).Select(Names)
                .OfType<string>()),
        _ => null,
    };

    private static string? FromToml(string text)
    {
        var isPackage = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
            {
                isPackage = line is "[package]" or "[workspace.package]" or "[project]" or "[tool.poetry]";
            }
            else if (isPackage && TomlLicence.Match(line) is { Success: true } match)
            {
                return match.Groups["value"].Value;
            }
        }

        return null;
    }
}

/// <summary>SPDX licence expressions, and the tag that gives one in a file.</summary>
internal static class SpdxTag
{
    /// <summary>SPDX for: there is a statement, but not one that is understood.</summary>
    public const string NoAssertion = "NOASSERTION";

    private const int MaxBytes = 4096;

    private static readonly Regex Expression = new(
        @"^\(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*( (AND|OR|WITH) \(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*)*$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The expression of a tag in the first 4 KiB. The tag must open its line but for comment signs.</summary>
    public static string? Find(ReadOnlySpan<byte> text)
    {
        var start = text[..Math.Min(text.Length, MaxBytes)];
        for (var at = start.IndexOf("SPDX-License-Identifier:"u8); at >= 0; at = start.IndexOf("SPDX-License-Identifier:"u8))
        {
            var before = start[(start[..at].LastIndexOf((byte)'\n') + 1)..at];
            start = start[(at + "SPDX-License-Identifier:".Length)..];
            var end = start.IndexOfAny((byte)'\n', (byte)'\r');
            var value = Encoding.UTF8.GetString(start[..(end < 0 ? start.Length : end)]);
            if (IsCommentSign(before) && Check(value) is { } expression)
            {
                return expression;
            }
        }

        return null;
    }

    /// <summary>The expression, tidied, or null where it is none.</summary>
    public static string? Check(string value)
    {
        foreach (var close in (string[])["*/", "-->", "#}", "*)", "-}", "%>", "\"\"\""])
        {
            var at = value.IndexOf(close, StringComparison.Ordinal);
            value = at < 0 ? value : value[..at];
        }

        value = string.Join(' ', value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('*', '#', '/', '-', ' ');
        return value.Length is > 0 and <= 200 && Expression.IsMatch(value) && value.Count(c => c == '(') == value.Count(c => c == ')')
            ? value : null;
    }

    private static bool IsCommentSign(ReadOnlySpan<byte> before)
    {
        foreach (var value in before)
        {
            if (char.IsAsciiLetterOrDigit((char)value) && !before.TrimStart(" \t"u8).StartsWith("dnl "u8) && !before.StartsWith("REM "u8))
            {
                return false;
            }
        }

        return before.IndexOfAny("\"="u8) < 0 || before.TrimStart(" \t"u8).StartsWith("\"\"\""u8);
    }
}
