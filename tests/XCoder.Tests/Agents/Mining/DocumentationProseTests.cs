using XCoder.Agents.Mining;
using XCoder.Analysis.Text;

namespace XCoder.Tests.Agents.Mining;

public class DocumentationProseTests
{
    private static readonly DescribedFunction Function = new("parseDate", new HashSet<string> { "parse", "date", "text" });

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
        Assert.Equal(expected, Describe(documentation)?.Replace("  ", " ").Trim());

    [Theory]
    [InlineData("Utility that parses the date of the text.", null)]
    [InlineData("int parseDate(char *text, bool is_short, size_t length)", null)]
    [InlineData("Dates of the text, parsed as they come.", null)]
    [InlineData("Edges of dates can be derived, so they are not parsed.", null)]
    [InlineData("Hash function for the date of the text.", null)]
    [InlineData("Useful for parsing the date of the text.", null)]
    [InlineData("$x.y parses the date of the text.", null)]
    [InlineData("Optional[date]: Get the first date in the text.", null)]
    [InlineData("Always called by parsers of the date.", null)]
    [InlineData("TBD: parses the date of the text.", null)]
    [InlineData("Parses the date of the text (tbd).", null)]
    [InlineData("Parses the given date.", null)]
    [InlineData("Get the date to be parsed, and return it.", null)]
    [InlineData("Recursively parses the date of the text.", "Recursively parses the date of the text.")]
    [InlineData("Number of dates that the text holds.", "Number of dates that the text holds.")]
    [InlineData("Whether the text begins with a date.", "Whether the text begins with a date.")]
    [InlineData("Given a text, return the first date in it.", "Given a text, return the first date in it.")]
    [InlineData("Frobs the date of the text.", "Frobs the date of the text.")]
    [InlineData("Re-parses the date of the text.", "Re-parses the date of the text.")]
    [InlineData("Gibt das erste Datum im Text als Zahl aus, date.", "Gibt das erste Datum im Text als Zahl aus, date.")]
    [InlineData("Renvoie la date lue dans le texte fourni.", "Renvoie la date lue dans le texte fourni.")]
    public void Describe_ASentence_BeginsWithAVerbAndAddsToTheName(string documentation, string? expected) =>
        Assert.Equal(expected, Describe(documentation));

    [Theory]
    [InlineData("parseDate is the same as readDate for a text.", null)]
    [InlineData("parseDate can be used to read the date of a text.", null)]
    [InlineData("parseDate and returns the date of the text.", null)]
    [InlineData("parseDate overload for dates of a text.", null)]
    [InlineData("parseDate Instead of the text, parse the date.", null)]
    [InlineData("parseDate will read the date of a text.", "parseDate will read the date of a text.")]
    [InlineData("parseDate Reads the date of a text.", "Reads the date of a text.")]
    public void Describe_TheNameFirst_IsASentenceOrLeftOut(string documentation, string? expected) =>
        Assert.Equal(expected, Describe(documentation));

    [Theory]
    [InlineData("parse", "parse parses a date in ISO format.", "Parses a date in ISO format.")]
    [InlineData("parse", "Parse dates of the text in ISO format.", "Parse dates of the text in ISO format.")]
    [InlineData("Parse", "Parse the date of the text in ISO format.", "Parse the date of the text in ISO format.")]
    [InlineData("Parse", "Parse dates of the text in ISO format.", "Parse dates of the text in ISO format.")]
    public void Describe_ANameThatIsTheVerb_Stays(string name, string documentation, string expected) =>
        Assert.Equal(expected, DocumentationProse.Describe(documentation, Function with { Name = name }));

    [Theory]
    [InlineData("Parses the date of the text.\n- first the year\n- then the month", "Parses the date of the text.")]
    [InlineData("Parses the date of the text. It takes\n1. the year\n2. the month", "Parses the date of the text.")]
    [InlineData("Parses the date of the text. For example:\n2020 8 = 1", "Parses the date of the text.")]
    [InlineData("Parses the date of the text in:\n* short form\n* long form", null)]
    [InlineData("Parses the date of the text:<ul><li>short</li><li>long</li></ul>", null)]
    [InlineData("Parses the date of the text: - short - long", null)]
    [InlineData("Parses the date of the text, using the first:\nothers are left where they stand.", "Parses the date of the text, using the first: others are left where they stand.")]
    [InlineData("Parses the date of the text.\ntext:\nThe text to read.", "Parses the date of the text.")]
    public void Describe_AList_DoesNotRunIntoOneLine(string documentation, string? expected) => Assert.Equal(expected, Describe(documentation));

    [Theory]
    [InlineData("Parses a <DAY>_<MONTH> date as a List<int> in <b>ISO</b> format.", "Parses a <DAY>_<MONTH> date as a List<int> in ISO format.")]
    [InlineData("Parses the date of the text. Parses the date of the text.", "Parses the date of the text.")]
    [InlineData("Parses the date of the text. Dates.ParseTime(Text)", "Parses the date of the text.")]
    [InlineData("Parses the date of the text. For another, use", "Parses the date of the text.")]
    [InlineData("Parses the date of the text. We do this by hand, as it is faster.", "Parses the date of the text.")]
    [InlineData("Parses the date of the text. See https://example.org/dates for more.", "Parses the date of the text.")]
    [InlineData("Parses the date of the text, e.g. ISO or RFC dates.", "Parses the date of the text, e.g. ISO or RFC dates.")]
    [InlineData("Parses the date of the text */", "Parses the date of the text")]
    [InlineData("Parses the date of the text as _Dates#parseTime_ does.", null)]
    public void Describe_HolesRepeatsAndReferences_AreMendedOrLeftOut(string documentation, string? expected) =>
        Assert.Equal(expected, Describe(documentation));

    [Theory]
    [InlineData("Parses the text up to maxLength as a date.", null)]
    [InlineData("Parses the text up to max_length as a date.", null)]
    [InlineData("Parses the text as 'parseText' does, as a date.", "Parses the text as 'parseText' does, as a date.")]
    [InlineData("Parses the text as 'readText' does, as a date.", null)]
    [InlineData("Parses the text, which {@link #readText} gives, as a date.", "Parses the text, which readText gives, as a date.")]
    [InlineData("Parses the text as a date, by parseDate() again if parse_text is set.", "Parses the text as a date, by parseDate() again if parse_text is set.")]
    public void Describe_NamesThatAreSpelledAsCode_Exist(string documentation, string? expected) =>
        Assert.Equal(expected, Describe(documentation));

    [Theory]
    [InlineData("void parseDate(String text)", null)]
    [InlineData("static void Dates::parseDate(char *text)", null)]
    [InlineData("def parse_date(text: str) -> None:", null)]
    [InlineData("fun parseDate(text: String): Unit", null)]
    [InlineData("Date parseDate(void)", "Returns the date of the text.")]
    [InlineData("void *parseDate(char *text)", "Returns the date of the text.")]
    [InlineData("def parse_date(text)", "Returns the date of the text.")]
    public void Describe_AResult_IsPromisedWhereThereIsOne(string signature, string? expected) =>
        Assert.Equal(expected, DocumentationProse.Describe("Returns the date of the text.", Function with { Signature = signature }));

    [Theory]
    [InlineData("@Pure\nabstract int length( String text );", "abstract int length(String text)", true)]
    [InlineData("int length(String text) { return 1; }", "int length(String text)", false)]
    [InlineData("def length(text) = 1", "def length(text) =", false)]
    [InlineData("return 1", "", false)]
    public void IsDeclaration_Code_HasNoBody(string code, string signature, bool expected) =>
        Assert.Equal(expected, RowCode.IsDeclaration(code, signature));

    [Theory]
    [InlineData("{@link ", "#x")]
    [InlineData("{@link ", "x.")]
    [InlineData(":a:`", "b.")]
    [InlineData("", "*a")]
    [InlineData("", "f(")]
    [InlineData("@param ", "{ ")]
    [InlineData("", "<a ")]
    [InlineData("", "a. ")]
    [InlineData("a:", "\n- a: <li>")]
    public void Describe_HostileDocumentation_Ends(string begin, string piece) => Assert.Null(
        DocumentationProse.Describe(begin + string.Concat(Enumerable.Repeat(piece, 500_000)), new DescribedFunction("parseDate", new HashSet<string> { "parse", "date" })));

    [Theory]
    [InlineData("a", "```go\na\n```")]
    [InlineData("a ```` b", "`````go\na ```` b\n`````")]
    public void Around_Code_NoRunInItEndsTheFence(string code, string expected) => Assert.Equal(expected, CodeFence.Around(code, "go"));

    private static string? Describe(string documentation) => DocumentationProse.Describe(documentation, Function);
}
