using XCoder.Analysis.Concepts;

namespace XCoder.Tests.Analysis.Concepts;

public class ConceptLabellerTests
{
    private static readonly ConceptFacts[] Facts =
    [
        Fact("parse_iso_date", "python", "Parse an ISO 8601 date."),
        Fact("parseISODate", "javascript", "Parses the date.\n\n@param text the text"),
        Fact("ParseIsoDates", "csharp", "<summary>Reads dates</summary>"),
        Fact("toString", "java", "Renders the matrix as text."),
        Fact("to_s", "ruby", "Matrix as text"),
        Fact("ToString", "csharp", null) with { Enclosing = "Matrix" },
        Fact("is", "go", null),
        Fact("is", "rust", null),
        Fact("is", "java", null),
        Fact("", "c", null),
        Fact("", "c", null),
        Fact("", "d", null),
        Fact("sha256", "python", null),
        Fact("computeSHA256", "java", null),
        Fact("Sha256Sum", "go", "Sha256Sum returns the digest of the data."),
        Fact("a1", "go", "Removes white space from both ends."),
        Fact("b2", "java", "Strips white space. And more."),
        Fact("c3", "rust", "Trims white space"),
    ];

    [Theory]
    [InlineData(0, "parse iso date")]
    [InlineData(1, "string matrix text")]
    [InlineData(2, "is")]
    [InlineData(3, "unnamed")]
    [InlineData(5, "white space")]
    public void Label_HandMadeClusters_ReadWell(int cluster, string expected) => Assert.Equal(expected, Labels()[cluster].Label);

    [Fact]
    public void Label_FirstWord_IsTheMostTelling()
    {
        var labels = Labels();

        Assert.Equal("sha256", labels[4].Words[0]);
        Assert.Contains("sha256", labels[4].Label, StringComparison.Ordinal);
        Assert.All(labels, label => Assert.InRange(label.Words.Count, 0, 8));
        Assert.All(labels, label => Assert.InRange(label.Label.Split(' ').Length, 1, 4));
    }

    [Fact]
    public void Label_AWordOfEveryCluster_GivesWayToTheTellingOnes()
    {
        ConceptFacts[] facts = [.. "color size weight speed depth width angle".Split(' ').SelectMany(noun => new[] { Fact($"get_{noun}_value_x_y", "python", null), Fact($"getValueOf{noun}", "java", null) })];
        int[][] clusters = [.. Enumerable.Range(0, 7).Select(i => new[] { 2 * i, (2 * i) + 1 })];

        var labels = new ConceptLabeller().Label(clusters, node => facts[node]);

        Assert.Equal("color", labels[0].Words[0]);
        Assert.Contains("color", labels[0].Label, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_ANameThatHalfBear_IsThatName()
    {
        ConceptFacts[] facts = [Fact("is_valid_parameter_name", "python", null), Fact("isValidParameterName", "java", "Checks."), Fact("checkName", "go", null)];

        Assert.Equal("is valid parameter name", new ConceptLabeller().Label([[0, 1, 2]], node => facts[node])[0].Label);
    }

    [Fact]
    public void Label_Namesakes_AreToldApartByTheTypesAroundThem()
    {
        ConceptFacts[] facts =
        [
            Fact("readFieldBegin", "java", "Reads the beginning.") with { Enclosing = "TCompactProtocol" }, Fact("read_field_begin", "python", null) with { Enclosing = "TCompactProtocol" },
            Fact("readFieldBegin", "java", null) with { Enclosing = "TBinaryProtocol" }, Fact("read_field_begin", "python", null) with { Enclosing = "TBinaryProtocol" },
            Fact("process", "java", null) with { Enclosing = "MultiplexedProcessor" }, Fact("process", "go", null) with { Enclosing = "MultiplexedProcessor" },
            Fact("doIt", "java", null), Fact("do_it", "go", null), Fact("doIt", "c", null), Fact("do_it", "rust", null),
        ];
        var labels = new ConceptLabeller().Label([[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]], node => facts[node]).Select(label => label.Label).ToList();

        Assert.Equal(["read field begin (compact)", "read field begin (binary)", "process multiplexed processor"], labels.Take(3));
        Assert.Equal(labels.Count, labels.Distinct().Count());
    }

    [Fact]
    public void Label_ManyNamesakes_AreUniqueAndTakeNoTime()
    {
        var facts = Enumerable.Range(0, 20_000).Select(i => Fact("main", i % 2 == 0 ? "python" : "go", null)).ToArray();
        var labels = new ConceptLabeller().Label([.. Enumerable.Range(0, 10_000).Select(i => new[] { 2 * i, (2 * i) + 1 })], node => facts[node]);

        Assert.Equal(10_000, labels.Select(label => label.Label).Distinct().Count());
    }

    private static IReadOnlyList<ConceptLabel> Labels() =>
        new ConceptLabeller().Label([.. Enumerable.Range(0, 6).Select(i => new[] { 3 * i, (3 * i) + 1, (3 * i) + 2 })], node => Facts[node]);

    private static ConceptFacts Fact(string name, string language, string? documentation) => new(name, "", documentation, language, 0, IsTest: false);
}
