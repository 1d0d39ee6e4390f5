namespace XCoder.Agents.Rows;

/// <summary>Two answers to a row's instruction, ordered. Answers are numbered: 0 is the row's response, from 1 on its candidates.</summary>
/// <param name="Chosen">Number of the better answer.</param>
/// <param name="Rejected">Number of the worse one.</param>
/// <param name="Margin">By how much it is better, in (0, 1]: of the steps on the way from text to code that passes all tests those between the two; by a judge a tenth of the difference in points.</param>
/// <param name="Basis"><see cref="Execution"/> or <see cref="Judge"/>.</param>
/// <param name="Evidence">What shows it, one a line.</param>
public sealed record RowPreference(int Chosen, int Rejected, double Margin, string Basis, IReadOnlyList<string> Evidence)
{
    /// <summary>Compilers and tests told them apart.</summary>
    public const string Execution = "execution";

    /// <summary>A chat model told them apart: neither could be run.</summary>
    public const string Judge = "judge";
}
