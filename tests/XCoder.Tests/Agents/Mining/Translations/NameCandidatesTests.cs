using XCoder.Agents.Mining.Translations;
using XCoder.Analysis.Text;

namespace XCoder.Tests.Agents.Mining.Translations;

public class NameCandidatesTests
{
    [Theory]
    [InlineData("", "cpBodySetVelocity", "Body", "SetVelocity")]
    [InlineData("Body", "set_velocity", "Body", "setVelocity")]
    [InlineData("", "NewBody", "", "body_new")]
    [InlineData("", "yaml_parser_fetch_value", "", "yamlParserFetchValue")]
    [InlineData("", "lib_schema_equal", "Schema", "equal")]
    public void Keys_OfOneNameInTwoConventions_Meet(string scope, string name, string otherScope, string other)
    {
        var keys = Keys(scope, name);

        Assert.Contains(Keys(otherScope, other), item => keys.Any(key => key.Key == item.Key && (key.IsWhole || item.IsWhole)));
    }

    [Theory]
    [InlineData("", "setVelocity", "", "setAngle")]
    [InlineData("Body", "move", "Shape", "move_all")]
    public void Keys_OfOtherNames_DoNot(string scope, string name, string otherScope, string other) =>
        Assert.Empty(Keys(scope, name).Select(item => item.Key).Intersect(Keys(otherScope, other).Select(item => item.Key)));

    [Fact]
    public void Find_OfNames_NeedsRepositoriesThatShareMany()
    {
        string[] names = ["openGate", "closeGate", "paintFence", "countSheep", "feedHorses", "only"];
        var candidates = new NameCandidates();
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            candidates.Add(new NamedFunction(i, 1, 0), NameWords.Split(name), []);
            candidates.Add(new NamedFunction(10 + i, 2, 1), NameWords.Split(i < 5 ? name : "another"), []);
            candidates.Add(new NamedFunction(20 + i, 3, 2), NameWords.Split(i < 2 ? name : $"other{i}thing"), []);
            candidates.Add(new NamedFunction(30 + i, 4, 0), NameWords.Split(name), []); // the same language as the first
        }

        var pairs = candidates.Find((_, _) => false);

        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => ((int, int)[])[(i, 10 + i), (10 + i, 30 + i)]).Order(), pairs.Order());
    }

    [Fact]
    public void Find_WithinOneRepository_NeedsTwo()
    {
        var candidates = new NameCandidates();
        foreach (var (name, i) in ((string[])["openGate", "closeGate"]).Select((name, i) => (name, i)))
        {
            candidates.Add(new NamedFunction(i, 1, 0), NameWords.Split(name), []);
            candidates.Add(new NamedFunction(10 + i, 2, 1), NameWords.Split(name), []);
        }

        Assert.Equal([(0, 10), (1, 11)], candidates.Find((_, _) => true).Order());
        Assert.Empty(candidates.Find((_, _) => false));
    }

    private static List<(ulong Key, bool IsWhole)> Keys(string scope, string name) => [.. NameKeys.Of(NameWords.Split(name), NameWords.Split(scope))];
}
