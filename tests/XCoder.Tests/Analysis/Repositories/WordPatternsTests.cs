using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Licences.Words;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>Words and phrases are found where one expression of all of them finds them.</summary>
public class WordPatternsTests
{
    private static readonly string[] Patterns =
    [
        "not", "non\\w+", "harm(s|ful|ing)?", "(open|ai)?rail\\w?", "change (date|license)", "[al]?gpl\\w*", "a|an?|the", "(19|20)\\d\\d",
        "(for )?(internal|research) (use|purposes?) only", "under( the)? [\\w ]{0,9}license", "i{1,3}", "\\w+ community license", "[0-4]",
    ];

    private static readonly string[] Words =
    [
        "not", "nonfree", "non", "harm", "harmful", "openrail", "rail", "railm", "airail", "change", "date", "license", "gpl", "agpl",
        "lgplv3", "a", "an", "the", "1999", "2024", "199", "for", "internal", "research", "use", "purposes", "only", "under", "my", "iii",
        "ii", "llama", "community", "3", "other", "words", "nothing", "привет", "é",
    ];

    [Fact]
    public void IsMatch_Replace_AsOneExpression()
    {
        var patterns = new WordPatterns(Patterns);
        var expression = new Regex($@"\b(?:{string.Join('|', Patterns)})\b", RegexOptions.CultureInvariant);
        var random = new Random(7);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var words = string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => Words[random.Next(Words.Length)]));

            Assert.Equal((words, expression.IsMatch(words)), (words, patterns.IsMatch(words)));
            Assert.Equal(expression.Replace(words, "*"), patterns.Replace(words, "*"));
            found += patterns.IsMatch(words) ? 1 : 0;
        }

        Assert.InRange(found, 5_000, 19_500);
    }

    [Theory]
    [InlineData("the", true)]
    [InlineData("2019", true)]
    [InlineData("theory", false)]
    [InlineData("the end", false)]
    [InlineData("end the", false)]
    [InlineData("", false)]
    public void IsWhole_OnlyTheWholeText(string words, bool expected) => Assert.Equal(expected, new WordPatterns(Patterns).IsWhole(words));
}
