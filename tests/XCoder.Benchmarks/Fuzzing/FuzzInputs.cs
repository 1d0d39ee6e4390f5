using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>Makes inputs out of the languages' samples, a few words of many languages, and chance.</summary>
internal sealed class FuzzInputs
{
    /// <summary>Numbers from here on are inputs for the C# compiler.</summary>
    public const long FirstRoslyn = 1_000_000_000;

    private readonly int _seed;
    private readonly string? _only, _file;
    private readonly List<(Language Language, byte[] Sample)> _languages;
    private readonly Language _compiled;
    private readonly List<byte[]> _compiledSamples;

    public FuzzInputs(LanguageCatalog catalog, int seed, string? only, string? file = null)
    {
        (_seed, _only, _file) = (seed, only, file);
        _languages = [.. catalog.Languages.Where(language => language.Grammar is not null && (only is null || language.Id == only)).Select(language => (language, Samples.Of(language) ?? []))];
        _compiled = catalog.Languages.First(language => language.Parser != "tree-sitter");
        _compiledSamples = [.. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        if (_languages.Count == 0)
        {
            throw new ArgumentException($"No language '{only}' has a grammar.");
        }
    }

    public FuzzInput Create(long number)
    {
        if (_file is not null)
        {
            return new FuzzInput(_only == _compiled.Id ? FirstRoslyn : 0, _only == _compiled.Id ? _compiled : _languages[0].Language, File.ReadAllBytes(_file));
        }

        var random = new Random(unchecked((int)((number * 0x9E3779B1) ^ (_seed * 0x85EBCA6BL))));
        if (number >= FirstRoslyn)
        {
            return new FuzzInput(number, _compiled, Text(random, _compiledSamples[random.Next(_compiledSamples.Count)]));
        }

        var (language, sample) = _languages[(int)(number % _languages.Count)];
        return new FuzzInput(number, language, Text(random, sample));
    }

    private byte[] Text(Random random, byte[] sample)
    {
        var mutator = new Mutator(random, () => _languages[random.Next(_languages.Count)].Sample);
        switch (random.Next(sample.Length == 0 ? 60 : 0, 100))
        {
            case < 70:
                return mutator.Mutate(sample.Length == 0 ? mutator.Words(random.Next(200)) : sample);
            case < 78:
                return mutator.RandomBytes();
            case < 86:
                return mutator.Words(random.Next(mutator.Size(2_000)));
            case < 96:
                return mutator.Nested();
            default:
                return mutator.HugeLine(sample);
        }
    }
}
