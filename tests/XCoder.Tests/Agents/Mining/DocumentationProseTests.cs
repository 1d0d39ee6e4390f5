using XCoder.Agents.Mining;
using XCoder.Analysis.Text;

namespace XCoder.Tests.Agents.Mining;

public class DocumentationProseTests
{
    [Theory]
    [InlineData("Parses a date in ISO format.\n@param text the text", "Parses a date in ISO format.")]
    [InlineData("Parses a date in ISO format.\ntext: the text", "Parses a date in ISO format.")]
    [InlineData("parseDate parses a date in ISO format.", "Parses a date in ISO format.")]
    [InlineData("<summary>Parses a {@code date} in ISO format.</summary>", "Parses a date in ISO format.")]
    [InlineData("Parses a date.\n\nIn ISO format, that is.", null)]
    [InlineData("Parses a date in ISO format of ({@link Dates#FIRST\nFirst}, or second) kinds.", "Parses a date in ISO format of (First, or second) kinds.")]
    [InlineData("Parses a date as <a href=\"http://example.org/a_very_long_address_of_a_page_about_dates_and_times_and_calendars_of_the_world\">these people</a> do it.", "Parses a date as these people do it.")]
    [InlineData("Parses a date in ISO format\nThis is the date of the text", "Parses a date in ISO format")]
    [InlineData("Parses a date in ISO format of the\nGregorian calendar.", "Parses a date in ISO format of the Gregorian calendar.")]
    [InlineData("Parses the top @param limit dates in ISO format", null)]
    [InlineData("Parses a date in \\f$ ISO \\f$ format of the text", null)]
    [InlineData("\\name Parsing of dates in ISO format", null)]
    [InlineData("WARNING: parse no date while the text is in use.", null)]
    [InlineData("Parses a date: text -> date in the ISO format", null)]
    [InlineData("Date : - parse the text Format[Const]", null)]
    [InlineData("Parses a date as https://example.org/dates wants it.", null)]
    [InlineData("Parses a date and throws an IllegalArgumentException for others.", null)]
    [InlineData("From the date of the text to the parsed one.", null)]
    [InlineData("Copyright 2020, parse the date as you like it.", null)]
    [InlineData("TODO: parse the date in ISO format", null)]
    [InlineData("Parses a <see cref=\"T:System.Date\"/> from the <paramref name=\"text\"/> given.", "Parses a Date from the text given.")]
    [InlineData("Parses a :class:`~lib.Date` in [ISO format](http://x) &amp; nothing else.", "Parses a `Date` in ISO format & nothing else.")]
    [InlineData("Parses a date such as {@code 2020} in ISO format.", "Parses a date such as 2020 in ISO format.")]
    [InlineData("Parses the `text` as a date and returns `null` for none.", "Parses the `text` as a date and returns `null` for none.")]
    [InlineData("Parses a {@link Date} like {@link #parse(String)} and {@link Times#parse} in ISO format.", "Parses a Date like parse(String) and parse in ISO format.")]
    [InlineData("Parses a {@link lib.Date#now the date} or {@link LineString|line} in ISO format.", "Parses a the date or line in ISO format.")]
    [InlineData("Parses a [Date] of the [text] in *any* format, even _the rarest_ of a[0].", "Parses a Date of the text in any format, even the rarest of a[0].")]
    [InlineData("parse_date(text, format) parses a date in ISO format.", "parse_date(text, format) parses a date in ISO format.")]
    [InlineData("Parses the date @c text in ISO format , with :class:`zones <lib.Zone>` .", "Parses the date text in ISO format, with `zones`.")]
    [InlineData("Parses a date in ISO format. If text is null nothing happens.", "Parses a date in ISO format. If text is null nothing happens.")]
    [InlineData("Parses a date in ISO format. If zone is given it is used.", null)]
    [InlineData("Parses a date as newPoller(text) does in ISO format.", null)]
    [InlineData("The date that is parsed from the text.", null)]
    [InlineData("Should only be called when the date is parsed.", null)]
    [InlineData("Parses a date, e.g. if (!date.Try(text)) { return; } in ISO format.", null)]
    [InlineData("Parses a date in ISO format, as described above.", null)]
    [InlineData("The parent calls this when the date is to be parsed.", null)]
    [InlineData("Parses the date between start and start, or WHAT?", null)]
    [InlineData("Parses the `input` as a date and returns `null` for none.", null)]
    [InlineData("Parses a date in ISO format.\n@param input the text", null)]
    [InlineData("Parses a date in one of these formats:\n", null)]
    [InlineData("Parses a date in the format that is given in the", null)]
    [InlineData("Parses a date in ISO format (see RFC 3339", null)]
    [InlineData("Initializes a new instance of the date parser class.", null)]
    [InlineData("Called when a date is parsed by the reader.", null)]
    [InlineData("See parseTime for what this does to a date.", null)]
    [InlineData("@param text the text to parse a date from", null)]
    [InlineData("Removes all elephants out of the garden quickly.", null)]
    [InlineData("解析 ISO 格式的日期 并 返回 结果 给 调用 方 date", null)]
    public void Describe_ADocumentation_IsItsSentencesOrNothing(string documentation, string? expected) =>
        Assert.Equal(expected, DocumentationProse.Describe(documentation, new DescribedFunction("parseDate", new HashSet<string> { "parse", "date", "text" }))?.Replace("  ", " ").Trim());

    [Theory]
    [InlineData("{@link ", "#x")]
    [InlineData("{@link ", "x.")]
    [InlineData(":a:`", "b.")]
    [InlineData("", "*a")]
    [InlineData("", "f(")]
    [InlineData("@param ", "{ ")]
    public void Describe_HostileDocumentation_Ends(string begin, string piece) => Assert.Null(
        DocumentationProse.Describe(begin + string.Concat(Enumerable.Repeat(piece, 500_000)), new DescribedFunction("parseDate", new HashSet<string> { "parse", "date" })));

    [Theory]
    [InlineData("a", "```go\na\n```")]
    [InlineData("a ```` b", "`````go\na ```` b\n`````")]
    public void Around_Code_NoRunInItEndsTheFence(string code, string expected) => Assert.Equal(expected, CodeFence.Around(code, "go"));
}
