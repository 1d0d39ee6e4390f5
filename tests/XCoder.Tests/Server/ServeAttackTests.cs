using System.Net;
using System.Text;

namespace XCoder.Tests.Server;

/// <summary>What strangers' sites, clients and repositories try on the explorer's server.</summary>
public sealed class ServeAttackTests(ServeCorpus corpus) : IClassFixture<ServeCorpus>
{
    private ServeProcess Server => corpus.Server;

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example:80", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.0.2.1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("0.0.0.0", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:9", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:4747", HttpStatusCode.OK)]
    [InlineData("[::1]:4747", HttpStatusCode.OK)]
    public async Task Host_OfAnother_IsRefused(string host, HttpStatusCode expected)
    {
        var (status, text) = await Server.GetAsync("/", ("Host", host));
        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.OK, text.Contains("shop", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n")]
    [InlineData("BREW / HTTP/9.9\r\n\r\n")]
    public async Task Request_WithoutOneOwnHost_IsRefused(string request)
    {
        var answer = await Server.RawAsync(request);
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] |^HTTP/1.1 505 ", answer);
        Assert.DoesNotContain("shop", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    public async Task Methods_ThatMayWrite_AreRefused(string method)
    {
        using var response = await Server.SendAsync(new HttpMethod(method), "/");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", "no-cors", "image", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "navigate", "iframe", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "cors", "empty", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "navigate", "document", HttpStatusCode.OK)]
    [InlineData("same-origin", "cors", "empty", HttpStatusCode.OK)]
    [InlineData("none", "navigate", "document", HttpStatusCode.OK)]
    public async Task Requests_OfOtherSites_AreRefusedButLinks(string site, string mode, string destination, HttpStatusCode expected) => Assert.Equal(expected,
        (await Server.GetAsync("/?q=date", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination))).Status);

    [Theory]
    [InlineData("/")]
    [InlineData("/results?q=date")]
    [InlineData("/site.js")]
    [InlineData("/site.css")]
    [InlineData("/nowhere")]
    [InlineData("/snippet/none")]
    [InlineData("/?language=none&q=x")]
    public async Task Answers_OfAnyKind_ForbidWhatPagesDoNotNeed(string path)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Post })
        {
            using var response = await Server.SendAsync(method, path);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/../../../../../../etc/passwd")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/%252e%252e/secret.txt")]
    [InlineData("/..\\secret.txt")]
    [InlineData("//etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("/secret.txt")]
    [InlineData("/shop/ignored.py")]
    [InlineData("/ws/xcoder.db")]
    [InlineData("/site.css/../../secret.txt")]
    [InlineData("/site.css%00.txt")]
    [InlineData("/snippet/..%2f..%2fsecret.txt")]
    [InlineData("/snippet/shop%2fignored.py")]
    [InlineData("/snippet/shop/ignored.py")]
    [InlineData("/group/..%2f..%2fsecret.txt")]
    [InlineData("/compare?left=shop/ignored.py&right=../secret.txt")]
    [InlineData("/?q=../secret.txt:1")]
    [InlineData("/?q=/etc/passwd:1")]
    [InlineData("/?q=shop/ignored.py:1")]
    [InlineData("/?q=shop/linked.py:1")]
    [InlineData("/?q=file:///etc/passwd:1")]
    [InlineData("/duplicates?text=../secret.txt&repository=../..")]
    public async Task Paths_OfFiles_ShowNone(string path)
    {
        var answer = await Server.RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (200|400|404) ", answer);
        Assert.DoesNotContain(ServeCorpus.Secret, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite format", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(corpus.Folder.Root, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/snippet/0123456789abcdef0123", "xcoder index")]
    [InlineData("/snippet/'%20or%201=1--", "xcoder index")]
    [InlineData("/group/0123456789abcdef", "xcoder analyze")]
    [InlineData("/compare?left=a&right=b", "xcoder index")]
    [InlineData("/compare", "xcoder index")]
    [InlineData("/nowhere", "path:line")]
    [InlineData("/?q=x&repository=none", "shop")]
    public async Task Ids_ThatNothingHas_AreMissingWithAdvice(string path, string advice)
    {
        var (status, text) = await Server.GetAsync(path);
        Assert.Equal(path.StartsWith("/?", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.NotFound, status);
        Assert.Contains(advice, text, StringComparison.Ordinal);
        Assert.Contains("</html>", text, StringComparison.Ordinal);
    }

    public static TheoryData<string, HttpStatusCode> Queries => new()
    {
        { "%zz%", HttpStatusCode.OK },
        { "%00%01%1b[2J", HttpStatusCode.OK },
        { "%ff%fe%c0%80", HttpStatusCode.OK },
        { "%ed%a0%80", HttpStatusCode.OK },
        { "\" OR 1=1; drop table snippet; --", HttpStatusCode.OK },
        { "NEAR(a b) AND * NOT ^ : - ( { } [", HttpStatusCode.OK },
        { "%22", HttpStatusCode.OK },
        { "....", HttpStatusCode.OK },
        { "\u202E\u200B\uFEFF", HttpStatusCode.OK },
        { "a:99999999999999999999", HttpStatusCode.OK },
        { ":1", HttpStatusCode.OK },
        { "%25%27_:1", HttpStatusCode.OK },
        { "def%20f(:%0a%20%20((((", HttpStatusCode.OK },
        { new string('a', 20_000), HttpStatusCode.OK },
        { string.Concat(Enumerable.Repeat("word ", 3_999)), HttpStatusCode.OK },
        { string.Concat(Enumerable.Repeat("%0a(", 9_000)), HttpStatusCode.OK },
        { new string('a', 20_001), HttpStatusCode.BadRequest },
        { new string('a', 300_000), HttpStatusCode.RequestUriTooLong },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Questions_HugeOrMalformed_AreAnswered(string question, HttpStatusCode expected)
    {
        foreach (var path in new[] { "/?q=", "/results?q=" })
        {
            var answer = await Server.RawAsync($"GET {path}{Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(question)).Replace(" ", "%20", StringComparison.Ordinal)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var status = (HttpStatusCode)int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(status == expected || (status == HttpStatusCode.BadRequest && question.Any(letter => letter > '~')), answer[..Math.Min(answer.Length, 2_000)]);
            Assert.DoesNotContain("failed unexpectedly", answer, StringComparison.Ordinal);
        }

        Assert.Contains("parse_iso_date", await Server.PageAsync("/results?q=parse+a+date"), StringComparison.Ordinal);
    }

    /// <summary>Code that is nested so deeply that a parser could overflow its stack must not end the server, in any language.</summary>
    [Theory]
    [MemberData(nameof(LanguageIds))]
    public async Task Code_NestedDeeply_DoesNotEndTheServer(string language)
    {
        foreach (var unit in new[] { "(", "[", "{", "x=>", "!", "if(x)" })
        {
            var code = string.Concat(Enumerable.Repeat(unit, 19_900 / unit.Length));
            var (status, text) = await Server.GetAsync($"/results?from={language}&q={Uri.EscapeDataString(code)}");
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, text);
            Assert.DoesNotContain("failed unexpectedly", text, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string> LanguageIds => [.. FullRun.Of(XCoder.Analysis.Languages.LanguageCatalog.Open().Languages.Select(language => language.Id), ["c", "csharp", "python"])];

    [Fact]
    public async Task Names_DocumentationAndCode_StandAsText()
    {
        var id = await corpus.FirstAsync("weigh_hostile");
        var group = ServeCorpus.Path(await Server.PageAsync("/duplicates?section=all&repository=hostile"), "/group/");
        foreach (var path in new[]
        {
            id, "/results?q=weigh_hostile", "/?q=" + Uri.EscapeDataString(ServeCorpus.Script), "/duplicates?text=" + Uri.EscapeDataString(ServeCorpus.Script),
            "/duplicates?section=all", group, "/?repository=" + Uri.EscapeDataString(ServeCorpus.Script), "/coverage",
            $"/compare?left={id[9..]}&right={id[9..]}",
        })
        {
            var text = await Server.PageAsync(path);
            Assert.DoesNotContain("<script>", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\" onfocus=", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, letter => letter is not ('\n' or '\t') && (char.IsControl(letter) || char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format));
        }

        Assert.Contains("&lt;script&gt;alert(1)", await Server.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_OfAMegabyte_AreCut()
    {
        var page = await Server.PageAsync(await corpus.FirstAsync("long_line"));
        Assert.InRange(page.Length, 50_000, 200_000);
        Assert.Contains("it is cut here", page, StringComparison.Ordinal);
        var group = ServeCorpus.Path(await Server.PageAsync("/duplicates?section=all&text=long"), "/group/");
        Assert.InRange((await Server.PageAsync(group)).Length, 50_000, 400_000);
    }
}
