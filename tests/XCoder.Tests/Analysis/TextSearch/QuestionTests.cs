using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.TextSearch;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.TextSearch;

/// <summary>Questions in words: what they find a function by, and the index that follows the store.</summary>
public sealed class QuestionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public QuestionTests()
    {
        _folder.Write("shop/src/net/client.py", """
            # Talks to the warehouse.

            class Courier:
                '''Delivers parcels abroad.'''

                def hand_over(self, customs_form):
                    # the border guard stamps it
                    if not customs_form:
                        raise ValueError("paper is missing at the frontier")
                    return self.submit_declaration(customs_form)

            def parse_tariff(text):
                '''Reads the fee of a country.'''
                return [int(part) for part in text.split(";")]

            def other(a, b):
                return a * b + a
            """);
        _folder.Write("shop/tests/test_client.py", "def test_tariff_of_a_country():\n    '''Reads the fee of a country, tariff.'''\n    assert parse_tariff('1;2') == [1, 2]\n");
        _folder.Write("shop/src/Fees.java", "class Fees {\n  /** The highest fee of all. */\n  int highest(int[] fees) { int top = 0; for (int fee : fees) top = Math.max(top, fee); return top; }\n}\n");
        _folder.Write("bank/fees.py", "def fee_of_a_transfer(amount):\n    '''The fee of a transfer.'''\n    return max(1, amount // 100)\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hand over")] // its name
    [InlineData("courier hand")] // what contains it
    [InlineData("form for the customs")] // a parameter
    [InlineData("who stamps at the border?")] // a comment in its body
    [InlineData("paper missing at a frontier")] // a message
    [InlineData("submits declarations")] // what it calls, in other forms of the words
    [InlineData("delivering a parcel abroad with a form")] // documentation of what contains it
    public void Find_WordsOfAnyField_FindsTheFunction(string question)
    {
        using var session = Open();
        Assert.Equal("Courier.hand_over", Names(session, question, new() { Count = 2 }).First(name => name != "Courier"));
    }

    [Fact]
    public void Find_WordsOfTheFilesHead_FindsWhatIsInIt()
    {
        using var session = Open();
        Assert.Equal(["Courier", "Courier.hand_over", "other", "parse_tariff"], Names(session, "warehouse", new() { Count = 4 }).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Find_WithoutASharedWord_FindsOnlyWhatIsNear()
    {
        using var session = Open();
        _folder.Write("shop/src/order.py", "def quicksort(items):\n    if len(items) < 2:\n        return items\n    head = items[0]\n    return quicksort([i for i in items if i < head]) + [i for i in items if i == head] + quicksort([i for i in items if i > head])\n");
        Index();
        Assert.Equal("quicksort", Names(session, "sort")[0]);
        Assert.Empty(Names(session, "zygote"));
    }

    [Fact]
    public void Find_Tests_ComeAfterWhatTheyTestUnlessTheyAreAskedFor()
    {
        using var session = Open();
        Assert.Equal("parse_tariff", Names(session, "reads the tariff fee of a country")[0]);
        Assert.Equal("test_tariff_of_a_country", Names(session, "test that reads the tariff fee of a country")[0]);
    }

    [Fact]
    public void Find_OfARepositoryOrLanguage_FindsOnlyThose()
    {
        using var session = Open();
        Assert.Contains("Fees.highest", Names(session, "fee"));
        Assert.Equal(["fee_of_a_transfer"], session.Find("fee", new(), "bank").Select(found => found.Snippet.Name));
        Assert.Contains(session.Find("fee", new() { Language = "java" }), found => found.Snippet.Name == "highest");
        Assert.All(session.Find("fee", new() { Language = "java" }), found => Assert.Equal("java", found.Snippet.Language));
        Assert.Throws<RequestException>(() => session.Find("fee", new(), "nowhere"));
        Assert.Throws<RequestException>(() => session.Find("fee", new() { Language = "cobol" }));
    }

    [Fact]
    public void Find_AfterChanges_FindsWhatIsThere()
    {
        using var session = Open();
        Assert.Equal("parse_tariff", Names(session, "tariff")[0]);
        _folder.Write("shop/src/net/client.py", "def read_levy(text):\n    '''Reads the levy.'''\n    return text.split(',')\n");
        _folder.Write("shop/src/added.go", "package added\n\n// Levy sums levies.\nfunc Levy(all []int) int {\n\tsum := 0\n\tfor _, one := range all {\n\t\tsum += one\n\t}\n\treturn sum\n}\n");
        File.Delete($"{_folder.Root}/shop/src/Fees.java");
        Index();

        Assert.Equal(["test_tariff_of_a_country"], Names(session, "tariff", new() { Count = 1 }));
        Assert.Equal(["Levy", "read_levy"], Names(session, "levies", new() { Count = 2 }).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Fees.highest", Names(session, "highest"));
        Assert.DoesNotContain("parse_tariff", Names(session, "tariff"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_AfterRandomChanges_IsAboutWhatANewIndexFinds(int seed)
    {
        string[] words = ["ledger", "parcel", "invoice", "sensor", "ticket", "window", "branch"];
        var random = new Random(seed);
        using (var session = Open())
        {
            for (var round = 0; round < 4; round++)
            {
                for (var i = 0; i < 5; i++)
                {
                    var path = $"shop/m{random.Next(6)}.py";
                    if (random.Next(4) == 0)
                    {
                        File.Delete(Path.Join(_folder.Root, path));
                    }
                    else
                    {
                        _folder.Write(path, string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(n => $"def {words[random.Next(7)]}_{n}(a):\n    # {words[random.Next(7)]}\n    return a.{words[random.Next(7)]} + {n}\n\n")));
                    }
                }

                Index();
                Names(session, "ledger");
            }
        }

        var kept = Answers();
        File.Delete($"{_folder.Root}/ws/{WordStore.FileName}");
        var anew = Answers();
        Assert.Equal(anew.Keys.Order(StringComparer.Ordinal), kept.Keys.Order(StringComparer.Ordinal));
        Assert.All(anew, item => Assert.InRange(kept[item.Key] - item.Value, -0.05f, 0.05f)); // the mean length of removed texts lingers

        Dictionary<string, float> Answers()
        {
            using var session = Open();
            return words.SelectMany(word => session.Find(word, new() { Count = 50 }).Select(found => ($"{word}: {found.Snippet.Id}", found.Neighbour.Similarity))).ToDictionary();
        }
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("cut")]
    [InlineData("scrambled")]
    [InlineData("of another program")]
    [InlineData("of a later version")]
    [InlineData("with another table of words")]
    public void Find_IndexThatIsDamaged_IsMadeAgain(string how)
    {
        List<string> before;
        using (var session = Open())
        {
            before = Names(session, "fee of a country");
        }

        var path = $"{_folder.Root}/ws/{WordStore.FileName}";
        var bytes = File.ReadAllBytes(path);
        switch (how)
        {
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            case "garbage":
                File.WriteAllText(path, "no database at all, but long enough to be taken for one");
                break;
            case "cut":
                File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
                break;
            case "scrambled":
                new Random(1).NextBytes(bytes.AsSpan(8192));
                File.WriteAllBytes(path, bytes);
                break;
            case "of another program":
                Change("create table foreign_table(x)");
                break;
            case "of a later version":
                Change("pragma user_version = 99");
                break;
            default:
                Change("drop table words; create virtual table words using fts5(name, place, signature, documentation, calls, names, comments, strings, around)");
                break;
        }

        using (var session = Open())
        {
            Assert.Equal(before, Names(session, "fee of a country"));
        }

        void Change(string sql)
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("current")]
    [InlineData("old")]
    [InlineData("damaged")]
    public void Find_OfAWorkspaceThatIsOnlyRead_WritesNothing(string index)
    {
        using (var session = Open())
        {
            Names(session, "tariff");
        }

        var path = $"{_folder.Root}/ws/{WordStore.FileName}";
        _folder.Write("shop/src/levy.py", "def read_levy(text):\n    return text.split(',')\n");
        Index();
        switch (index)
        {
            case "":
                File.Delete(path);
                break;
            case "current":
                using (var session = Open())
                {
                    Names(session, "tariff");
                }

                break;
            case "damaged":
                new Random(1).NextBytes(File.ReadAllBytes(path) is var bytes ? bytes.AsSpan(8192) : default);
                File.WriteAllBytes(path, bytes);
                break;
        }

        var before = Files();
        var workspace = Workspace.Open(Path.Combine(_folder.Root, "ws"), new() { Device = Device.Cpu, Threads = 2, IsReadOnly = true });
        using (var session = workspace.OpenQuestions())
        {
            Assert.Equal("read_levy", Names(session, "read levy")[0]);
            Assert.Equal("parse_tariff", Names(session, "tariff of a country")[0]);
        }

        Assert.Equal(before, Files());

        IEnumerable<string> Files() => [.. Directory.EnumerateFiles(_folder.Root + "/ws").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith("-wal", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(file => file + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))))];
    }

    public static TheoryData<string> Hostile =>
        ["\"", "\" OR \"", "tariff\" NEAR(", "name:tariff", "tariff*", "^tariff", "NOT", "AND OR NOT", "-- ; drop table words", "tariff\0fee", "😀 tariff", "\uD800", "the of and", "税", new string('a', 1_000_000),
            string.Concat(Enumerable.Range(0, 20_000).Select(i => $"w{(char)('a' + (i % 26))}{i} "))];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Find_HostileQuestion_IsOnlyWords(string question)
    {
        using var session = Open();
        Assert.InRange(session.Find(question, new() { Count = 5 }).Count, 0, 5);
        Assert.Equal("parse_tariff", Names(session, "tariff of a country")[0]);
    }

    [Theory]
    [InlineData("where is the HTTPServer's readTimeout set?", "http server read timeout set")]
    [InlineData("retry, retry and retry again", "retry again")]
    [InlineData("what is it", "what is it")]
    [InlineData("utf8 naïve", "utf 8 naïve")]
    public void Terms_OfAQuestion_AreItsTellingWords(string question, string terms) => Assert.Equal(terms.Split(' '), WordSearch.Terms(question).Where(term => term != "s"));

    private Workspace Index()
    {
        var workspace = Workspace.Open(Path.Combine(_folder.Root, "ws"), new() { Device = Device.Cpu, Threads = 2 });
        workspace.Index([Path.Combine(_folder.Root, "shop"), Path.Combine(_folder.Root, "bank")]);
        return workspace;
    }

    private Workspace.QuestionSession Open() => Index().OpenQuestions();

    private static List<string> Names(Workspace.QuestionSession session, string question, NeighbourOptions? options = null) =>
        [.. session.Find(question, options ?? new()).Select(found => found.Snippet.QualifiedName)];
}
