using System.Text.Json;
using XCoder.Agents.Prompts;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Prompts;

public class VarietyTests
{
    private const int Rows = 600;

    private static readonly JsonElement Table = JsonDocument.Parse(File.ReadAllText(Path.Combine(PromptLibrary.DefaultFolder, Variety.FileName))).RootElement;

    [Theory]
    [InlineData("kind", "kinds")]
    [InlineData("difficulty", "difficulties")]
    [InlineData("length", "lengths")]
    [InlineData("audience", "audiences")]
    [InlineData("form", "forms")]
    public void Draw_OverARun_FollowsTheWeightsClosely(string name, string list)
    {
        var variety = Variety.Open(PromptLibrary.DefaultFolder);
        var counts = Enumerable.Range(0, Rows).Select(number => variety.Draw(7, number).Ids[name]).CountBy(id => id).ToDictionary();
        var entries = Table.GetProperty(list).EnumerateArray().ToList();
        var sum = entries.Sum(entry => entry.GetProperty("weight").GetDouble());
        Assert.All(entries, entry => Assert.InRange(counts.GetValueOrDefault(entry.GetProperty("id").GetString()!), (Rows * entry.GetProperty("weight").GetDouble() / sum) - 4, (Rows * entry.GetProperty("weight").GetDouble() / sum) + 4));
    }

    [Fact]
    public void Draw_OfTwoLists_MeetsNearlyEveryPair()
    {
        var variety = Variety.Open(PromptLibrary.DefaultFolder);
        var pairs = Enumerable.Range(0, Rows).Select(number => variety.Draw(1, number).Ids).Select(ids => (ids["kind"], ids["form"])).Distinct().Count();
        Assert.InRange(pairs, 0.9 * Table.GetProperty("kinds").GetArrayLength() * Table.GetProperty("forms").GetArrayLength(), double.MaxValue);
    }

    [Fact]
    public void Draw_SameSeedAndNumber_IsTheSame()
    {
        var (one, other) = (Variety.Open(PromptLibrary.DefaultFolder), Variety.Open(PromptLibrary.DefaultFolder));
        Assert.Equal(one.Draw(3, 41).Ids, other.Draw(3, 41).Ids);
        Assert.NotEqual(Enumerable.Range(0, 20).Select(number => one.Draw(3, number).Ids["kind"]), Enumerable.Range(0, 20).Select(number => one.Draw(4, number).Ids["kind"]));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"version\": 1, \"kinds\": [], \"difficulties\": [], \"lengths\": [], \"audiences\": [], \"forms\": []}")]
    public void Open_OfABrokenTable_SaysWhere(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Variety.FileName, text);
        Assert.Contains(Variety.FileName, Assert.Throws<PromptException>(() => Variety.Open(folder.Root)).Message, StringComparison.Ordinal);
    }
}
