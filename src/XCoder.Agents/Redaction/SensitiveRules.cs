using System.Collections.Frozen;
using System.Text.Json;

namespace XCoder.Agents.Redaction;

/// <summary>What the guard looks for: the table <c>sensitive.json</c>, which says what its fields mean.</summary>
internal sealed record SensitiveRules
{
    private static readonly Lazy<SensitiveRules> Table = new(Read);

    /// <summary>The table that ships.</summary>
    public static SensitiveRules Default => Table.Value;

    /// <summary>Secrets known by their shape.</summary>
    public required IReadOnlyList<TokenRule> Tokens { get; init; }

    /// <summary>Secrets known by the words before a quoted value.</summary>
    public required IReadOnlyList<NamedRule> Named { get; init; }

    /// <summary>Ends of names, without separators, that hold what a person typed.</summary>
    public required IReadOnlyList<string> PasswordWords { get; init; }

    /// <summary>Ends of names, without separators, that hold what a machine drew.</summary>
    public required IReadOnlyList<string> SecretWords { get; init; }

    /// <summary>Words that may follow these in a name.</summary>
    public required FrozenSet<string> NameEndings { get; init; }

    /// <summary>Words that make a name mean something else.</summary>
    public required FrozenSet<string> NotNames { get; init; }

    /// <summary>Words no secret holds.</summary>
    public required IReadOnlyList<string> PlaceholderWords { get; init; }

    /// <summary>Words of which made-up values are put together.</summary>
    public required FrozenSet<string> DummyWords { get; init; }

    /// <summary>Domains that stand for any.</summary>
    public required FrozenSet<string> ExampleDomains { get; init; }

    /// <summary>Top domains that never lead to a machine of others (RFC 2606, RFC 6762), and what is written like them.</summary>
    public required FrozenSet<string> ExampleTlds { get; init; }

    /// <summary>Local parts of addresses that are nobody's.</summary>
    public required FrozenSet<string> ServiceMailboxes { get; init; }

    /// <summary>Top domains that mail addresses end in.</summary>
    public required FrozenSet<string> Tlds { get; init; }

    private static SensitiveRules Read()
    {
        using var stream = typeof(SensitiveRules).Assembly.GetManifestResourceStream("XCoder.Agents.Redaction.sensitive.json")
            ?? throw new InvalidOperationException("The table of sensitive texts is missing from the assembly.");
        using var json = JsonDocument.Parse(stream);
        var root = json.RootElement;
        return new SensitiveRules
        {
            Tokens = root.GetProperty("tokens").Deserialize<TokenRule[]>(JsonSerializerOptions.Web)!,
            Named = root.GetProperty("named").Deserialize<NamedRule[]>(JsonSerializerOptions.Web)!,
            PasswordWords = Strings("passwordWords"),
            SecretWords = Strings("secretWords"),
            NameEndings = Set("nameEndings"),
            NotNames = Set("notNames"),
            PlaceholderWords = Strings("placeholderWords"),
            DummyWords = Set("dummyWords"),
            ExampleDomains = Set("exampleDomains"),
            ExampleTlds = Set("exampleTlds"),
            ServiceMailboxes = Set("serviceMailboxes"),
            Tlds = Set("tlds"),
        };

        string[] Strings(string name) => root.GetProperty(name).Deserialize<string[]>()!;
        FrozenSet<string> Set(string name) => Strings(name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
