using System.Globalization;
using Spectre.Console;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands;

/// <summary>What a judge came to.</summary>
/// <param name="Open">Rows whose answers only a judge could compare, and none was given.</param>
/// <param name="Rows">Rows that were judged.</param>
/// <param name="Preferences">Pairs of answers told apart.</param>
/// <param name="Lost">Rows without a usable answer.</param>
/// <param name="IsOutOfBudget">Whether the budget ended it.</param>
internal sealed record JudgeSummary(int Open, int Rows, int Preferences, int Lost, bool IsOutOfBudget)
{
    /// <summary>Says it.</summary>
    public void Show(IAnsiConsole console)
    {
        if (Open > 0)
        {
            console.Line(string.Create(CultureInfo.InvariantCulture, $"Answers of {Open:N0} rows cannot be run here; with --endpoint URL --chat-model NAME a model judges them, and they are marked so."));
        }

        if (Rows > 0)
        {
            console.Line(string.Create(CultureInfo.InvariantCulture, $"Judged: {Rows:N0} rows, {Preferences:N0} preference pairs{(Lost > 0 ? $", {Lost:N0} rows without a usable answer" : "")}{(IsOutOfBudget ? "; the budget is spent, run it again with a higher one to go on" : "")}"));
        }
    }
}
