using System.Globalization;

namespace XCoder.Benchmarks;

/// <summary>A command line of words and <c>--name value</c> pairs.</summary>
internal sealed class Arguments
{
    private readonly Queue<string> _words = [];
    private readonly Dictionary<string, string> _options = [];

    public Arguments(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal))
            {
                _options[args[i][2..]] = i + 1 < args.Count ? args[++i] : "";
            }
            else
            {
                _words.Enqueue(args[i]);
            }
        }
    }

    public string? Next() => _words.TryDequeue(out var word) ? word : null;

    public string Require(string name) => Next() ?? throw new ArgumentException($"{name} is missing.");

    public string? Text(string name) => _options.GetValueOrDefault(name);

    public long Number(string name, long otherwise) => !_options.TryGetValue(name, out var text) ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"--{name} takes a number, not '{text}'.");
}
