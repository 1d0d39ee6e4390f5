using System.Globalization;
using System.Text.Json;

namespace XCoder.Benchmarks.Mining;

/// <summary>
/// Fits the model of translation pairs to judged ones: logistic regression with a penalty on the squares of the weights, by Newton's method,
/// over standardised signals. Prints what it reaches on projects left out of the fit, one after the other. A judged pair stands for as many
/// candidates as its weight says, since those hard to tell were judged more often than they occur.
/// </summary>
internal static class PairsFit
{
    private static readonly string[] Used = ["scope", "steps", "nearSteps", "equalSteps", "foreign", "branches", "literals", "nulls",
        "arguments", "overloads", "size", "length", "company", "alone", "rival", "differences", "noDifference", "hole", "surprise", "calls",
        "documentation", "siblings", "tests"];

    public static int Run(Arguments arguments)
    {
        var rows = Read(arguments.Require("TABLE"));
        var penalty = arguments.Number("penalty", 65);
        Console.WriteLine($"{rows.Count} pairs of {rows.Select(row => row.Family).Distinct().Count()} projects, {rows.Count(row => row.IsTrue)} true");
        var raw = rows.GroupBy(row => row.Family).SelectMany(group =>
        {
            var model = Fit([.. rows.Where(row => row.Family != group.Key)], penalty);
            return group.Select(row => row with { Values = [model.Logit(row.Values)] });
        }).ToList();

        // The penalty makes the estimates too timid; what is left out says by how much (Platt 1999).
        var scale = Fit(raw, 0);
        var left = raw.ConvertAll(row => (Probability: scale.Probability(row.Values), row.IsTrue, row.Weight, row.IsTest));
        Console.WriteLine($"calibration: {scale.Weights[0]:0.000} times the logit, {scale.Intercept:+0.000;-0.000}");
        Console.WriteLine($"log loss {left.Average(item => -Math.Log(Math.Max(1e-9, item.IsTrue ? item.Probability : 1 - item.Probability))):0.000}");
        foreach (var least in (double[])[0.95, 0.93, 0.9, 0.88, 0.85, 0.8, 0.7, 0.5])
        {
            var kept = left.Where(item => item.Probability >= least).ToList();
            Console.WriteLine($"probability of {least:0.00} or more: {kept.Count} pairs, precision {kept.Average(item => item.IsTrue ? 1.0 : 0):0.000}, "
                + $"mean probability {kept.Average(item => item.Probability):0.000}, {kept.Count(item => item.IsTrue) / (double)rows.Count(row => row.IsTrue):0.00} of the true ones");
        }

        var levels = new[] { false, true }.ToDictionary(isTest => isTest ? "tests" : "code",
            isTest => Levels(isTest ? "tests" : "code", [.. left.Where(item => item.IsTest == isTest).Select(item => (item.Probability, item.IsTrue, item.Weight))]));
        var fitted = Fit(rows, penalty);
        var all = new Fitted((fitted.Intercept * scale.Weights[0]) + scale.Intercept, [.. fitted.Weights.Select(weight => weight * scale.Weights[0])]);
        if (arguments.Text("output") is { } output)
        {
            File.WriteAllText(output, JsonSerializer.Serialize(
                new { intercept = Math.Round(all.Intercept, 4), weights = Used.Zip(all.Weights).ToDictionary(pair => pair.First, pair => Math.Round(pair.Second, 4)), levels },
                new JsonSerializerOptions { WriteIndented = true }) + "\n");
        }

        return 0;
    }

    // For each precision, the lowest probability down to which the candidates that the pairs left out stand for reach it.
    private static List<double[]> Levels(string kind, List<(double Probability, bool IsTrue, double Weight)> judged)
    {
        var (ranked, levels) = (judged.OrderByDescending(item => item.Probability).ToList(), new List<double[]>());
        foreach (var precision in (double[])[0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98])
        {
            var (hits, all, last, share) = (0.0, 0.0, 1.0, 0.0);
            foreach (var (probability, isTrue, weight) in ranked)
            {
                (hits, all) = (hits + (isTrue ? weight : 0), all + weight);
                (last, share) = hits >= precision * all ? (probability, hits) : (last, share);
            }

            levels.Add([precision, Math.Round(last, 4)]);
            Console.WriteLine($"{kind}: precision {precision:0.00} down to a probability of {last:0.000}: {ranked.Count(item => item.Probability >= last)} pairs judged, "
                + $"{share / ranked.Sum(item => item.IsTrue ? item.Weight : 0):0.00} of the true candidates");
        }

        return levels;
    }

    private static List<Judged> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var names = lines[0].Split('\t');
        var columns = Array.ConvertAll(Used, name => Array.IndexOf(names, name));
        return [.. lines.Skip(1).Select(line => line.Split('\t')).Select(cells =>
            new Judged(cells[0], cells[1] == "T", double.Parse(cells[Array.IndexOf(names, "weight")], CultureInfo.InvariantCulture),
                cells[Array.IndexOf(names, "kind")] == "tests",
                Array.ConvertAll(columns, column => double.Parse(cells[column], CultureInfo.InvariantCulture))))];
    }

    private static Fitted Fit(List<Judged> rows, double penalty)
    {
        var size = rows[0].Values.Length;
        var means = Enumerable.Range(0, size).Select(i => rows.Average(row => row.Values[i])).ToArray();
        var deviations = Enumerable.Range(0, size).Select(i => Math.Sqrt(rows.Average(row => Math.Pow(row.Values[i] - means[i], 2))) is var sd and > 0 ? sd : 1).ToArray();
        var inputs = rows.ConvertAll(row => (double[])[.. row.Values.Select((value, i) => (value - means[i]) / deviations[i]), 1]);
        var weights = new double[size + 1];
        for (var round = 0; round < 30; round++)
        {
            var system = new double[size + 1, size + 2];
            for (var r = 0; r < rows.Count; r++)
            {
                var input = inputs[r];
                var probability = 1 / (1 + Math.Exp(-input.Zip(weights, (x, w) => x * w).Sum()));
                for (var i = 0; i <= size; i++)
                {
                    system[i, size + 1] += (probability - (rows[r].IsTrue ? 1 : 0)) * input[i];
                    for (var j = 0; j <= size; j++)
                    {
                        system[i, j] += probability * (1 - probability) * input[i] * input[j];
                    }
                }
            }

            for (var i = 0; i < size; i++)
            {
                system[i, i] += penalty;
                system[i, size + 1] += penalty * weights[i];
            }

            var step = Solve(system);
            weights = [.. weights.Zip(step, (weight, change) => weight - change)];
            if (step.Max(Math.Abs) < 1e-7)
            {
                break;
            }
        }

        var scaled = Enumerable.Range(0, size).Select(i => weights[i] / deviations[i]).ToArray();
        return new Fitted(weights[size] - scaled.Zip(means, (weight, mean) => weight * mean).Sum(), scaled);
    }

    // Gauss-Jordan elimination with pivots.
    private static double[] Solve(double[,] system)
    {
        var size = system.GetLength(0);
        for (var i = 0; i < size; i++)
        {
            var pivot = Enumerable.Range(i, size - i).MaxBy(row => Math.Abs(system[row, i]));
            for (var column = 0; column <= size; column++)
            {
                (system[i, column], system[pivot, column]) = (system[pivot, column], system[i, column]);
            }

            for (var row = 0; row < size; row++)
            {
                var factor = row == i ? 0 : system[row, i] / system[i, i];
                for (var column = i; column <= size && factor != 0; column++)
                {
                    system[row, column] -= factor * system[i, column];
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(i => system[i, size] / system[i, i])];
    }

    private sealed record Judged(string Family, bool IsTrue, double Weight, bool IsTest, double[] Values);

    private sealed record Fitted(double Intercept, double[] Weights)
    {
        public double Logit(double[] values) => Intercept + values.Zip(Weights, (value, weight) => value * weight).Sum();

        public double Probability(double[] values) => 1 / (1 + Math.Exp(-Logit(values)));
    }
}
