using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Functions that are handed to calls or exported without a name go by the name that a reader gives them.</summary>
public class PlaceNamesTests
{
    // What the variable, property or field holds is named by it, through any number of calls.
    [Theory]
    [InlineData("javascript", "export const loadCart = retry(async (id) => {\n  return id;\n});", "loadCart@1-3")]
    [InlineData("javascript", "const a = once(function () { return 1; }), b = 2;", "a@1-1")]
    [InlineData("javascript", "let later;\nlater = throttle(() => { go(); }, 50);", "later@2-2")]
    [InlineData("javascript", "exports.stop = cloud.on(\n  (event) => { halt(event); });", "stop@1-2")]
    [InlineData("javascript", "this.draw = frame(function () { paint(); });", "draw@1-1")]
    [InlineData("javascript", "const api = {\n  list: guard(async (q) => { return q; }),\n};", "list@2-2")]
    [InlineData("javascript", "class Shop {\n  #buy = lock(async (id) => { return id; });\n  static sell = lock(() => 1);\n}", "Shop@1-4 #buy@2-2 sell@3-3")]
    [InlineData("javascript", "const Panel = outer(middle(inner)(({ a }) => {\n  return a;\n}));", "Panel@1-3")]
    [InlineData("javascript", "const store = make((set) => ({\n  add: (x) => set(x),\n}));", "store@1-3 add@2-2")]
    [InlineData("javascript", "const Module = (function () {\n  function hidden() {}\n  return { hidden };\n})();", "Module@1-4 hidden@2-2")]
    [InlineData("javascript", "const Row = keep(({ a }) => <i>{a}</i>, (x, y) => x.a === y.a);", "Row@1-1")]
    [InlineData("javascript", "const load = task('cart/load', async () => { return 1; }, { condition: () => true });", "load@1-1 condition@1-1")]
    [InlineData("javascript", "const Widget = define(class { go() {} });", "Widget@1-1 go@1-1")]
    [InlineData("javascript", "const steps = [wrap(() => 1), wrap(() => 2)], one = wrap(() => 1);", "one@1-1")]
    [InlineData("tsx", "const Field = React.forwardRef<HTMLInputElement, Props>(\n  function FieldInner({ a }, ref) {\n    return <input ref={ref} />;\n  }\n);", "Field@1-5")]
    [InlineData("tsx", "export const Page = withRouter(connect((s) => s)(({ a }: P) => {\n  const go = useCallback(async () => { await a(); }, [a]);\n  return <b onClick={go} />;\n})) as React.FC;", "Page@1-4 go@2-2")]
    [InlineData("typescript", "export const use = <T>(x: T) => x;\nexport const wrapped = memo<T>((x: T) => x)!;", "use@1-1 wrapped@2-2")]
    [InlineData("typescript", "abstract class A {\n  abstract run(x: number): void;\n  protected stop = once(() => 1);\n}", "A@1-4 run@2-2 stop@3-3")]
    [InlineData("typescript", "class A {\n  private readonly save = debounce((): void => { this.x(); }, 10);\n}", "A@1-3 save@2-2")]
    [InlineData("lua", "local all = { wrap(function() end), [1] = function() end, two = wrap(function() end) }", "two@1-1")]
    [InlineData("lua", "local add = memoize(function(a) return a end)\nM.sub = wrap('s', function(a) return a end)", "add@1-1 sub@2-2")]
    [InlineData("php", "<?php\n$load = once(function ($x) { return $x; });\nreturn ['cache' => shared(fn ($c) => new Cache($c))];", "load@2-2 cache@3-3")]
    [InlineData("go", "package a\n\nvar page = chain(func(n int) int { return n })\n\nvar _ = run(func() {})\n", "page@3-3")]
    [InlineData("go", "package a\n\nvar table = map[string]Handler{\n\t\"open\": wrap(func() {}),\n}\n", "open@4-4")]
    [InlineData("dart", "final page = cached((int x) { return x; });", "page@1-1")]
    [InlineData("kotlin", "val parse = memoize { text -> text.trim() }\nval table by lazy { build() }", "parse@1-1 table@2-2")]
    [InlineData("swift", "let parse = memoize { text in text.trim() }", "parse@1-1")]
    [InlineData("scala", "object A {\n  val parse = memoize { (x: String) => x.trim }\n}", "A@1-3 parse@2-2")]
    [InlineData("ruby", "PARSE = memoize do |text|\n  text.strip\nend", "PARSE@1-3")]
    [InlineData("python", "parse = memoize(lambda text: text.strip())", "parse@1-1")]
    [InlineData("r", "parse <- memoise(function(x) trimws(x))\noutput$plot <- renderPlot({\n  draw()\n})", "parse@1-1 plot@2-4")]
    [InlineData("perl", "my $parse = memo(sub { my $x = shift; $x });", "parse@1-1")]
    [InlineData("julia", "parse = memoize(x -> strip(x))", "parse@1-1")]
    [InlineData("java", "class A {\n  Function<A, B> f = memoize(x -> x.b());\n}", "A@1-3 f@2-2")]
    [InlineData("rust", "static TABLE: Lazy<Vec<u8>> = Lazy::new(|| { build() });", "TABLE@1-1")]
    [InlineData("cpp", "static const auto table = memoize([](int x) { return x; });", "table@1-1")]
    [InlineData("elixir", "defmodule A do\n  @parse memoize(fn x -> x end)\nend", "parse@2-2")]
    public void Extract_FunctionBehindCalls_TakesTheNameOfWhatItGoesTo(string language, string text, string expected) =>
        AssertSnippets(expected, Extract(language, text));

    // Else the call names it, with the string among the arguments.
    [Theory]
    [InlineData("javascript", "app.get('/carts', auth, async (req, res) => {\n  res.json([]);\n});", "app.get /carts@1-3")]
    [InlineData("javascript", "app.use(\n  \"/x\",\n  guard((req, res) => { res.end(); }),\n);", "app.use /x@1-4")]
    [InlineData("javascript", "shop.module('cart').controller('Total', ['$scope', function ($scope) {\n  $scope.a = 1;\n}]);", "shop.module.controller Total@1-3")]
    [InlineData("javascript", "function start(io) {\n  io.on('connection', (socket) => {\n    socket.on('chat', (m) => { io.emit(m); });\n  });\n}", "start@1-5 io.on connection@2-4 socket.on chat@3-3")]
    [InlineData("javascript", "const app = router().get('/a', () => { one(); }).post('/b', () => { two(); });", "router.get /a@1-1 router.get.post /b@1-1")]
    [InlineData("javascript", "route('/cart/' + id, (r) => {\n  r.end();\n});\nhooks['before'] = wrap(() => 1);", "route /cart/ + id@1-3 before@4-4")]
    [InlineData("javascript", "app.put('/a', { check: wrap(() => 1), b() {} }, (req) => {\n  req.end();\n});", "app.put /a@1-3 check@1-1 b@1-1")]
    [InlineData("javascript", "new Worker('mail', async (job) => { send(job); });", "Worker mail@1-1")]
    [InlineData("javascript", "customElements.define('x-a', class extends HTMLElement { go() {} });", "customElements.define x-a@1-1 go@1-1")]
    [InlineData("typescript", "router.post<Body>(`/v${1}/carts`, async (req: Request): Promise<void> => {\n  await save(req);\n});", "router.post /v${1}/carts@1-3")]
    [InlineData("ruby", "get '/carts' do |a|\n  list\nend\n\nnamespace :db do\n  task seed: :env do\n    fill\n  end\nend", "get /carts@1-3 namespace db@5-9 task seed@6-8")]
    [InlineData("ruby", "class Cart\n  scope :open, -> { where(open: true) }\n  def total\n    File.open('x') do |f|\n      f.read\n    end\n  end\nend", "Cart@1-8 scope open@2-2 total@3-7")]
    [InlineData("kotlin", "class Routes : Module({\n  get(\"/carts\") { list() }\n})", "Routes@1-3 get /carts@2-2")]
    [InlineData("swift", "app.get(\"carts\") { req in\n  return list()\n}", "app.get carts@1-3")]
    [InlineData("php", "<?php\nRoute::get('/carts', function ($r) { return 1; });\n$app->post('/carts', fn ($r) => 1);", "Route::get /carts@2-2 $app->post /carts@3-3")]
    [InlineData("go", "package a\n\nfunc routes(r Router) {\n\tr.GET(\"/carts\", func(c Context) { c.JSON(1) })\n}\n", "routes@3-5 r.GET /carts@4-4")]
    [InlineData("lua", "app:get('/carts', function(self) return 1 end)", "app:get /carts@1-1")]
    [InlineData("perl", "get '/carts' => sub { my $c = shift; 1 };\n$r->post('/carts' => sub { 1 });", "get /carts@1-1 $r->post /carts@2-2")]
    [InlineData("java", "class A {\n  void routes() {\n    app.get(\"/carts\", ctx -> { ctx.json(1); });\n  }\n}", "A@1-5 routes@2-4 app.get /carts@3-3")]
    [InlineData("cpp", "void routes() {\n  app.get(\"/carts\", [](auto r) { return 1; });\n}", "routes@1-3 app.get /carts@2-2")]
    [InlineData("scala", "class A extends Servlet {\n  get(\"/carts\") { list }\n}", "A@1-3 get /carts@2-2")]
    [InlineData("rust", "fn benches(c: &mut C) {\n    c.bench_function(\"sum\", |b| { b.iter(sum); });\n}", "benches@1-3 c.bench_function sum@2-2")]
    public void Extract_FunctionHandedToACallWithATitle_GoesByBoth(string language, string text, string expected) =>
        AssertSnippets(expected, Extract(language, text));

    // A default export goes by its file, unless it has a name of its own.
    [Theory]
    [InlineData("carts.js", "export default async (req, res) => {\n  res.json([]);\n};", "carts@1-3")]
    [InlineData("Cart.js", "export default function () { return 1; }", "Cart@1-1")]
    [InlineData("Cart.js", "export default wrap(async (req) => { return req; });", "Cart@1-1")]
    [InlineData("Cart.js", "export default wrap(function total(req) { return req; });", "total@1-1")]
    [InlineData("Cart.js", "export default class extends Base { go() {} }", "Cart@1-1 go@1-1")]
    [InlineData("Cart.js", "export default make('cart', () => { return 1; });", "make cart@1-1")]
    [InlineData("cart.js", "module.exports = wrap(async (req) => { return req; });", "exports@1-1")]
    [InlineData("cart.js", "module.exports = wrap(function total(req) { return req; });", "total@1-1")]
    [InlineData("cart.view.js", "export default { data() { return 1; }, total: (x) => x };", "data@1-1 total@1-1")]
    [InlineData("cart.lua", "local a = 1\nreturn function(options) return options end", "cart@2-2")]
    [InlineData("cart.php", "<?php\nreturn function ($app) { return $app; };", "cart@2-2")]
    public void Extract_FunctionThatIsExportedAsItIs_GoesByTheFile(string path, string text, string expected) =>
        AssertSnippets(expected, Extract(path.EndsWith(".js", StringComparison.Ordinal) ? "javascript" : Path.GetExtension(path)[1..], text, path));

    // A step of what is around it is no snippet of its own; outside of functions, a long one is.
    [Theory]
    [InlineData("javascript", "const total = items.map((x) => { return x + 1; });", "")]
    [InlineData("javascript", "const text = raw.replace('a', (m) => m.toUpperCase());", "")]
    [InlineData("javascript", "function f(xs) { xs.forEach((x) => { a(x); b(x); c(x); d(x); e(x); g(x); h(x); }); }", "f@1-1")]
    [InlineData("javascript", "setTimeout(() => { go(); }, 5);", "")]
    [InlineData("javascript", "boot().then(() => {\n  a(); b(); c(); d(); e(); f(); g(); h();\n});", "boot.then@1-3")]
    [InlineData("javascript", "(async () => {\n  a(); b(); c(); d(); e(); f(); g(); h();\n})();", "file@1-3")]
    [InlineData("javascript", "$(function () {\n  const a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;\n});", "$@1-3")]
    [InlineData("kotlin", "val all = list.map { it + 1 }\nfun f() { val a = wrap { 1 }; g(\"x\") { h() } }", "f@2-2")]
    [InlineData("ruby", "def f(xs)\n  xs.each_slice(2) do |a|\n    a.b\n  end\nend", "f@1-5")]
    [InlineData("python", "best = sorted(xs, key=lambda x: x.score)", "")]
    [InlineData("go", "package a\n\nfunc f() {\n\terr := retry(func() error { return nil })\n\tgo func() { g() }()\n}\n", "f@3-6")]
    [InlineData("elixir", "defmodule A do\n  def f(x) do\n    if x == \"a\" do\n      1\n    end\n  end\nend", "f@2-6")]
    [InlineData("r", "y <- lapply(xs, function(x) x + 1)\nf <- function(x) {\n  tryCatch({ x }, error = function(e) NULL)\n}", "f@2-4")]
    public void Extract_FunctionThatIsAStep_IsNoSnippet(string language, string text, string expected) =>
        AssertSnippets(expected, Extract(language, text));

    // Blocks of test frameworks are tests, with the title that the author gave them.
    [Theory]
    [InlineData("javascript", "describe('cart', () => {\n  beforeEach(() => { reset(); });\n  it('adds', async () => {\n    expect(1).toBe(1);\n  });\n  function fill() { return 1; }\n});", "describe cart@1-7 it adds@3-5 fill@6-6")]
    [InlineData("javascript", "test.each([1, 2])('adds %i', (n) => { expect(n).toBe(n); });\ntest('sums', () => expect(1).toBe(1));", "test.each adds %i@1-1 test sums@2-2")]
    [InlineData("javascript", "describe(`cart`, function () { it.only(\"adds\", function adds() { ok(); }); });", "describe cart@1-1 adds@1-1")]
    [InlineData("typescript", "Deno.test('cart adds', () => { check(); });", "Deno.test cart adds@1-1")]
    [InlineData("ruby", "RSpec.describe Cart do\n  let(:item) { 1 }\n  it 'adds' do\n    expect(item).to eq 1\n  end\nend", "RSpec.describe Cart@1-6 let item@2-2 it adds@3-5")]
    [InlineData("elixir", "defmodule CartCheck do\n  describe \"total\" do\n    test \"adds\", %{cart: cart} do\n      assert cart\n    end\n  end\nend", "describe total@2-6 test adds@3-5")]
    [InlineData("kotlin", "class CartCheck : FunSpec({\n  test(\"adds\") { check() }\n  \"sums\" { check() }\n})", "CartCheck@1-4 test adds@2-2 sums@3-3")]
    [InlineData("scala", "class CartCheck extends AnyFunSuite {\n  test(\"adds\") { check() }\n  \"a cart\" should \"be empty\" in { check() }\n}", "CartCheck@1-4 test adds@2-2 a cart should be empty@3-3")]
    [InlineData("swift", "class CartCheck: XCTestCase {\n  func testAdds() { check() }\n  func fill() { }\n}", "CartCheck@1-4 testAdds@2-2 fill@3-3")]
    [InlineData("dart", "void main() {\n  group('cart', () {\n    test('adds', () async { check(); });\n  });\n}", "main@1-5! group cart@2-4 test adds@3-3")]
    [InlineData("lua", "describe('cart', function()\n  it('adds', function() check() end)\nend)", "describe cart@1-3 it adds@2-2")]
    [InlineData("php", "<?php\nit('adds', function () { expect(1)->toBe(1); });\ntest('sums', fn () => expect(1));", "it adds@2-2 test sums@3-3")]
    [InlineData("go", "package a\n\nvar _ = Describe(\"cart\", func() {\n\tIt(\"adds\", func() { check() })\n})\n", "Describe cart@3-5 It adds@4-4")]
    [InlineData("perl", "subtest 'adds' => sub { ok 1; };\nsubtest('sums', sub { ok 1 });", "subtest adds@1-1 subtest sums@2-2")]
    [InlineData("r", "test_that(\"cart adds\", {\n  expect_equal(1, 1)\n})", "test_that cart adds@1-3")]
    [InlineData("julia", "@testset \"cart\" begin\n  @test 1 == 1\nend", "testset cart@1-3")]
    [InlineData("powershell", "Describe \"cart\" {\n  It \"adds\" { Check }\n}", "Describe cart@1-3 It adds@2-2")]
    [InlineData("cpp", "BOOST_AUTO_TEST_CASE(adds) { check(); }\nTEST_F(Cart, Sums) { check(); }", "adds@1-1 Sums@2-2")]
    [InlineData("cpp", "TEST_CASE(\"adds \\\"x\\\"\", \"[cart]\") {\n  SECTION(\"twice\") { check(1); }\n  CHECK(1);\n}\n\nSCENARIO(\"sums\") {\n  GIVEN(\"a cart\") { check(2); }\n}", "TEST_CASE adds \\\"x\\\"@1-4 SCENARIO sums@6-8")]
    [InlineData("cpp", "TEST_CASE_METHOD(Cart, \"adds\") { check(); }\nTEMPLATE_TEST_CASE(\"sums\", \"[a]\", int, (std::pair<int, int>)) { check(); }\nint f() { return 1; }", "TEST_CASE_METHOD adds@1-1 TEMPLATE_TEST_CASE sums@2-2 f@3-3!")]
    [InlineData("cpp", "TEST_SUITE(\"cart\") {\n  TEST_CASE(\"adds\") {\n    SUBCASE(\"one\") { CHECK(1); }\n  }\n}\nint last() { return 1; }", "TEST_CASE adds@2-4 last@6-6!")]
    [InlineData("bash", "setup() { load it; }\n\n@test \"adds one\" {\n  run add 1\n  [ \"$status\" -eq 0 ]\n}\n@test 'sums' {\n  run sum\n}", "setup@1-1! @test adds one@3-6 @test sums@7-9")]
    [InlineData("ocaml", "let%test_unit \"adds\" = check 1\nlet%expect_test \"sums\" = check 2", "adds@1-1 sums@2-2")]
    [InlineData("ruby", "test 'adds' do\n  assert cart\nend", "test adds@1-3")]
    [InlineData("objc", "SpecBegin(Cart)\ndescribe(@\"cart\", ^{ it(@\"adds\", ^{ check(); }); });\nSpecEnd\n", "describe cart@2-2 it adds@2-2")]
    [InlineData("objc", "describe(@\"cart\", ^{ it(@\"adds\", ^{ check(); }); });", "describe cart@1-1 it adds@1-1")]
    public void Extract_BlockOfATestFramework_IsATest(string language, string text, string expected)
    {
        var file = Extract(language, text);

        AssertSnippets(expected.Replace("!", "", StringComparison.Ordinal), file);
        var others = expected.Split(' ').Where(word => word.EndsWith('!')).Select(word => word.Split('@')[0]);
        Assert.Equal(others, file.Snippets.Where(snippet => !snippet.IsTest).Select(snippet => snippet.Name));
    }

    [Theory]
    [InlineData("TEST_CASE(\"adds one", "TEST_CASE adds one")]
    [InlineData("@test 'adds", "@test adds")]
    [InlineData("operator \"\"_cm", null)]
    [InlineData("f'", null)]
    [InlineData("\"adds\"", null)]
    [InlineData("add", null)]
    public void Titled_Name_IsWhatIsCalledAndTheTitle(string name, string? expected) => Assert.Equal(expected, CallNames.Titled(name));

    [Fact]
    public void Extract_FunctionInACallback_IsQualifiedByItsTitle()
    {
        var file = Extract("javascript", "describe('cart', () => {\n  function fill() {}\n});\n"
            + "(function () {\n  function hidden() { return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]; }\n})();");

        Assert.Equal(["describe cart", "describe cart.fill", "file", "hidden"], file.Snippets.Select(snippet => snippet.QualifiedName));
        Assert.Equal([-1, 0, -1, 2], file.Snippets.Select(snippet => snippet.Parent));
    }

    [Fact]
    public void Extract_ImportInACallback_BelongsToTheFile()
    {
        var file = Extract("javascript", "define(function (require) {\n  const fs = require('fs');\n  function read(p) { return fs.read(p); }\n  return { read, a: 1, b: 2 };\n});");

        Assert.Equal("fs = require('fs')", Assert.Single(file.Imports));
        Assert.Single(file.Snippet("read").Imports);
    }

    [Fact]
    public void Extract_CallbackInAType_IsNoMethodAndItsFunctionsStayMethods()
    {
        var file = Extract("ruby", "class Cart\n  included do\n    a 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12\n    def total; 1; end\n  end\nend");

        Assert.Equal(SnippetKind.Function, file.Snippet("included").Kind);
        Assert.Equal(("Cart::total", SnippetKind.Method), (file.Snippet("total").QualifiedName, file.Snippet("total").Kind));
    }

    // Chains nest: each link is a call of the one before.
    [Theory]
    [InlineData("a", ".b(() => { c(); })", "")]
    [InlineData("a(", "b('t', () => { c(); }, ", ")")]
    [InlineData("", "(function () { x(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13) })(), ", "")]
    public void Extract_ManyCallsAroundEachOther_AreRead(string open, string link, string close)
    {
        const int Links = 5000;
        var text = open + string.Concat(Enumerable.Repeat(link, Links)) + "0" + string.Concat(Enumerable.Repeat(close, Links));

        Extract("javascript", text);
    }

    private static ExtractedFile Extract(string language, string text, string path = "file")
    {
        using var extractor = new TreeSitterExtractor(TreeSitterText.Catalog, new() { ParseLimit = TimeSpan.FromMinutes(2) });
        var bytes = Encoding.UTF8.GetBytes(text);
        var file = extractor.Extract(new SourceFile(path, bytes, 0), TreeSitterText.Catalog.Find(language)!)!;
        TreeSitterText.AssertConsistent(file, bytes);
        return file;
    }

    private static void AssertSnippets(string expected, ExtractedFile file) => Assert.Equal(expected,
        string.Join(' ', file.Snippets.Select(snippet => $"{snippet.Name}@{snippet.Span.StartLine}-{snippet.Span.EndLine}")));
}
