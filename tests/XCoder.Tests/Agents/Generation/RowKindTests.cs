using System.Text;
using System.Text.Json;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Generation;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Export;

namespace XCoder.Tests.Agents.Generation;

public class RowKindTests
{
    private static readonly PlannedSeed[] Seeds = [Seed(0, "aa"), Seed(1, "bb")];

    // All that a kind needs: an entry. It is in no table here.
    private static readonly RowKind Toy = new()
    {
        Name = "toy",
        Dataset = new Dataset("toys", "Toys"),
        Tasks = [RowTask.Completion],
        Protocols = [Protocol.Forward],
        IsByAgents = true,
        Crosses = true,
    };

    public static TheoryData<RowKind, string, RowTask, string> Rows => new()
    {
        { RowKind.Mined, "mined", RowTask.Port, "mined" },
        { RowKind.Mined, "mined", RowTask.Translation, "mined" },
        { RowKind.Mined, "mined", RowTask.TestTranslation, "mined" },
        { RowKind.Forward, "Ds1", RowTask.Instruction, "forward" },
        { RowKind.Reverse, "Ds2", RowTask.Instruction, "reverse" },
        { RowKind.Discussion, "Ds3", RowTask.Instruction, "centralised" },
        { RowKind.Discussion, "Ds3", RowTask.Instruction, "parallel" },
        { RowKind.Translation, "Ds1", RowTask.Translation, "translation" },
        { RowKind.Preference, "Ds4", RowTask.Instruction, "forward" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_ARowReadFromJson_IsItsEntryAndTheNamesStay(RowKind kind, string dataset, RowTask task, string protocol)
    {
        var json = RowJson.Write(SampleRows.Make(1) with { Dataset = kind.Dataset, Task = task, Protocol = protocol });
        Assert.Contains($"\"dataset\":\"{dataset}\",\"task\":\"{RowNames.Of(task)}\",", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Contains($"\"protocol\":\"{protocol}\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        var row = RowJson.Read(json);
        Assert.Same(kind, RowKind.Of(row));
        Assert.Contains(protocol, kind == RowKind.Preference ? [protocol] : kind.Protocols.Select(way => way.Name));
        Assert.Equal(json, RowJson.Write(row));
    }

    [Theory]
    [InlineData("\"Ds9\"")]
    [InlineData("null")]
    [InlineData("7")]
    public void Read_ADataSetThatIsNone_Throws(string dataset)
    {
        var json = Encoding.UTF8.GetString(RowJson.Write(SampleRows.Make(1))).Replace("\"dataset\":\"mined\"", $"\"dataset\":{dataset}", StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => RowJson.Read(Encoding.UTF8.GetBytes(json)));
    }

    // Ids of rows in stores: hashed with the words of the first version, not with today's names.
    [Theory]
    [InlineData("mined", "19a9a15ae39884457cbe")]
    [InlineData("Ds1", "18ebb9864084a727283e")]
    [InlineData("Ds2", "cf8abc9f5153d2acb16d")]
    [InlineData("Ds3", "a7a460da6ec6a545e353")]
    [InlineData("Ds4", "cf4bb12a1d9cb61dca6b")]
    public void Of_ARowOfADataSet_KeepsItsId(string dataset, string id) =>
        Assert.Equal(id, RowId.Of(SampleRows.Make(1) with { Dataset = Dataset.Find(dataset)! }));

    [Fact]
    public void Describe_DefaultOptions_NamesKindsAndProtocolsAsBefore()
    {
        using var options = JsonDocument.Parse(RunKey.Describe(new GenerationOptions { Kinds = [.. RowKind.ByAgents, Toy], Protocols = [.. RowKind.Discussion.Protocols] }, "", "", "", "", ""));
        Assert.Equal("""["Ds1","Ds2","Ds3","translation","toy"]""", options.RootElement.GetProperty("datasets").GetRawText());
        Assert.Equal("""["centralised","parallel"]""", options.RootElement.GetProperty("protocol").GetRawText());
    }

    [Fact]
    public void All_Kinds_AreFoundByTheirNameAndCanBeWritten()
    {
        Assert.All(RowKind.All, kind => Assert.Same(kind, RowKind.Find(kind.Name.ToUpperInvariant())));
        Assert.All(RowKind.ByAgents, kind => Assert.NotEmpty(kind.Tasks));
        Assert.Empty(RowKind.ByAgents.SelectMany(kind => kind.Protocols).Except(RowDialogue.Protocols));
        Assert.Equal(["mined", "Ds1", "Ds2", "Ds3", "Ds4"], RowKind.Datasets.Select(dataset => dataset.Name));
    }

    [Fact]
    public void Plan_AToyKind_FollowsItsEntryAlone()
    {
        var items = new Scheduler(Seeds, new GenerationOptions { Kinds = [Toy, RowKind.Forward] }).Plan(4);
        Assert.Equal([(Toy, true), (RowKind.Forward, false), (Toy, true), (RowKind.Forward, false)], items.Select(item => (item.Kind, item.Seed.Language != item.Target)));
        Assert.All(items, item => Assert.Equal(Protocol.Forward, item.Protocol));
    }

    private static PlannedSeed Seed(int row, string language) => new(row, $"seed{row}", language, null, "", new HashSet<string> { language });
}
