using XCoder.Analysis.Changes;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Tests.Analysis.Changes;

public class BaseFileTests
{
    private static readonly BaseFile Sound = new("a.py", "python", [new BaseSnippet(SnippetKind.Function, "f", "f", 0, 5, 0, 2, false, false, 1, 2)],
        StoredText.Compress("ab cd"u8), new TokenStream([0, 3], [2, 2], [TokenClass.Identifier, TokenClass.Identifier]).Encode());

    [Fact]
    public void IsSound_OfWhatWasExtracted() => Assert.True(Sound.IsSound() && Sound.Hashes().Values.Length == 2 && new BaseFile("b.py", "", [], [], []).IsSound());

    // A workspace may come from a stranger: numbers that would lead outside of a text are told before they are used.
    [Fact]
    public void IsSound_OfForgedNumbers_IsFalse()
    {
        var snippet = Sound.Snippets[0];
        BaseFile[] forged =
        [
            Sound with { Snippets = [snippet with { FirstToken = 1 }] },
            Sound with { Snippets = [snippet with { FirstToken = -1 }] },
            Sound with { Snippets = [snippet with { Tokens = int.MaxValue }] },
            Sound with { Snippets = [snippet with { Tokens = -1 }] },
            Sound with { Snippets = [snippet with { EndByte = 6 }] },
            Sound with { Snippets = [snippet with { StartByte = -1 }] },
            Sound with { Snippets = [snippet with { StartByte = 5, EndByte = 4 }] },
            Sound with { Content = [1, 2, 3] },
            Sound with { Content = StoredText.Compress("ab"u8) },
            Sound with { Content = [] },
            Sound with { Tokens = [0xff] },
            Sound with { Tokens = new TokenStream([0, 3], [2, 3], [TokenClass.Identifier, TokenClass.Identifier]).Encode() },
        ];
        Assert.All(forged, file => Assert.False(file.IsSound()));
    }
}
