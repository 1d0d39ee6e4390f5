using XCoder.Analysis;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Tests.Analysis.Repositories;
using Xunit;

namespace XCoder.Tests.Analysis.Changes;

/// <summary>Which copies a reviewer is not told of: those in which nothing is done, and tests of one thing.</summary>
public sealed class WorthTellingTests : IDisposable
{
    private const string Forwarder = """
        class Remote {
          void send(String name, int size, byte[] data, Options options) { this.channel.connection().session().send(name, size, data, options.toMap()); }
        }
        """;

    private const string Error = """
        public class StoreException : Exception
        {
            public StoreException() { }
            public StoreException(string message) : base(message) { }
            public StoreException(string message, Exception inner) : base(message, inner) { }
        }
        """;

    private const string Work = """
        def total(values, limit, factor):
            result = 0
            for value in values:
                if value > limit:
                    result += value * factor
                else:
                    result -= value
            return result, limit
        """;

    private const string Test = """
        class TotalTest(TestCase):
            def test_first(self):
                cart = self.shop.cart("a", 1, 2.5, "EUR")
                cart.add("book", 3, 12.5)
                cart.add("pen", 1, 1.5)
                cart.remove("pen", "changed my mind")
                self.assertEqual(cart.total("EUR"), 37.5)
                self.assertEqual(cart.count("book"), 3)
                self.assertEqual(cart.names("sorted"), ["book"])
                self.assertTrue(cart.is_open("now"))
        """;

    private readonly ScratchRepository _repository = new();
    private readonly TemporaryFolder _workspace = new();

    public void Dispose()
    {
        _repository.Dispose();
        _workspace.Dispose();
    }

    [Fact]
    public void A_method_that_hands_on_is_no_copy()
    {
        _repository.Write("A.java", Forwarder);
        _repository.Commit();
        _repository.Write("B.java", Forwarder.Replace("Remote", "Local", StringComparison.Ordinal).Replace("send", "post", StringComparison.Ordinal));
        Assert.Empty(Found());
        _repository.Write("B.java", Forwarder.Replace("this.channel", "if (size - 2 > 3 && size % 2 == 1) this.channel", StringComparison.Ordinal).Replace("send", "post", StringComparison.Ordinal));
        _repository.Write("A.java", Forwarder.Replace("this.channel", "if (size - 2 > 3 && size % 2 == 1) this.channel", StringComparison.Ordinal));
        _repository.Commit();
        _repository.Write("C.java", "class X { int i; }\n" + Forwarder.Replace("this.channel", "if (size - 2 > 3 && size % 2 == 1) this.channel", StringComparison.Ordinal).Replace("send", "get", StringComparison.Ordinal));
        Assert.NotEmpty(Found());
    }

    [Fact]
    public void An_exception_is_no_copy_of_another()
    {
        _repository.Write("A.cs", Error);
        _repository.Commit();
        _repository.Write("B.cs", "// another\n" + Error.Replace("StoreException", "FileException", StringComparison.Ordinal));
        Assert.Empty(Found());
    }

    [Fact]
    public void Tests_of_one_thing_are_no_copies_but_copied_tests_are()
    {
        _repository.Write("tests/test_total.py", Test);
        _repository.Commit();
        var second = string.Join('\n', Test.Split('\n').Skip(1)).Replace("first", "second", StringComparison.Ordinal).Replace("book", "ink", StringComparison.Ordinal);
        _repository.Write("tests/test_total.py", Test + "\n\n" + second);
        Assert.Empty(Found());
        _repository.Write("tests/test_other.py", "import shop\n" + Test.Replace("TotalTest", "OtherTest", StringComparison.Ordinal));
        Assert.Contains(Found(), static found => found.StartsWith("tests/test_other.py", StringComparison.Ordinal));
    }

    [Fact]
    public void A_twin_that_has_other_literals_than_those_edited_needs_nothing()
    {
        _repository.Write("a.py", Work.Replace("limit:", "30:", StringComparison.Ordinal));
        _repository.Write("b.py", "x = 1\n" + Work.Replace("limit:", "40:", StringComparison.Ordinal));
        _repository.Write("c.py", "y = 1\n" + Work.Replace("limit:", "30:", StringComparison.Ordinal));
        _repository.Commit();
        _repository.Write("a.py", Work.Replace("limit:", "40:", StringComparison.Ordinal));
        var finding = Assert.Single(Findings(), static finding => finding.Kind == ChangeKind.Twin);
        Assert.Equal(["c.py"], finding.Others.Select(static other => other.Path)); // b.py has it already
    }

    [Fact]
    public void Of_functions_of_one_name_that_changed_nobody_knows_which_is_which()
    {
        string Two(string first, string second) => $"class A:\n    x = 1\n{Indented(Work.Replace("limit:", first, StringComparison.Ordinal))}\n{Indented(Work.Replace("limit:", second, StringComparison.Ordinal))}\n";
        _repository.Write("a.py", Two("30:", "40:"));
        _repository.Write("b.py", "x = 1\n" + Work.Replace("limit:", "30:", StringComparison.Ordinal));
        _repository.Commit();
        _repository.Write("a.py", Two("limit + 1:", "limit + 2:"));
        Assert.DoesNotContain(Findings(), static finding => finding.Kind == ChangeKind.Twin);
    }

    private static string Indented(string code) => string.Join('\n', code.Split('\n').Select(static line => "    " + line));

    [Fact]
    public void Examples_repeat_each_other_but_not_the_product()
    {
        _repository.Write("examples/one/main.py", Work);
        _repository.Commit();
        _repository.Write("docs/Samples/two/main.py", "x = 1\n" + Work);
        Assert.Empty(Found());
        _repository.Write("src/main.py", "y = 1\n" + Work);
        Assert.Contains("src/main.py", Findings().SelectMany(static finding => finding.Also.Append(finding.Snippet)).Select(static snippet => snippet.Path));
    }

    [Fact]
    public void Short_code_that_does_something_is_a_copy()
    {
        _repository.Write("a.py", Work);
        _repository.Commit();
        _repository.Write("b.py", "x = 1\n" + Work.Replace("total", "sums", StringComparison.Ordinal));
        Assert.Equal(["b.py New"], Found());
    }

    private List<string> Found() => [.. Findings().Select(static finding => $"{finding.Snippet.Path} {finding.Kind}")];

    private IReadOnlyList<ChangeFinding> Findings() => Workspace.Open(Path.Join(_workspace.Root, "ws"), new() { Device = Device.Cpu, Threads = 2 })
        .Check([_repository.Root], new CheckQuery { Base = "HEAD", IsSemantic = false }).Report!.Findings;
}
