using System.Text;
using XCoder.Analysis.Concepts;

namespace XCoder.Tests.Analysis.Concepts;

public class TestedFunctionsTests
{
    [Theory]
    [InlineData("parse_date", "test_it", "parse_date", true)]
    [InlineData("parseDate", "test_it", "parse_date", false)]
    [InlineData("parse_date", "test_parse_date", "assert", true)]
    [InlineData("parseDate", "parseDateTest", "assert", true)]
    [InlineData("parse_date", "ParseDateTests", "assert", true)]
    [InlineData("something", "test_something", "assert", true)]
    [InlineData("parse_date", "TestParseDates", "assert", false)]
    [InlineData("run", "test_run", "run", false)]
    [InlineData("a1_2", "test_it", "a1_2", false)]
    [InlineData("größe", "test_it", "größe", true)]
    public void IsTested_ByNameOrIdentifier_IsAsDocumented(string function, string test, string identifier, bool expected)
    {
        var tested = new TestedFunctions();
        tested.AddFunction("r", "l", function);
        tested.AddTestName("r", "l", test);
        tested.AddIdentifier("r", "l", Encoding.UTF8.GetBytes(identifier));

        Assert.Equal(expected, tested.IsTested("r", "l", function));
        Assert.False(tested.IsTested("other", "l", function));
        Assert.False(tested.IsTested("r", "other", function));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void IsTested_NameOfMany_TellsNothing(int bearers, bool expected)
    {
        var tested = new TestedFunctions();
        for (var i = 0; i < bearers; i++)
        {
            tested.AddFunction("r", "l", "toString");
        }

        tested.AddIdentifier("r", "l", "toString"u8);
        Assert.Equal(expected, tested.IsTested("r", "l", "toString"));
    }

    [Fact]
    public void AddIdentifier_HostileBytes_AreNoName()
    {
        var tested = new TestedFunctions();
        tested.AddFunction("r", "l", "name");
        tested.AddIdentifier("r", "l", [0xFF, 0xFE, 0x80, 0xC3, 0x28]);
        tested.AddIdentifier("r", "l", new byte[100_000]);
        tested.AddTestName("r", "l", "");
        Assert.False(tested.IsTested("r", "l", "name"));
        Assert.False(tested.IsTested("r", "l", ""));
    }
}
