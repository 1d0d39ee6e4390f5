using XCoder.Agents.Mining.Translations;

namespace XCoder.Tests.Agents.Mining.Translations;

public class TestTwinsTests
{
    [Fact]
    public void Count_OfFunctionsThatBothTestsOfATwinCall_IsTheNumberOfTwins()
    {
        var profiles = MinedProfiles.Of(
            ("a_test.py", "def test_joins():\n    assert join_names(['a'], 2) == 'a'\n"),
            ("b_test.go", "package a\n\nfunc TestJoins(t *testing.T) {\n\tif JoinNames([]string{\"a\"}, 2) != \"a\" {\n\t\tt.Fail()\n\t}\n}\n"),
            ("c.py", "def join_names(names, most):\n    return ' '.join(names[:most])\n"),
            ("d.go", "package a\n\nfunc JoinNames(names []string, most int) string {\n\treturn strings.Join(names[:most], \" \")\n}\n"),
            ("e.py", "def split_names(names, most):\n    return names.split(' ')[:most]\n"));
        var twins = new TestTwins();
        foreach (var twin in (int[])[0, 1])
        {
            twins.Add(twin, 10, profiles[0]);
            twins.Add(twin, 11, profiles[1]);
        }

        Assert.Equal(2, twins.Count((10, profiles[2]), (11, profiles[3])));
        Assert.Equal(0, twins.Count((12, profiles[2]), (11, profiles[3])));
        Assert.Equal(0, twins.Count((10, profiles[4]), (11, profiles[3])));
    }
}
