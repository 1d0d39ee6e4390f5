using System.Runtime.CompilerServices;
using System.Text;

namespace XCoder.Tests;

/// <summary>
/// Compares text with an approved file in <c>Snapshots</c> beside the test. On a mismatch the text is left there
/// as <c>.received</c>; with <c>XCODER_APPROVE=1</c> in the environment it becomes the approved one.
/// </summary>
public static class Snapshot
{
    /// <summary>Fails unless <paramref name="text"/> is the approved text of <paramref name="name"/> (with its ending, for example <c>report.json</c>).</summary>
    public static void Matches(string text, string name, [CallerFilePath] string test = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(test)!, "Snapshots");
        var approved = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(name)}.approved{Path.GetExtension(name)}");
        var received = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(name)}.received{Path.GetExtension(name)}");
        var expected = File.Exists(approved) ? File.ReadAllText(approved, Encoding.UTF8) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        var approve = Environment.GetEnvironmentVariable("XCODER_APPROVE") == "1";
        File.WriteAllText(approve ? approved : received, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (approve)
        {
            File.Delete(received);
            return;
        }

        Assert.Fail(expected is null
            ? $"There is no {approved}; read {received} and run again with XCODER_APPROVE=1."
            : $"{received} differs from the approved file in line {FirstDifference(expected, text)}; where the change is meant, run again with XCODER_APPROVE=1.");
    }

    private static string FirstDifference(string expected, string text)
    {
        var (left, right) = (expected.Split('\n'), text.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return $"{line + 1}: expected '{left.ElementAtOrDefault(line)}', found '{right.ElementAtOrDefault(line)}'";
    }
}
