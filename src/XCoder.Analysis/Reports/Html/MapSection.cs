using XCoder.Analysis.Concepts;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>The map: words about it and the place where the script draws it.</summary>
internal sealed class MapSection(Markup markup, MapData map, int withCode)
{
    internal void Write()
    {
        var points = map.Points.Count;
        var shown = points < map.All ? $"An even sample of {NumberText.Count(points)} of {NumberText.Count(map.All)} distinct codes" : $"All {NumberText.Count(points)} distinct codes";
        var code = withCode < points ? $"{NumberText.Count(withCode)} of them have their code on the page, spread evenly" : "all with their code";
        markup.Raw("<section id=\"map\"><h2>Map</h2>\n")
            .Element("p", $"{shown}; {code}. What lies together does about the same; distances between far groups mean little, and up and down mean nothing.", "class=\"note\"")
            .Raw("\n<noscript><p>The map needs JavaScript.</p></noscript>\n<div id=\"map-view\" hidden></div>\n</section>\n");
    }
}
