using FsCheck;
using FsCheck.Fluent;
using XCoder.Agents.Redaction;
using XCoder.Analysis.Extraction.Source;

namespace XCoder.Tests.Agents.Redaction;

public class SensitiveTextGuardTests
{
    private static readonly SensitiveTextGuard Guard = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Redact_PlantedSecrets_FindsNinetyNineOfAHundred(int seed)
    {
        var planted = PlantedText.Secrets(seed).ToList();
        var missed = planted.Where(item => Guard.Redact(item.Text) is var redacted && (!redacted.Counts.ContainsKey(item.Kind) || item.Secrets.Any(redacted.Text.Contains)))
            .Select(item => $"{item.Kind}: {item.Text} → {Guard.Redact(item.Text).Text}").ToList();
        Assert.True(planted.Count >= 120, $"{planted.Count} planted");
        Assert.True(missed.Count <= planted.Count * 0.01, string.Join('\n', missed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Redact_LookAlikes_LeavesThem(int seed)
    {
        var texts = PlantedText.LookAlikes(seed).ToList();
        Assert.True(texts.Count >= 80, $"{texts.Count} look-alikes");
        Assert.Empty(texts.Where(text => Guard.Redact(text).Text != text).Select(text => $"{text} → {Guard.Redact(text).Text}"));
    }

    [Fact]
    public void Redact_SeveralOfAKind_NumbersThemAndEqualOnesAlike()
    {
        var redacted = Guard.Redact("a = 'ann@firma.de'; b = 'bo@firma.de'; c = 'ann@firma.de'; host = '10.42.7.19'");
        Assert.Equal("a = '<EMAIL_1>'; b = '<EMAIL_2>'; c = '<EMAIL_1>'; host = '<IP_ADDRESS>'", redacted.Text);
        Assert.Equal(new Dictionary<string, int> { ["email"] = 3, ["ip-address"] = 1 }, redacted.Counts);
    }

    [Fact]
    public void Redact_PlaceholdersThatStandThere_AreNotGivenAnew() =>
        Assert.Equal("<EMAIL> <EMAIL_7> <EMAIL_8>", Guard.Redact("<EMAIL> <EMAIL_7> ann@firma.de").Text);

    [Fact]
    public void Redact_APrivateKeyInALiteral_KeepsMarksAndQuotes()
    {
        var (_, text, secrets) = PlantedText.Secrets(7).First(item => item.Text.StartsWith("var pem", StringComparison.Ordinal));
        Assert.Equal(text.Replace(secrets[0], "<PRIVATE_KEY>", StringComparison.Ordinal), Guard.Redact(text).Text);
    }

    [Fact]
    public void Redact_TextWithoutSecrets_IsTheSame()
    {
        var redacted = Guard.Redact("int Add(int a, int b) => a + b;");
        Assert.Equal("int Add(int a, int b) => a + b;", redacted.Text);
        Assert.Empty(redacted.Counts);
    }

    // Texts put together from planted ones, cut anywhere.
    [Fact]
    public void Redact_Twice_ChangesNothing()
    {
        var pieces = PlantedText.Secrets(11).Select(item => item.Text).Concat(PlantedText.LookAlikes(11)).ToArray();
        var texts = from some in Gen.Elements(pieces).ListOf() from glue in Gen.Elements("", "\n", " ", "\"", "=", "@", ".", ":") from cut in Gen.Choose(0, 30) select string.Join(glue, some.Select(piece => piece[Math.Min(cut, piece.Length)..]));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var once = Guard.Redact(text).Text;
            return Guard.Redact(once) is var twice && twice.Text == once && twice.Counts.Count == 0;
        }));
    }

    [Theory]
    [InlineData("eyJ")]
    [InlineData("-----BEGIN PRIVATE" + " KEY-----\n")]
    [InlineData("token=")]
    [InlineData("token-eyJhbGci.")]
    [InlineData("http://a:b")]
    [InlineData("a@b.c.")]
    [InlineData("1.1.1.")]
    [InlineData("ab:cd:")]
    [InlineData("ghp_a")]
    [InlineData("ann@firma.de <EMAIL_9> ")]
    [InlineData("Basic QWxh ")]
    [InlineData("password=\"")]
    [InlineData("key-Q~-us:AA.atlasv1.")]
    public void Redact_HostileText_TakesLinearTime(string piece)
    {
        var clock = new ThreadClock(ThreadClock.Thread);
        Guard.Redact(string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length)));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Redact_FromManyThreads_GivesTheSame()
    {
        var texts = PlantedText.Secrets(13).Select(item => item.Text).ToArray();
        var expected = texts.Select(text => Guard.Redact(text).Text).ToArray();
        var fresh = new SensitiveTextGuard();
        var actual = new string[texts.Length];
        Parallel.For(0, texts.Length, i => actual[i] = fresh.Redact(texts[i]).Text);
        Assert.Equal(expected, actual);
    }
}
