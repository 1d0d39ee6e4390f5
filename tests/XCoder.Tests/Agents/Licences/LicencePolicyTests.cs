using XCoder.Agents.Licences;
using XCoder.Analysis.Text;

namespace XCoder.Tests.Agents.Licences;

public class LicencePolicyTests
{
    [Theory]
    [InlineData("permissive", "MIT", true)]
    [InlineData("permissive", "mit", true)]
    [InlineData("permissive", "Apache-2.0 WITH LLVM-exception", true)]
    [InlineData("permissive", "GPL-2.0-only WITH Classpath-exception-2.0", false)]
    [InlineData("permissive", "MIT OR GPL-3.0-only", true)]
    [InlineData("permissive", "MIT AND GPL-3.0-only", false)]
    [InlineData("permissive", "GPL-3.0-only OR MIT AND ISC", true)]
    [InlineData("permissive", "(GPL-3.0-only OR MIT) AND LGPL-2.1-only", false)]
    [InlineData("permissive", "(MIT OR Apache-2.0) AND (BSD-3-Clause OR GPL-2.0-only)", true)]
    [InlineData("permissive", "LicenseRef-Company", false)]
    [InlineData("permissive", "NOASSERTION", false)]
    [InlineData("permissive", "MIT AND NOASSERTION", false)]
    [InlineData("permissive", null, false)]
    [InlineData("permissive", "", false)]
    [InlineData("permissive", "MIT OR", false)]
    [InlineData("permissive", "(MIT", false)]
    [InlineData("permissive", "MIT Apache-2.0", false)]
    [InlineData("any", null, true)]
    [InlineData("any", "GPL-3.0-only", true)]
    [InlineData("MIT, GPL-3.0-only", "GPL-3.0-only AND MIT", true)]
    [InlineData("MIT, GPL-3.0-only", "Apache-2.0", false)]
    [InlineData("permissive,MPL-2.0", "MPL-2.0 AND ISC", true)]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0", true)]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only", false)]
    [InlineData("LicenseRef-Ours", "LicenseRef-Ours", true)]
    public void Allows_AnExpression_EvaluatesIt(string policy, string? spdx, bool expected) =>
        Assert.Equal(expected, LicencePolicy.Parse(policy).Allows(spdx));

    [Theory]
    [InlineData("", "names no licence")]
    [InlineData(" , ", "names no licence")]
    [InlineData("BSD", "BSD-2-Clause")]
    [InlineData("free", "not a known SPDX id")]
    [InlineData("MIT,any", "not a known SPDX id")]
    [InlineData("MIT OR ISC", "not a licence")]
    [InlineData("MIT;ISC", "not a licence")]
    public void Parse_ABadName_SaysWhatToWrite(string text, string says)
    {
        var message = Assert.Throws<FormatException>(() => LicencePolicy.Parse(text)).Message;
        Assert.Contains(says, message);
        Assert.Contains("'permissive', 'any', or SPDX ids separated by commas", message);
    }

    [Theory]
    [InlineData("MIT", "MIT", "MIT")]
    [InlineData("MIT AND Apache-2.0", "MIT", "Apache-2.0")]
    [InlineData("(MIT OR Apache-2.0) AND ISC", "MIT OR Apache-2.0", "ISC")]
    [InlineData("(MIT or Apache-2.0) AND ISC", "MIT or Apache-2.0", "ISC")]
    [InlineData(null, "MIT", null)]
    [InlineData(null, "MIT", "NOASSERTION")]
    [InlineData(null, "MIT", "not (an expression")]
    public void Join_OfSources_HoldsAllOfTheirs(string? expected, string? first, string? second)
    {
        var joined = SpdxExpression.Join([first, second]);
        Assert.Equal(joined, SpdxExpression.Join([second, first]));
        if (expected == null)
        {
            Assert.Null(joined);
            return;
        }

        // Whatever the order of its parts.
        Assert.Equal(expected.Split(" AND ").Order(), joined!.Split(" AND ").Order());
    }

    [Fact]
    public void Join_OfNothing_IsUnknown() => Assert.Null(SpdxExpression.Join([]));

    [Fact]
    public void Allows_DeepParentheses_ComesBack() =>
        Assert.False(LicencePolicy.Parse("permissive").Allows(new string('(', 100_000) + "MIT" + new string(')', 100_000)));
}
