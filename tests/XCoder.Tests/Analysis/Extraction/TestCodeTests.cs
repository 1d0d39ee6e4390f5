using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Extraction.TreeSitter;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>The manifest tells tests as people tell them.</summary>
public class TestCodeTests
{
    private static readonly string[] Hostile =
    [
        "class A(" + string.Concat(Enumerable.Repeat("b,  ", 200)) + ")", "class A: " + string.Concat(Enumerable.Repeat("b, ", 200)),
        "class A " + string.Concat(Enumerable.Repeat("extends a.", 200)), "func f(" + new string('*', 2000), "#[a" + new string('(', 500),
        string.Concat(Enumerable.Repeat("test-", 500)), string.Concat(Enumerable.Repeat("a/", 500)), new string(' ', 2000),
        "@" + string.Concat(Enumerable.Repeat("a.", 500)), "#[" + string.Concat(Enumerable.Repeat("a::", 500)), new string('_', 2000),
    ];

    [Fact]
    public void Expressions_HostileText_EndInTime()
    {
        using var manifest = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "grammars", "languages.json")));
        var expressions = manifest.RootElement.GetProperty("languages").EnumerateArray()
            .SelectMany(row => row.TryGetProperty("tests", out var tests) ? tests.EnumerateObject().Select(rule => rule.Value.GetString()!) : [])
            .Distinct().ToList();

        Assert.True(expressions.Count > 40);
        foreach (var expression in expressions)
        {
            // One that repeats what may repeat in two ways takes longer than the age of the universe.
            var regex = new System.Text.RegularExpressions.Regex(expression, default, TimeSpan.FromSeconds(20));
            Assert.All(Hostile, text => regex.IsMatch(text));
        }
    }

    [Theory]
    [InlineData("python", "a/test_cart.py a/cart_test.py conftest.py app/tests.py app/tests/helpers.py testutils/x.py", "contest.py latest.py attestation.py app/testing/__init__.py greatest/x.py tested.py")]
    [InlineData("go", "cart_test.go functional_tests.go test/e2e.go pkg/testdata/a.go test_helpers.go internal/testutil/a.go", "latest.go contest.go testing/fake.go attest/a.go cmd/test.go protest.go")]
    [InlineData("java", "src/test/java/a/Helper.java functional/TestClient.java a/CartTest.java a/CartTests.java a/CartIT.java a/CartTestCase.java src/integrationTest/java/A.java it-tests/src/main/java/A.java",
        "src/main/java/a/TestRunner.java src/main/java/org/test/A.java a/Latest.java a/Contest.java a/Testament.java a/AUDIT.java src/main/java/testing/A.java tool/src/org/antlr/TestRig.java")]
    [InlineData("kotlin", "src/commonTest/kotlin/A.kt src/androidTest/A.kt a/CartTest.kt a/CartSpec.kt cross-test-client/src/main/kotlin/A.kt", "src/main/kotlin/test/A.kt src/main/kotlin/TestClient.kt src/commonMain/kotlin/TestScope.kt a/Latest.kt testing/A.kt")]
    [InlineData("scala", "src/test/scala/A.scala a/CartSpec.scala a/CartSuite.scala src/it/scala/A.scala", "src/main/scala/a/CartSuite.scala a/Inspect.scala a/Contest.scala")]
    [InlineData("javascript", "a/cart.test.js a/cart.spec.mjs a/cart-test.js a/cart_test.js __tests__/cart.js __mocks__/fs.js test/cart.js spec/cart.js cypress/support/a.js cart.cy.js setupTests.js tests.js",
        "latest.js contest.js testing/a.js inspector.js spectrum.js testimonials.js manifest.js")]
    [InlineData("typescript", "a/cart.spec.ts a/cart.e2e-spec.ts a/cart.test-d.ts e2e/cart.ts a/__fixtures__/a.ts CartTest.ts vitest.setup.ts", "latest.ts testing/a.ts contest.ts spec-loader.ts")]
    [InlineData("tsx", "a/Cart.test.tsx a/Cart.spec.tsx a/__tests__/Cart.tsx", "a/Testimonial.tsx a/Contest.tsx")]
    [InlineData("rust", "tests/cart.rs src/tests.rs src/cart_test.rs src/cart/tests.rs src/testutil.rs crates/a/tests/b.rs", "src/latest.rs benches/cart.rs src/commands/test.rs src/attest.rs src/testing/mod.rs")]
    [InlineData("cpp", "cart_test.cc cart_unittest.cc test_cart.cpp CartTest.cpp test/cart.cpp unittests/cart.cpp cart_test.h xmltest.cpp dbtests.cc unittest.cpp", "latest.cpp contest.cc testing/a.cc bench/cart.cpp fastest.cpp greatest.cc shortest.cpp protest.cpp")]
    [InlineData("c", "test_cart.c cart_test.c tests/cart.c test-cart.c cart-tests.c selftest.c", "latest.c src/test.c attest.c contest.h smartest.c")]
    [InlineData("objc", "CartTests.m AppTests/Helper.m CartSpec.m", "Latest.m Inspect.m")]
    [InlineData("ruby", "test/cart_test.rb spec/cart_spec.rb spec/support/a.rb test/test_cart.rb spec_helper.rb features/step_definitions/a.rb lib/rb/spec/a.rb", "lib/latest.rb app/models/spec.rb lib/contest.rb lib/testing.rb")]
    [InlineData("php", "tests/CartTest.php tests/Pest.php src/CartTest.php spec/CartSpec.php CartCest.php", "src/Latest.php src/Contest.php src/Testing/A.php src/Attest.php")]
    [InlineData("swift", "Tests/AppTests/Helper.swift AppTests/CartTests.swift CartTest.swift AppUITests/A.swift", "Sources/Testing/A.swift Sources/App/SpeedTest.swift Latest.swift Contest.swift")]
    [InlineData("bash", "a.bats test/a.sh test_cart.sh cart-test.sh", "latest.sh contest.sh attest.sh")]
    [InlineData("lua", "spec/cart_spec.lua cart_test.lua test/cart.lua", "latest.lua contest.lua inspect.lua")]
    [InlineData("haskell", "test/Cart.hs CartSpec.hs tests/A.hs", "src/Latest.hs src/Test/Property.hs src/Contest.hs")]
    [InlineData("julia", "test/runtests.jl test/cart.jl", "src/latest.jl benchmark/runbenchmarks.jl src/contest.jl")]
    [InlineData("ocaml", "test/cart.ml test_cart.ml cart_test.ml", "latest.ml contest.ml")]
    [InlineData("elixir", "test/cart_test.exs test/support/conn_case.ex apps/a/test/b.exs", "lib/latest.ex config/contest.exs")]
    [InlineData("dart", "test/cart_test.dart integration_test/app.dart test_driver/app.dart lib/dart/test/a.dart", "lib/latest.dart lib/contest.dart")]
    [InlineData("zig", "test/a.zig cart_test.zig", "latest.zig contest.zig")]
    [InlineData("r", "tests/testthat/test-cart.R tests/testthat.R inst/tinytest/a.R", "R/latest.R R/contest.R")]
    [InlineData("powershell", "Cart.Tests.ps1 tests/a.ps1", "Latest.ps1 Contest.ps1")]
    [InlineData("perl", "t/cart.t xt/a.t t/lib/Helper.pm", "lib/Test/More.pm lib/Latest.pm script/contest.pl")]
    [InlineData("csharp", "tests/A.cs App.Tests/A.cs CartTests.cs CartTest.cs", "Latest.cs Testing/A.cs Contest.cs")]
    public void IsTestPath_FilesOfALanguage_AreToldAsPeopleTellThem(string language, string tests, string others)
    {
        var code = new TestCode(TreeSitterText.Catalog.Find(language)!.Tests);

        Assert.All(tests.Split(' '), path => Assert.True(code.IsTestPath(path), path));
        Assert.All(others.Split(' '), path => Assert.False(code.IsTestPath(path), path));
    }

    // Names of the snippets that are tests, of files whose path tells nothing.
    [Theory]
    [InlineData("python", "class CartCheck(unittest.TestCase):\n    def test_a(self):\n        pass\n\nclass Cart:\n    def test_connection(self):\n        return self.ping()\n\ndef test_sum():\n    assert 1\n\n@pytest.fixture\ndef cart():\n    return 1\n", "CartCheck test_a test_sum cart")]
    [InlineData("python", "class A(Base):\n    def test_b(self): return 1\n\ndef tested(): assert 1\n\ndef test_url(): return 1\n", "")]
    [InlineData("java", "class A {\n  @Test void a() {}\n  @org.junit.jupiter.api.BeforeEach void b() {}\n  boolean testConnection() { return true; }\n  void c() {}\n}", "A a b testConnection c")]
    [InlineData("java", "public class A extends junit.framework.TestCase {\n  void helper() {}\n}\nclass TestConnection { void open() {} }", "A helper")]
    [InlineData("java", "class Checks {\n  @BeforeEach void fill() {}\n  private int helper() { return 1; }\n  class Inner { void deep() {} }\n}\nclass Cart { int sum() { return 1; } }", "Checks fill helper Inner deep")]
    [InlineData("kotlin", "class Checks {\n  @Test fun adds() {}\n  fun helper() = 1\n}\nclass Cart { fun sum() = 1 }", "Checks adds helper")]
    [InlineData("rust", "mod all {\n    fn sum() {}\n    #[test]\n    fn sums() {}\n}\n", "sums")]
    [InlineData("rust", "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn helper() {}\n    mod deep { fn low() {} }\n    #[test]\n    fn b() {}\n}\n#[cfg(not(test))]\nfn c() {}\n#[tokio::test]\nasync fn d() {}\n#[bench]\nfn e(b: &mut Bencher) {}\n", "helper low b d")]
    [InlineData("rust", "mod tests { struct Fake; fn f() {} }\n#[cfg(all(test, feature = \"x\"))]\nfn g() {}\n#[cfg(feature = \"test\")]\nfn h() {}\nfn test(a: u8) {}\n", "Fake f g")]
    [InlineData("go", "package a\n\nfunc TestA(t *testing.T) {}\n\nfunc fill(t testing.TB, n int) {}\n\nfunc TestConnection(host string) error { return nil }\n\nfunc BenchmarkA(b *testing.B) {}\n", "TestA fill")]
    [InlineData("swift", "final class CartChecks: XCTestCase {\n  func helper() {}\n}\n@Test func sums() {}\n@Suite struct S { func a() {} }\nclass TestConnection: Connection { func open() {} }", "CartChecks helper sums S a")]
    [InlineData("kotlin", "class A {\n  @Test fun a() {}\n  fun testConnection() {}\n}\nclass B : StringSpec({})\n", "A a testConnection B")]
    [InlineData("php", "<?php\nclass A extends \\PHPUnit\\Framework\\TestCase {\n  function b() {}\n}\nclass C { #[Test] function d() {} function testConnection() {} }", "A b C d testConnection")]
    [InlineData("ruby", "class A < Minitest::Test\n  def helper; end\nend\nclass B < ActiveSupport::TestCase\nend\nclass C\n  def test_connection\n    ping\n  end\nend", "A helper B")]
    [InlineData("objc", "@interface CartChecks : XCTestCase\n@end\n@implementation CartTests\n- (void)testA { }\n@end\n@implementation Cart\n- (void)testConnection { }\n@end", "CartChecks testA")]
    [InlineData("c", "static void test_reply(int n) { test_cond(n == 1) }\nstatic void test_more(void) { ck_assert_int_eq(1, f()); }\nint test_bit(int n) { return n & 1; }\nint count(int n) { assert(n); return n; }", "test_reply test_more")]
    [InlineData("cpp", "class CartFixture : public ::testing::Test {\n  void SetUp() { }\n};\nTEST(A, B) { }\nclass Cart { bool TestConnection() { return true; } };", "CartFixture SetUp B")]
    [InlineData("zig", "test \"adds\" { _ = 1; }\nfn testConnection() void { return; }\n", "adds")]
    public void IsTest_SnippetsOfAFile_AreToldAsPeopleTellThem(string language, string text, string expected)
    {
        var file = TreeSitterText.Extract(language, text);

        Assert.Equal(expected, string.Join(' ', file.Snippets.Where(snippet => snippet.IsTest).Select(snippet => snippet.Name)));
    }
}
