using XCoder.Agents.Mining.Translations;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Mining.Translations;

public class PairModelTests
{
    private const string Python = "def join_names(names, limit):\n    text = \"\"\n    for name in names:\n        if len(text) > limit:\n            raise ValueError(\"too many names\")\n        text = text + name.title + separator\n    return text\n";
    private const string Go = "func JoinNames(names []Name, limit int) string {\n\ttext := \"\"\n\tfor _, name := range names {\n\t\tif len(text) > limit {\n\t\t\tpanic(\"too many names\")\n\t\t}\n\t\ttext = text + name.Title + separator\n\t}\n\treturn text\n}\n";

    [Fact]
    public void Probability_OfATranslation_IsHigh() => Assert.True(Probability(Go) >= PairModel.Shipped.Least(0.85, areTests: false), $"{Probability(Go)}");

    [Theory]
    [InlineData("name.Title + separator", "separator + name.Title")]
    [InlineData("len(text) > limit", "len(text) >= limit")]
    [InlineData("text = text + name.Title + separator", "text = text + name.Title + separator\n\t\tseen.mark(name)")]
    [InlineData("\"too many names\"", "\"too few names\"")]
    [InlineData("len(text) > limit", "len(text) > limit && name.Ready")]
    [InlineData("names []Name, limit int", "names []Name, limit int, other int")]
    [InlineData("return text", "if text == \"\" {\n\t\treturn separator\n\t}\n\treturn text")]
    public void Probability_OfANearMiss_IsLower(string from, string to)
    {
        Assert.Contains(from, Go);

        Assert.True(Probability(Go.Replace(from, to)) < Probability(Go) - 0.005, $"{Probability(Go.Replace(from, to))} of {Probability(Go)}");
    }

    [Fact]
    public void Probability_OfFunctionsThatTwinTestsCall_IsHigher()
    {
        var vouched = Compare("a.py", Python, "b.go", "package a\n\n" + Go, tests: 3);

        Assert.Equal(Math.Log(4), vouched.Tests, 9);
        Assert.True(PairModel.Shipped.Probability(vouched) > Probability(Go));
    }

    [Fact]
    public void Compare_ABlockThatOneSideLacks_IsAHole()
    {
        var longer = Compare("a.py", Python, "b.go", "package a\n\n" + Go.Replace("\treturn text\n", "\tif separator != prefix {\n\t\tregister.mark(prefix, separator)\n\t}\n\treturn text\n"));

        Assert.True(longer.Hole >= Math.Log(1 + 6), $"{longer.Hole}");
        Assert.True(Compare("a.py", Python, "b.go", "package a\n\n" + Go).Hole < Math.Log(1 + 2));
    }

    [Fact]
    public void Compare_AReceiverThatIsAParameter_IsNoDifference()
    {
        var signals = Compare("a.c", "void lib_body_move(struct Body *body, double by) {\n    body->place = body->place + by * body->speed;\n}\n",
            "b.go", "package a\n\nfunc (body *Body) Move(by float64) {\n\tbody.place = body.place + by*body.speed\n}\n");

        Assert.Equal(0, signals.Differences);
        Assert.True(signals.Name >= 0.85, $"{signals.Name}");
    }

    [Fact]
    public void Compare_WordsForTrueAndNothing_AreNoLiterals()
    {
        var signals = Compare("a.py", "def find_it(items):\n    for item in items:\n        if item.open is True:\n            return item.name\n    return None\n",
            "b.js", "function findIt(items) {\n  for (const item of items) {\n    if (item.open === true) {\n      return item.name;\n    }\n  }\n  return null;\n}\n");

        Assert.Equal((0, 0), (signals.Literals, signals.Nulls));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Least_OfAPrecision_AscendsWithIt(bool areTests)
    {
        var levels = Enumerable.Range(50, 50).Select(percent => PairModel.Shipped.Least(percent / 100.0, areTests)).ToList();

        Assert.Equal(levels.Order(), levels);
        Assert.All(levels, level => Assert.InRange(level, 0.3, 0.999));
        Assert.True(levels[^1] > levels[30]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"intercept\":\"x\",\"weights\":{},\"levels\":[]}")]
    [InlineData("{\"intercept\":1,\"weights\":{},\"levels\":[[0.9,0.8]]}")]
    [InlineData("{\"intercept\":1,\"weights\":{},\"levels\":{\"code\":[[0.9,0.8]]}}")]
    [InlineData("{\"intercept\":1,\"weights\":{},\"levels\":{\"code\":[[0.9,0.8]],\"tests\":[[1]]}}")]
    [InlineData("{\"intercept\":1,\"weights\":{},\"levels\":{\"code\":[],\"tests\":[[0.9,0.8]]}}")]
    public void Load_ABrokenFile_SaysSo(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("model.json", text);

        Assert.Contains("model.json", Assert.Throws<InvalidDataException>(() => PairModel.Load(Path.Combine(folder.Root, "model.json"))).Message);
        Assert.Throws<InvalidDataException>(() => PairModel.Load(Path.Combine(folder.Root, "none.json")));
    }

    private static double Probability(string go) => PairModel.Shipped.Probability(Compare("a.py", Python, "b.go", "package a\n\n" + go));

    private static PairSignals Compare(string file, string code, string otherFile, string other, int tests = 0)
    {
        var (a, b) = MinedProfiles.Of((file, code), (otherFile, other)) is [var one, var two] ? (one, two) : throw new InvalidOperationException("not two functions");
        var words = new PairContext.CellWords();
        words.Add(0, a);
        words.Add(1, b);
        return new PairContext([(0, 1)], new() { [0] = a, [1] = b }, words, node => node, node => node, [], pair => tests).Compare((0, 1));
    }
}
