using System.Globalization;
using XCoder.Agents.Chat;
using XCoder.Agents.Generation;
using XCoder.Analysis.Model;

namespace XCoder.Cli;

/// <summary>Says how far a generation is: rows by verdict, tokens, cost.</summary>
/// <param name="display">Who shows it.</param>
/// <param name="statistics">Tokens and cost by now.</param>
internal sealed class GenerationLine(IProgress<StageProgress> display, Func<ChatStatistics> statistics) : IProgress<GenerationProgress>
{
    public void Report(GenerationProgress value)
    {
        var now = statistics();
        var cost = now.Cost is { } spent ? string.Create(CultureInfo.InvariantCulture, $"  cost {spent:0.00}") : "";
        var lost = value.Lost > 0 ? string.Create(CultureInfo.InvariantCulture, $"  lost {value.Lost:N0}") : "";
        display.Report(new StageProgress("generating", value.Done, value.Count)
        {
            Unit = "rows",
            Detail = string.Create(CultureInfo.InvariantCulture, $"accepted {value.Accepted:N0}  revised {value.Revised:N0}  rejected {value.Rejected:N0}{lost}  {now.PromptTokens + now.CompletionTokens:N0} tokens{cost}"),
        });
    }
}
