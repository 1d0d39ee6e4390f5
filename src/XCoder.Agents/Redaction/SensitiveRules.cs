using System.Collections.Frozen;
using System.Text.Json;

namespace XCoder.Agents.Redaction;

/// <summary>The patterns and word lists of <c>sensitive.json</c>; the file explains its fields.</summary>
internal sealed record SensitiveRules
{
    private static readonly Lazy<SensitiveRules> Table = new(Read);

    /// <summary>The table that ships with the library.</summary>
    public static SensitiveRules Default => Table.Value;

    /// <summary>Rules for secrets that have a recognisable shape.</summary>
    public required IReadOnlyList<TokenRule> Tokens { get; init; }

    /// <summary>Rules for secrets in quotes that the words before them identify.</summary>
    public required IReadOnlyList<NamedRule> Named { get; init; }

    /// <summary>Endings of names, without separators, whose values a person chose.</summary>
    public required IReadOnlyList<string> PasswordWords { get; init; }

    /// <summary>Endings of names, without separators, whose values a machine generated.</summary>
    public required IReadOnlyList<string> SecretWords { get; init; }

    /// <summary>Words that may follow these endings in a name.</summary>
    public required FrozenSet<string> NameEndings { get; init; }

    /// <summary>Words that show that a name does not hold a secret.</summary>
    public required FrozenSet<string> NotNames { get; init; }

    /// <summary>Words before "key" that show that it is one of a table or a map.</summary>
    public required FrozenSet<string> NotKeys { get; init; }

    /// <summary>Words that only placeholders contain, never secrets.</summary>
    public required IReadOnlyList<string> PlaceholderWords { get; init; }

    /// <summary>Words that people combine into dummy values.</summary>
    public required FrozenSet<string> DummyWords { get; init; }

    /// <summary>Domains reserved for examples.</summary>
    public required FrozenSet<string> ExampleDomains { get; init; }

    /// <summary>Top-level domains that never lead to someone else's machine (RFC 2606, RFC 6762), and endings written like them.</summary>
    public required FrozenSet<string> ExampleTlds { get; init; }

    /// <summary>Top-level domains of examples only, unlike those of internal machines.</summary>
    public required FrozenSet<string> ReservedTlds { get; init; }

    /// <summary>Endings of the names of machines and mailboxes within an organisation.</summary>
    public required FrozenSet<string> InternalTlds { get; init; }

    /// <summary>Well-known addresses: defaults of routers and virtual machines, public resolvers.</summary>
    public required FrozenSet<string> ExampleAddresses { get; init; }

    /// <summary>Names of home folders that belong to no person, and parts of routes of sites.</summary>
    public required FrozenSet<string> GenericUsers { get; init; }

    /// <summary>Numbers of people.</summary>
    public required IReadOnlyList<NumberRule> Numbers { get; init; }

    /// <summary>Numbers that are published for tests.</summary>
    public required FrozenSet<string> ExampleNumbers { get; init; }

    /// <summary>Length of an IBAN by country code.</summary>
    public required IReadOnlyDictionary<string, int> AccountLengths { get; init; }

    /// <summary>Local parts of addresses that belong to services, not to people.</summary>
    public required FrozenSet<string> ServiceMailboxes { get; init; }

    /// <summary>Top-level domains of e-mail addresses.</summary>
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
            NotKeys = Set("notKeys"),
            PlaceholderWords = Strings("placeholderWords"),
            DummyWords = Set("dummyWords"),
            ExampleDomains = Set("exampleDomains"),
            ExampleTlds = Set("exampleTlds"),
            ReservedTlds = Set("reservedTlds"),
            InternalTlds = Set("internalTlds"),
            ExampleAddresses = Set("exampleAddresses"),
            GenericUsers = Set("genericUsers"),
            Numbers = root.GetProperty("numbers").Deserialize<NumberRule[]>(JsonSerializerOptions.Web)!,
            ExampleNumbers = Set("exampleNumbers"),
            AccountLengths = root.GetProperty("accountLengths").Deserialize<Dictionary<string, int>>()!,
            ServiceMailboxes = Set("serviceMailboxes"),
            Tlds = Set("tlds"),
        };

        string[] Strings(string name) => root.GetProperty(name).Deserialize<string[]>()!;
        FrozenSet<string> Set(string name) => Strings(name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
