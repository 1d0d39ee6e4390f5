using XCoder.Agents.Redaction;

namespace XCoder.Tests.Agents.Redaction;

/// <summary>Families of texts that leaked once, texts like them, and the formats of other scanners' rule lists.</summary>
public class LeakTests
{
    private static readonly SensitiveTextGuard Guard = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Redact_TextsThatLeaked_LosesEverySecret(int seed)
    {
        var leaks = PlantedText.Secrets(seed, "leaks.txt").ToList();
        var missed = leaks.Where(item => Guard.Redact(item.Text) is var redacted && (!redacted.Counts.ContainsKey(item.Kind) || item.Secrets.Any(redacted.Text.Contains)))
            .Select(item => $"{item.Kind}: {item.Text} → {Guard.Redact(item.Text).Text}").ToList();
        Assert.True(leaks.Count >= 200, $"{leaks.Count} leaks");
        Assert.True(missed.Count == 0, $"{missed.Count} of {leaks.Count}:\n{string.Join('\n', missed)}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Redact_TextsLikeLeaks_StayAsTheyAre(int seed)
    {
        var texts = PlantedText.LookAlikes(seed, "harmless.txt").ToList();
        Assert.True(texts.Count >= 200, $"{texts.Count} texts");
        var wrong = texts.Where(text => Guard.Redact(text).Text != text).Select(text => $"{text} → {Guard.Redact(text).Text}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {texts.Count}:\n{string.Join('\n', wrong)}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Redact_FormatsOfOtherTools_LosesMost(int seed)
    {
        var items = PlantedText.Secrets(seed, "other-tools.txt").ToList();
        var missed = items.Where(item => Guard.Redact(item.Text) is var redacted && item.Secrets.Any(redacted.Text.Contains))
            .Select(item => $"{item.Text} → {Guard.Redact(item.Text).Text}").ToList();
        Assert.True(missed.Count <= items.Count * 0.02, $"{missed.Count} of {items.Count}:\n{string.Join('\n', missed)}");
    }
}
