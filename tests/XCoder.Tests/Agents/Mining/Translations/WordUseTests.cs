using XCoder.Agents.Mining.Translations;

namespace XCoder.Tests.Agents.Mining.Translations;

public class WordUseTests
{
    private const uint Idiom = 7;
    private const uint Kept = 8;

    [Fact]
    public void Surprise_OfAWordThatTwinsKeep_IsHigherThanThatOfIdiom()
    {
        var use = Learned((0, 257), 20);

        Assert.Equal(0, use.Surprise((0, 257), [Idiom, 1], [1], isCounted: false));
        Assert.True(use.Surprise((0, 257), [Kept, 1], [1], isCounted: false) > 2);
        Assert.Equal(0, use.Surprise((0, 257), [Kept, 1], [Kept, 1], isCounted: false));
    }

    [Fact]
    public void Surprise_InAnotherPortOfTheSameLanguages_KnowsTheirIdiomEvenTurned()
    {
        var use = Learned((0, 257), 20);

        Assert.True(use.Surprise((512, 769), [Idiom, 1], [1], isCounted: false) < use.Surprise((512, 769), [Kept, 1], [1], isCounted: false));
        Assert.True(use.Surprise((513, 768), [1], [Idiom, 1], isCounted: false) < use.Surprise((513, 768), [1], [Kept, 1], isCounted: false));
    }

    [Fact]
    public void Surprise_OfATwin_DoesNotCountTheTwinItself()
    {
        var use = new WordUse();
        use.Add((0, 257), [Idiom, 1], [1]);

        Assert.Equal(new WordUse().Surprise((0, 257), [Idiom, 1], [1], isCounted: false), use.Surprise((0, 257), [Idiom, 1], [1], isCounted: true), 9);
        Assert.True(use.Surprise((0, 257), [Idiom, 1], [1], isCounted: false) < use.Surprise((0, 257), [Idiom, 1], [1], isCounted: true));
    }

    // Cells hold the repository above eight bits of language, as in MinedFunctions.
    private static WordUse Learned((long, long) cells, int twins)
    {
        var use = new WordUse();
        for (var i = 0; i < twins; i++)
        {
            use.Add(cells, [Idiom, Kept, 1], [Kept, 1]);
        }

        return use;
    }
}
