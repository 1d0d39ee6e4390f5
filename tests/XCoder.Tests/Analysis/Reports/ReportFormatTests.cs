using System.Globalization;
using System.Text;
using XCoder.Analysis;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>Another report is a class and an entry of the table.</summary>
public class ReportFormatTests
{
    private static readonly ReportFormat Toy = new() { Name = "toy", FileName = "report.toy", HasDuplicates = true, Writer = ToyReport.Write };

    [Fact]
    public void All_Files_AreNamedAsFilesOfAWorkspace() => Assert.All(ReportFormat.All, format => Assert.Contains(format.FileName, WorkspaceNames.Derived));

    [Fact]
    public void All_Formats_AreFoundByNamesOfTheirOwn()
    {
        Assert.Equal(["json", "sarif", "html"], ReportFormat.All.Select(format => format.Name));
        Assert.All(ReportFormat.All, format => Assert.Same(format, ReportFormat.Find(format.Name)));
        Assert.Equal(ReportFormat.All.Count, ReportFormat.All.Select(format => format.FileName).Distinct().Count());
        Assert.Null(ReportFormat.Find("toy"));
    }

    [Fact]
    public void Write_EveryFormat_LeavesTheStreamOpen() => Assert.All([.. ReportFormat.All, Toy], format =>
    {
        using var stream = new MemoryStream();
        format.Writer(stream, SampleReport.Make(), SampleReport.Code);
        Assert.True(stream is { CanWrite: true, Length: > 0 });
    });

    [Fact]
    public void Analyze_WithAToyReport_WritesItBesideTheOthers()
    {
        using var folder = new TemporaryFolder();
        folder.Write("code/a.py", "def first(items):\n    return sum(items)\n");
        var path = Path.Combine(folder.Root, "ws");
        var workspace = Workspace.Open(path, new WorkspaceOptions { Threads = 2 });
        Analyze(ReportFormat.All);
        Assert.All(ReportFormat.All, format => Assert.True(File.Exists(Path.Combine(path, format.FileName))));
        Assert.False(File.Exists(Path.Combine(path, Toy.FileName)));

        // Nothing has changed but the list.
        Analyze([.. ReportFormat.All, Toy]);
        Assert.Equal("1 repositories, 0 groups, code: no\n", File.ReadAllText(Path.Combine(path, Toy.FileName)));

        void Analyze(IReadOnlyList<ReportFormat> reports) =>
            workspace.Analyze([Path.Combine(folder.Root, "code")], new AnalysisOptions { Embed = false, Reports = reports });
    }

    private static class ToyReport
    {
        public static void Write(Stream stream, AnalysisReport report, Func<string, string?> code) => stream.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{report.Coverage.Repositories.Count} repositories, {report.Groups.Count} groups, code: {(report.Groups.Any(group => code(group.Representative) is not null) ? "yes" : "no")}\n")));
    }
}
