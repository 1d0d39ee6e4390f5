using System.Collections.Frozen;
using System.Text.Json;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Licences;

/// <summary>Decides which licences may enter rows.</summary>
public sealed class LicencePolicy
{
    private const string Permissive = "permissive";
    private const string Any = "any";
    private const string Unknown = "NOASSERTION";

    private static readonly Lazy<(FrozenSet<string> Permissive, FrozenSet<string> Known)> Table = new(Read);

    private readonly FrozenSet<string>? _allowed;

    private LicencePolicy(string name, FrozenSet<string>? allowed) => (Name, _allowed) = (name, allowed);

    /// <summary>The parsed text, with its parts joined by commas.</summary>
    public string Name { get; }

    /// <summary>Parses <c>permissive</c>, <c>any</c>, or a comma-separated list of SPDX ids that may include <c>permissive</c>.</summary>
    /// <exception cref="FormatException">The text is none of these; the message says what to write.</exception>
    public static LicencePolicy Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is [var only] && only.Equals(Any, StringComparison.OrdinalIgnoreCase))
        {
            return new LicencePolicy(Any, null);
        }

        var allowed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts)
        {
            if (part.Equals(Permissive, StringComparison.OrdinalIgnoreCase))
            {
                allowed.UnionWith(Table.Value.Permissive);
                continue;
            }

            var id = string.Join(' ', part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Check(text, id);
            allowed.Add(id);
        }

        return allowed.Count > 0
            ? new LicencePolicy(string.Join(',', parts), allowed.ToFrozenSet(StringComparer.OrdinalIgnoreCase))
            : throw new FormatException($"'{text}' names no licence. {WhatToWrite}");
    }

    /// <summary>
    /// Returns whether code under an SPDX expression may be used. Of alternatives (OR) one must be allowed; of joined licences (AND) all.
    /// An exception (WITH) only adds permissions, so the base licence decides, unless the list names both. Only <c>any</c> allows null,
    /// <c>NOASSERTION</c> and invalid expressions.
    /// </summary>
    public bool Allows(string? spdx) => _allowed == null || (!SpdxExpression.IsUnknown(spdx) && SpdxExpression.Allows(spdx!, IsAllowed));

    private static string WhatToWrite =>
        "Write 'permissive', 'any', or SPDX ids separated by commas, such as 'MIT,Apache-2.0' or 'permissive,MPL-2.0'.";

    private bool IsAllowed(string id, string? exception) =>
        _allowed!.Contains(id) || (exception != null && _allowed.Contains($"{id} WITH {exception}"));

    private static void Check(string text, string id)
    {
        var licence = id.Split(' ')[0];
        if (!SpdxExpression.IsValid(id) || id.Contains('(') || id.Contains(" AND ", StringComparison.OrdinalIgnoreCase)
            || id.Contains(" OR ", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"'{id}' in '{text}' is not a licence. {WhatToWrite}");
        }

        if (!Table.Value.Known.Contains(licence) && !licence.StartsWith("LicenseRef-", StringComparison.OrdinalIgnoreCase))
        {
            var near = Table.Value.Known.Where(known => known.StartsWith(licence, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal).Take(4).ToList();
            throw new FormatException(near.Count > 0
                ? $"'{licence}' is not an SPDX id; did you mean {string.Join(", ", near)}? {WhatToWrite}"
                : $"'{licence}' is not a known SPDX id. {WhatToWrite}");
        }
    }

    private static (FrozenSet<string> Permissive, FrozenSet<string> Known) Read()
    {
        using var stream = typeof(LicencePolicy).Assembly.GetManifestResourceStream("XCoder.Agents.Licences.licences.json")
            ?? throw new InvalidOperationException("The table of licences is missing from the assembly.");
        using var json = JsonDocument.Parse(stream);
        var permissive = json.RootElement.GetProperty("permissive").Deserialize<string[]>()!;
        var other = json.RootElement.GetProperty("other").Deserialize<string[]>()!;
        return (permissive.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            permissive.Concat(other).Where(id => id != Unknown).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }
}
