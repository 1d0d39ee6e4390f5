using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Prompts;

/// <summary>
/// What rows are asked to be like: a type of task, a difficulty, a length, an audience and a form, drawn from the table <c>variety.json</c>
/// in the folder of the prompts. The draws of a run are spread evenly over each list of the table. Thread-safe.
/// </summary>
internal sealed class Variety
{
    /// <summary>File name of the table.</summary>
    public const string FileName = "variety.json";

    // Multiples of irrational roots, without their whole parts, cover [0, 1) evenly, each for itself and all together (Richtmyer 1951).
    private static readonly int[] Primes = [2, 3, 5, 7, 11];

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private readonly IReadOnlyList<(string Name, IReadOnlyList<Choice> Choices)> _lists;

    private Variety(Table table, string hash) => (_lists, Hash) =
        ([("kind", table.Kinds), ("difficulty", table.Difficulties), ("length", table.Lengths), ("audience", table.Audiences),
            ("form", table.Forms)], hash);

    /// <summary>Hash of the table: 20 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Reads the table of a folder; a folder without one has that of the program.</summary>
    /// <param name="folder">The folder of prompts.</param>
    /// <exception cref="PromptException">The table cannot be read.</exception>
    public static Variety Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        path = File.Exists(path) ? path : Path.Combine(PromptLibrary.DefaultFolder, FileName);
        try
        {
            var text = File.ReadAllText(path);
            var table = JsonSerializer.Deserialize<Table>(text, Json)!;
            var variety = new Variety(table, RowId.Hash(text)[..20]);
            return variety._lists.All(list => list.Choices.Count > 0 && list.Choices.All(choice => choice.Weight > 0)) ? variety
                : throw new PromptException($"{path}: each list must have an entry, and each entry a weight above 0.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PromptException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Draws one entry of each list for a row.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="number">Number of the row in the run, from 0.</param>
    public Draw Draw(int seed, int number)
    {
        var drawn = _lists.Select((list, i) => (list.Name, Choice: Pick(list.Choices, Point(seed, number, i)))).ToList();
        return new Draw(drawn.ToDictionary(item => item.Name, item => item.Choice.Id),
            drawn.ToDictionary(item => item.Name, item => item.Choice.Text));
    }

    private static double Point(int seed, int number, int dimension)
    {
        var hash = RowId.Hash("variety", seed.ToString(CultureInfo.InvariantCulture), dimension.ToString(CultureInfo.InvariantCulture));
        var start = BinaryPrimitives.ReadUInt32BigEndian(Convert.FromHexString(hash[..8])) / ((double)uint.MaxValue + 1);
        return (start + ((number + 1) * (Math.Sqrt(Primes[dimension]) % 1))) % 1;
    }

    private static Choice Pick(IReadOnlyList<Choice> choices, double point)
    {
        var left = point * choices.Sum(choice => choice.Weight);
        foreach (var choice in choices)
        {
            left -= choice.Weight;
            if (left < 0)
            {
                return choice;
            }
        }

        return choices[^1];
    }

    private sealed record Table(int Version, IReadOnlyList<Choice> Kinds, IReadOnlyList<Choice> Difficulties, IReadOnlyList<Choice> Lengths,
        IReadOnlyList<Choice> Audiences, IReadOnlyList<Choice> Forms);

    private sealed record Choice(string Id, double Weight, string Text);
}

/// <summary>What was drawn for a row, by the names of the lists: <c>kind</c>, <c>difficulty</c>, <c>length</c>, <c>audience</c>,
/// <c>form</c>.</summary>
/// <param name="Ids">Ids of the entries.</param>
/// <param name="Texts">Their sentences for the prompt.</param>
public sealed record Draw(IReadOnlyDictionary<string, string> Ids, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Nothing was drawn, as for rows whose task is given.</summary>
    public static Draw None { get; } = new(new Dictionary<string, string>(), new Dictionary<string, string>());
}
