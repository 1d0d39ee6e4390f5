using System.Buffers;

namespace XCoder.Agents.Redaction;

/// <summary>Names of hosts.</summary>
internal static class HostParts
{
    /// <summary>What they are made of.</summary>
    public static SearchValues<char> Characters { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Whether a host stands for any: example.com and what lies below it, names under .test or .local.</summary>
    public static bool IsExample(ReadOnlySpan<char> host, SensitiveRules rules)
    {
        host = host.TrimEnd('.');
        var domains = rules.ExampleDomains.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = host; ; rest = rest[(rest.IndexOf('.') + 1)..])
        {
            if (domains.Contains(rest))
            {
                return true;
            }

            if (rest.IndexOf('.') < 0)
            {
                return rules.ExampleTlds.GetAlternateLookup<ReadOnlySpan<char>>().Contains(rest);
            }
        }
    }
}
