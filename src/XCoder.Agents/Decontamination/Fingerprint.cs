using System.Security.Cryptography;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Decontamination;

/// <summary>A benchmark as hashes: its word 10-grams and a MinHash signature per text. The text cannot be recovered from it.</summary>
public sealed class Fingerprint
{
    /// <summary>Bits of a 10-gram's hash: with n stored hashes, a false match has probability n / 2⁴⁸.</summary>
    public const int HashBits = 48;

    internal Fingerprint(FingerprintHeader header, IReadOnlyList<string> problems, ulong[] grams, ushort[] gramProblems,
        byte[][] signatures, ushort[] signatureProblems) =>
        (Header, Problems, Grams, GramProblems, Signatures, SignatureProblems) =
            (header, problems, grams, gramProblems, signatures, signatureProblems);

    /// <summary>What the fingerprint was made from, and how.</summary>
    public FingerprintHeader Header { get; }

    /// <summary>Ids of the problems, in ordinal order.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Number of 10-grams.</summary>
    public int GramCount => Grams.Length;

    /// <summary>Number of signatures.</summary>
    public int SignatureCount => Signatures.Length;

    /// <summary>The hashes of the 10-grams, ascending.</summary>
    internal ulong[] Grams { get; }

    internal ushort[] GramProblems { get; }

    internal byte[][] Signatures { get; }

    internal ushort[] SignatureProblems { get; }

    /// <summary>Makes the fingerprint of a benchmark.</summary>
    /// <param name="name">Name of the benchmark.</param>
    /// <param name="files">
    /// Its files. A benchmark in several languages has one file per language, so that text a problem shares across languages does not count
    /// as boilerplate.
    /// </param>
    /// <param name="about">Origin and licence of the files, for readers.</param>
    /// <param name="options">What counts as evidence.</param>
    /// <exception cref="InvalidDataException">The files contain no text, or too many problems.</exception>
    public static Fingerprint Of(string name, IReadOnlyList<BenchmarkFile> files, string about = "", FingerprintOptions? options = null)
    {
        options ??= new FingerprintOptions();
        options.Validate();
        var problems = files.SelectMany(file => file.Texts).Select(text => text.Problem).Distinct().Order(StringComparer.Ordinal).ToList();
        if (problems.Count is 0 or > ushort.MaxValue)
        {
            throw new InvalidDataException($"A benchmark must hold 1 to {ushort.MaxValue} problems; {name} has {problems.Count}.");
        }

        var number = problems.Select((problem, i) => (problem, i)).ToDictionary(item => item.problem, item => (ushort)item.i);
        var grams = new Dictionary<ulong, HashSet<(int File, ushort Problem)>>();
        var signatures = new SortedDictionary<string, (byte[] Signature, ushort Problem)>(StringComparer.Ordinal);
        foreach (var (text, file) in files.SelectMany((file, f) => file.Texts.Select(text => (text, f))))
        {
            var (words, problem) = (WordHashes.Of(text.Text), number[text.Problem]);
            foreach (var (hash, _) in words.Grams(options.LeastNamed))
            {
                (grams.TryGetValue(hash, out var known) ? known : grams[hash] = []).Add((file, problem));
            }

            if (WordSignature.Of(words) is { } signature)
            {
                signatures[FormattableString.Invariant($"{problem:D5}{Convert.ToHexString(signature)}")] = (signature, problem);
            }
        }

        var kept = grams.Where(gram => gram.Value.CountBy(place => place.File).All(file => file.Value <= options.MostProblems))
            .OrderBy(gram => gram.Key).ToList();
        var header = new FingerprintHeader { Name = name, About = about, Sources = [.. files.Select(file => file.Source)],
            LeastNamed = options.LeastNamed, MostProblems = options.MostProblems, Boilerplate = grams.Count - kept.Count };
        return kept.Count + signatures.Count > 0
            ? new Fingerprint(header, problems, [.. kept.Select(gram => gram.Key)],
                [.. kept.Select(gram => gram.Value.Min(place => place.Problem))], [.. signatures.Values.Select(item => item.Signature)],
                [.. signatures.Values.Select(item => item.Problem)])
            : throw new InvalidDataException($"{name} has no text of {WordSignature.LeastWords} words or more. "
                + "Name the fields that hold its texts with --fields.");
    }

    /// <summary>Hash over all that decides what is found, 16 hex digits.</summary>
    public string Hash => HexHash.Of(FingerprintFile.Body(this))[..16];
}

/// <summary>Describes a fingerprint; stored as readable JSON at the start of its file.</summary>
public sealed record FingerprintHeader
{
    /// <summary>Name of the benchmark.</summary>
    public required string Name { get; init; }

    /// <summary>Origin of its files, with commit and licence.</summary>
    public string About { get; init; } = "";

    /// <summary>The files.</summary>
    public required IReadOnlyList<FingerprintSource> Sources { get; init; }

    /// <summary>Lowest number of words with two or more letters in a 10-gram.</summary>
    public required int LeastNamed { get; init; }

    /// <summary>Highest number of problems of a file that may share a 10-gram.</summary>
    public required int MostProblems { get; init; }

    /// <summary>Number of 10-grams left out because more problems share them.</summary>
    public required int Boilerplate { get; init; }
}

/// <summary>Which parts of a benchmark count as evidence.</summary>
public sealed record FingerprintOptions
{
    /// <summary>A 10-gram that more problems of a file contain is boilerplate and left out; 1 or more. Default 2.</summary>
    public int MostProblems { get; init; } = 2;

    /// <summary>Lowest number of words with two or more letters in a 10-gram, 0 to 10. Default 4.</summary>
    public int LeastNamed { get; init; } = 4;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names option, value and bound.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MostProblems, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(LeastNamed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastNamed, WordHashes.GramWords);
    }
}
