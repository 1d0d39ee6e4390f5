using System.Collections.Frozen;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>A kind of package manifest: a row of <c>manifests.txt</c>, which explains its columns.</summary>
internal sealed class ManifestKind
{
    private const string Resource = "XCoder.Analysis.Repositories.Licences.Manifests.manifests.txt";

    private static readonly Lazy<(FrozenDictionary<string, ManifestKind> Whole, (string Ending, ManifestKind Kind)[] Endings)> Table =
        new(ReadAll);

    private ManifestKind(string form, string[] fields, Dictionary<string, string> options)
    {
        (Form, Fields) = (form, fields);
        Files = Option("file")?.Split(',') ?? [];
        Choices = Option("choice")?.Split(',') ?? [];
        Classifiers = Option("classifiers")?.Split(',');
        (Names, Needs) = (Option("names"), Option("needs"));

        string? Option(string name) => options.GetValueOrDefault(name);
    }

    /// <summary>How it is written: <c>json</c>, <c>python</c> …</summary>
    public string Form { get; }

    /// <summary>Fields that name the licence.</summary>
    public string[] Fields { get; }

    /// <summary>Fields that name the file of the licence.</summary>
    public string[] Files { get; }

    /// <summary>Fields whose values are alternatives.</summary>
    public string[] Choices { get; }

    /// <summary>Fields with Python's classifiers; null if the form has none.</summary>
    public string[]? Classifiers { get; }

    /// <summary>The list with names of licences that the form has of its own, or null.</summary>
    public string? Names { get; }

    /// <summary>What a file of the kind holds, or null.</summary>
    public string? Needs { get; }

    /// <summary>The kind of a file, or null where it is no manifest.</summary>
    /// <param name="name">Its name, without folders.</param>
    public static ManifestKind? Of(string name) =>
        Table.Value.Whole.TryGetValue(name, out var kind) ? kind
            : Array.Find(Table.Value.Endings, row => name.Length > row.Ending.Length
                && name.EndsWith(row.Ending, StringComparison.OrdinalIgnoreCase)).Kind;

    private static (FrozenDictionary<string, ManifestKind>, (string, ManifestKind)[]) ReadAll()
    {
        var (whole, endings) = (new Dictionary<string, ManifestKind>(StringComparer.Ordinal), new List<(string, ManifestKind)>());
        foreach (var line in LicenceText.Resource(Resource))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [[not '#', ..] names, var form, var fields, .. var options])
            {
                continue;
            }

            var kind = new ManifestKind(form, fields.Split(','),
                options.Select(option => option.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
            foreach (var name in names.Split(','))
            {
                if (name[0] == '*')
                {
                    endings.Add((name[1..], kind));
                }
                else
                {
                    whole.Add(name, kind);
                }
            }
        }

        return (whole.ToFrozenDictionary(StringComparer.Ordinal), [.. endings]);
    }
}
