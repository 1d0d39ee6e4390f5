using XCoder.Agents.Export;
using XCoder.Agents.Rows;

namespace XCoder.Tests.Agents.Export;

public class AttributionWriterTests
{
    private static readonly Dictionary<string, LicenceNotice> Notices = new()
    {
        ["n1"] = new("n1", "MIT", "alpha", "LICENSE", "MIT License\n```\nCopyright Ann\n```"),
        ["n2"] = new("n2", "Apache-2.0", "beta", "LICENSE", "Apache License"),
        ["n3"] = new("n3", "ISC", "gamma", "LICENSE", "nobody's"),
    };

    [Fact]
    public void Write_Rows_TellsEachRepositoryAndNoticeOnce()
    {
        var text = Write(Row("alpha", "MIT", "n1"), Row("alpha", "MIT", "n1"), Row("beta", "Apache-2.0", "n2"));
        Assert.Equal("""
            # Attribution

            3 rows were made from code of 2 repositories. Their licences require these notices.

            ## Repositories

            - **alpha**: MIT
              - address: https://host/alpha, commit: abc
              - notices: n1
            - **beta**: Apache-2.0
              - address: https://host/beta, commit: abc
              - notices: n2

            ## Notices

            ### n1

            MIT, from LICENSE in alpha

            ````text
            MIT License
            ```
            Copyright Ann
            ```
            ````

            ### n2

            Apache-2.0, from LICENSE in beta

            ```text
            Apache License
            ```

            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Write_RowsInAnotherOrder_GivesTheSame()
    {
        InstructionRow[] rows = [Row("alpha", "MIT", "n1"), Row("beta", "Apache-2.0", "n2"), Row("alpha", null, "n1")];
        Assert.Equal(Write(rows), Write([.. rows.Reverse()]));
    }

    [Fact]
    public void Write_NamesWithMarks_AreEscaped()
    {
        var text = Write(Row("a*b](x)\u001b[31m", "MIT", "n1"));
        Assert.Contains(@"**a\*b\](x)\\x1B\[31m**", text);
        Assert.DoesNotContain('\u001b', text);
    }

    private static string Write(params InstructionRow[] rows)
    {
        using var writer = new StringWriter();
        AttributionWriter.Write(writer, rows, Notices);
        return writer.ToString();
    }

    private static InstructionRow Row(string repository, string? licence, string notice) => new()
    {
        Id = "1",
        Dataset = RowKind.Mined.Dataset,
        Task = RowTask.Translation,
        SourceLanguage = "c",
        TargetLanguage = "go",
        Instruction = "i",
        Response = "r",
        Seeds = [],
        Neighbours = [],
        Protocol = "mined",
        Rounds = 0,
        Critique = new RowCritique { Verdict = Verdict.Accept, Scores = new Dictionary<string, double>() },
        Verification = new RowVerification(RowStatus.Unverifiable, []),
        Lineage = [new Lineage(LineageRole.Seed, repository, $"https://host/{repository}", "abc", "a.c", 1, 2, licence)],
        Licence = licence,
        Notices = [notice],
        PromptHash = "p",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
