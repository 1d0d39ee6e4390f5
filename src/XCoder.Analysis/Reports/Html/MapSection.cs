using System.Runtime.InteropServices;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Writes the section with the map: a description, and the element in which the script draws.</summary>
internal sealed class MapSection(Markup markup, MapData map, int withCode)
{
    internal void Write()
    {
        var points = map.Points.Count;
        var shown = points < map.All ? $"An even sample of {NumberText.Count(points)} of {NumberText.Count(map.All)} distinct snippets"
            : $"All {NumberText.Count(points)} distinct snippets";
        var code = withCode < points ? $"{NumberText.Count(withCode)} of them have their code on the page, spread evenly"
            : "all with their code";
        markup.Raw("<section id=\"map\"><h2>Map</h2>\n")
            .Element("p",
                $"{shown}; {code}. Snippets that lie together do about the same; distances between far groups mean little, and "
                    + "directions nothing, so the map is stretched to fill its frame. Words are those that many names nearby have in "
                    + "common, and few elsewhere.", "class=\"note\"")
            .Raw("\n<noscript><p>The map needs JavaScript.</p></noscript>\n<div id=\"map-view\" hidden></div>\n</section>\n");
    }
}

/// <summary>
/// Writes the map as JSON for the page's script, column by column, with numbers as base64 of little-endian typed
/// arrays: places (x, y as Int16, each axis stretched to the same range), language (Uint8), and name, path, line, concept
/// and code (Int32, -1 for none). All but place and line are indexes into lists of texts; languages with most points come
/// first.
/// </summary>
internal sealed class MapPayload
{
    // The points between these quantiles fill this range of Int16; the rest of the range is for the few outliers.
    private const double Core = 50_000;
    private const double Outliers = 0.005;
    private const int MaxCharactersALine = 200;

    private readonly MapData _map;
    private readonly PackedCode _packed;
    private readonly int[] _code;

    internal MapPayload(MapData map, Func<string, string?> code, HtmlReportOptions options)
    {
        _map = map;
        _packed = new PackedCode(options.MaxMapCodeBytes);
        _code = new int[map.Points.Count];
        Array.Fill(_code, -1);

        // Multiples of the golden ratio spread the points with code evenly, wherever the loop stops.
        foreach (var point in Enumerable.Range(0, _code.Length).OrderBy(point => (uint)point * 2_654_435_769))
        {
            if (_packed.IsFull)
            {
                break;
            }

            if (code(map.Points[point].Snippet.Id) is { } whole)
            {
                _code[point] = _packed.Add(PageCode.Shorten(whole, options.MaxMapCodeLines, options.MaxMapCodeLines * MaxCharactersALine));
                WithCode++;
            }
        }
    }

    /// <summary>Number of points whose code is on the page.</summary>
    internal int WithCode { get; }

    internal string Render() => PageData.Render(json =>
    {
        var (texts, languages) = (new PageTexts(), new PageTexts());
        var points = _map.Points;
        foreach (var language in points.CountBy(point => point.Snippet.Language).OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            _ = languages[language.Key];
        }

        json.WriteNumber("count", points.Count);
        json.WriteBase64String("places", MemoryMarshal.AsBytes(Places()));
        json.WriteBase64String("language", [.. points.Select(point => checked((byte)languages[point.Snippet.Language]))]);
        Write("name", point => texts[point.Snippet.Name]);
        Write("path", point => texts[$"{point.Snippet.Repository}/{point.Snippet.Path}"]);
        Write("line", point => point.Snippet.Span.StartLine);
        Write("concept", point => point.Concept);
        json.WriteBase64String("codes", MemoryMarshal.AsBytes(_code));
        languages.Write(json, "languages");
        texts.Write(json, "texts");
        PageTexts.Write(json, "concepts", [.. _map.Concepts.Select(SafeText.ForTerminal)]);
        _packed.Write(json, "code");

        void Write(string name, Func<MapPoint, int> value) =>
            json.WriteBase64String(name, MemoryMarshal.AsBytes([.. points.Select(value)]));
    });

    private short[] Places()
    {
        var points = _map.Points;
        var (left, right) = Range(point => point.X);
        var (low, high) = Range(point => point.Y);

        // Each axis fills its range, because directions mean nothing and the frame has any shape.
        var (across, up) = (Core / Math.Max(right - left, 1e-9), Core / Math.Max(high - low, 1e-9));
        return [.. points.SelectMany(
            point => new[] { Short((point.X - ((left + right) / 2)) * across), Short((((low + high) / 2) - point.Y) * up) })];

        (double Low, double High) Range(Func<MapPoint, float> value)
        {
            double[] sorted = [.. points.Select(point => (double)value(point)).Order()];
            var cut = (int)(sorted.Length * Outliers);
            return sorted.Length == 0 ? (0, 0) : (sorted[cut], sorted[^(cut + 1)]);
        }
    }

    private static short Short(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
}
