using XCoder.Analysis.Model;

namespace XCoder.Tests.Analysis.Model;

public class SnippetKindTests
{
    // The store's counts say "kind >= 3" in SQL.
    [Fact]
    public void IsStructure_OfEveryKind_IsWhatTheStoreCounts() =>
        Assert.All(Enum.GetValues<SnippetKind>(), kind => Assert.Equal((int)kind >= 3, kind.IsStructure()));
}
