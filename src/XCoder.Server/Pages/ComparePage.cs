using XCoder.Analysis.Model;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Store;

namespace XCoder.Server.Pages;

/// <summary>Two snippets side by side. The script turns them into a comparison by lines, as the report page has it.</summary>
internal static class ComparePage
{
    /// <summary>The page.</summary>
    public static SitePage Page(PageRequest request)
    {
        var (left, right) = (request.Text("left"), request.Text("right"));
        return new SitePage("Side by side")
        {
            Parts =
            [
                new(PageLane.Store, (markup, page) =>
                {
                    var (one, other) = (SnippetPage.Find(page.Store, left).Snippet, SnippetPage.Find(page.Store, right).Snippet);
                    markup.Raw("<h1>Side by side</h1>\n");
                    Write(markup, page.Store, one, other, one.Language == other.Language);
                }),
            ],
        };
    }

    /// <summary>Writes two snippets side by side.</summary>
    /// <param name="markup">The page.</param>
    /// <param name="store">The store.</param>
    /// <param name="one">The snippet on the left.</param>
    /// <param name="other">The snippet on the right.</param>
    /// <param name="isCompared">Whether their lines are compared: not between two languages.</param>
    public static void Write(Markup markup, SnippetStore store, Snippet one, Snippet other, bool isCompared)
    {
        markup.Raw($"<div class=\"pair\" id=\"compare\"{(isCompared ? " data-compared" : "")}>\n");
        foreach (var snippet in new[] { one, other })
        {
            markup.Raw("<figure data-place=\"").Text(PlaceText.Of(snippet)).Raw($"\" data-start=\"{snippet.Span.StartLine}\"><figcaption>");
            if (snippet.IsFile)
            {
                markup.Element("code", PlaceText.Cut(snippet.Path));
            }
            else
            {
                SearchPage.WriteLink(markup, snippet);
            }

            markup.Element("span", PlaceText.Of(snippet), "class=\"path\"").Raw("</figcaption>\n");
            CodeMarkup.Write(markup, store, snippet);
            markup.Raw("</figure>\n");
        }

        markup.Raw("</div>\n");
    }
}
