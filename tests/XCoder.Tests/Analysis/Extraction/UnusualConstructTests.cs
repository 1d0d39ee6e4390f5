using System.Text;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Valid code that the grammars do not know is read as if they did: ranges are right, and nothing is marked.</summary>
public class UnusualConstructTests
{
    public static TheoryData<string, string, string> Texts() => new()
    {
        { "bash", "run() {\n  [[ $a == *.tar.@(gz|xz) ]] && echo x\n}\nlast() { :; }\n", "run@1-3 last@4-4" },
        { "bash", "shopt -s extglob\nrun() {\n  rm -f !(keep).txt\n  case \"$1\" in\n    *.@(gz|xz)) echo z ;;\n  esac\n}\nlast() { :; }\n", "run@2-7 last@8-8" },
        { "bash", "run() {\n  [[ $v == v+([0-9]).* ]] || return 1\n}\nlast() { :; }\n", "run@1-3 last@4-4" },
        { "kotlin", "class B {\n    val s = object : A by b {\n        override fun run() { x = 1 }\n    }\n    fun f() = 1\n}\n", "B@1-6 run@3-3 f@5-5" },
        { "swift", "struct L {\n  let r = /a\\/b/\n  func z() {}\n}\nfunc y() -> Int { return 1 }\n", "L@1-4 z@3-3 y@5-5" },
        { "swift", "struct Lexer {\n  let r = #/\n    (?<year> \\d{4} )  # a year\n    -\n  /#\n  func z() {}\n}\n", "Lexer@1-7 z@6-6" },
        { "swift", "struct V<let N: Int> {\n  var a: InlineArray<4, Int>\n  func f() { switch consume self { case let x: use(x) } }\n}\n", "V@1-4 f@3-3" },
        { "c", "int __printf(2, 3) say(int a, const char *f, ...) { return 0; }\nstatic void ATTR(3) go(int a)\n{\n  x = 1;\n}\nint __must_check __printf(2, 3) tell(int a) { return 1; }\nint last(void) { return 1; }\n", "say@1-1 go@2-5 tell@6-6 last@7-7" },
        { "c", "int f(_In_ int a, _Inout_ char *b, _In_reads_(n) const char *c, _In_opt_ PVOID p) { return a; }\nint last(void) { return 1; }\n", "f@1-1 last@2-2" },
        { "c", "static int start(struct device *dev __maybe_unused)\n{\n  return 0;\n}\nasmlinkage __visible void __noreturn stop(void)\n{\n  for (;;) ;\n}\nint last(void) { return 1; }\n", "start@1-4 stop@5-8 last@9-9" },
        { "objc", "@implementation A\n- (void)go:(const std::string &)s {\n  auto f = [self](int a) -> NSString * { return @\"x\"; };\n  use((int)s.size());\n}\n- (void)on:(std::vector<int> &&)v { }\n@end\n", "go@2-5 on@6-6" },
        { "dart", "class Box {\n  void f() {\n    outer: for (;;) { break outer; }\n    var a = [1, ?x];\n  }\n}\n", "Box@1-6 f@2-5" },
        { "powershell", "function A {\n  $X.ForEach({ $_ * 2 })\n  $X.Where({ $_ }).ForEach({ $_ })\n  $X.Where{ $_ }.Count\n  [ValidateSet(\"a\", \"b\")][string]$m = \"a\"\n  :outer foreach ($a in $b) { break outer }\n  switch ($x) { 1 { \"a\" } { $_ -gt 3 } { \"b\" } }\n}\nfunction B { begin { 1 } process { 2 } clean { 3 } }\n", "A@1-8 B@9-9" },
        { "go", "package a\n\nfunc f() *int { return new(3 + 4) }\n\nfunc g() *string { return new(\"x\") }\n", "f@3-3 g@5-5" },
        { "php", "<?php\nclass A {\n  function f() { return clone($this, [\"x\" => 1]); }\n}\n", "A@2-4 f@3-3" },
        { "python", "def h[T: int = str](a: T) -> T:\n    return a\n\nclass B[K = int, *V]:\n    def f(self): return 1\n", "h@1-2 B@4-5 f@5-5" },
        { "julia", "mutable struct P\n    x::Int\n    const y::Int\nend\nf(a) = a + 1\n", "P@1-4 f@5-5" },
        { "kotlin", "fun interface Listener {\n    fun hear(x: Int)\n}\nclass Next { fun f() = 1 }\n", "Listener@1-3 hear@2-2 Next@4-4 f@4-4" },
        { "kotlin", "@Serializable(with = S::class)\npublic actual class Offset private constructor(public actual val total: Int, actual override val x: Int) {\n    actual fun f() = 1\n}\nactual fun after() = 2\n", "Offset@1-4 f@3-3 after@5-5" },
        { "kotlin", "class View {\n    fun show() {\n        find(1).title = \"a\"\n        find(2)?.child().text += \"b\"\n        (x as Label).text =\n            \"c\"\n    }\n    fun last() = 2\n}\n", "View@1-9 show@2-7 last@8-8" },
        { "kotlin", "class Box {\n    val width: Int\n        get() = 4\n    var height: Int = 2\n        get() {\n            return field\n        }\n        private set(value) {\n            field = value\n        }\n    fun area() = width * height\n}\n", "Box@1-12 width@2-3 height@4-10 area@11-11" },
        { "kotlin", "context(scope: Scope, log: (String) -> Unit)\nprivate fun store(x: Int): Int {\n    return x\n}\n\ncontext(Tx)\nclass Dao { fun all() = 1 }\n", "store@1-4 Dao@6-7 all@7-7" },
        { "kotlin", "fun name(a: Any) = when (a) {\n    is Cat if a.isSmall && !a.isOld -> 1\n    is Dog, !is Fish -> 2\n    else -> 3\n}\nfun two() = 2\n", "name@1-5 two@6-6" },
        { "kotlin", "fun price(): String {\n    val a = $$\"cost: $ $$value\"\n    for (i in 0..<3) { }\n    return a\n}\n", "price@1-5" },
        { "kotlin", "class Call {\n    override fun <T : Any> suspend(a: Request<T>, b: Boolean): T {\n        return cast(a)\n    }\n    fun on(f: Some.Thing.() -> Unit, g: Other?.(Int) -> Int) { f() }\n    companion object { const val A = 1 }\n    inner class In { fun up() = this@Call }\n}\n", "Call@1-8 suspend@2-4 on@5-5 In@7-7 up@7-7" },
        { "swift", "class Net {\n    #if os(iOS)\n    func a() -> Int { return 1 }\n    #elseif os(Linux)\n    func a() -> Int { return 2 }\n    #endif\n    func b() {\n        x\n        #if DEBUG\n            .log()\n        #endif\n            .run()\n    }\n}\n", "Net@1-14 a@3-3 a@5-5 b@7-13" },
        { "swift", "struct Loader {\n    func load(_ k: borrowing Key, v: sending Value) async throws(Failure) -> Int {\n        let a = consume k\n        do throws(Failure) { try f() } catch { }\n        return 1\n    }\n    nonisolated(unsafe) static var shared = Loader()\n    package func open() {}\n}\nactor Hall {\n    isolated deinit { close() }\n    func f() { defer { a() } ; b() }\n}\n", "Loader@1-9 load@2-6 open@8-8 Hall@10-13 deinit@11-11 f@12-12" },
        { "bash", "log-all:now.then() {\n  out=\"${a:+${b};}x\"\n}\nafter() {\n  cat <<'EOF' | while read -r l; do\nfunction fake() { :; }\nEOF\n    echo \"$l\"\n  done\n}\ntimed() {\n  time { sleep 1; }\n  exec 3<>file\n}\n", "log-all:now.then@1-3 after@4-10 timed@11-14" },
        { "ruby", "class Shop\n  def sell! = raise \"never\"\n  def text\n    <<~A\n      #{<<~B}\n        inner\n      B\n      rest\n    A\n  end\n  def last\n    1\n  end\nend\n", "Shop@1-14 sell!@2-2 text@3-10 last@11-13" },
        { "php", "<?php\nclass User {\n    public private(set) int $age = 1;\n    public function __construct(protected(set) string $name) {}\n    function sql() {\n        return <<<'SQL'\n          SELECT 1\n          SQL . ' LIMIT 1';\n    }\n    function last() { return 1; }\n}\n", "User@2-11 __construct@4-4 sql@5-9 last@10-10" },
        { "java", "import module java.base;\nclass Child extends Base {\n    Child(int n) {\n        if (n < 0) throw new Error();\n        super(n);\n    }\n    static <T> T max(@A Class<T> @B(1) ... all) { return null; }\n    int kind(Object o) { return switch (o) { case final String s -> 1; default -> 2; }; }\n}\n", "Child@2-9 Child@3-6 max@7-7 kind@8-8" },
        { "scala", "object A:\n  def a(x: Int) =\n    x match\n    case 1 => 2\n    case _ => 3\n  def b = 1\n", "A@1-6 a@2-5 b@6-6" },
        { "dart", "class W {\n  Widget build() {\n    return const Text('x', style: .bold);\n  }\n  int area(Shape s) => switch (s) { Empty() => 0, Ring() when s.big => 1, _ => 2 };\n}\n", "W@1-6 build@2-4 area@5-5" },
        { "powershell", "function Get-It {\n    git log --since=\"2020 10\"\n    $a = $b ? 'x' : 'y'\n    $c = $d ?? 'z'\n    try { Do-This } catch { }\n}\nclass Car : Base {\n    Car([string] $n) : base($n) { $this.N = 1 }\n}\n", "Get-It@1-6 Car@7-9 Car@8-8" },
        { "cpp", "module;\nexport module shapes;\nimport std;\nexport class Disc { public: int area() const { return 1; } };\nexport namespace n { export int two() { return 2; } }\nstruct W {\n  template <class S> auto&& get(this S&& s) { return s.v; }\n  int odd() { if consteval { return 1; } else { return 2; } }\n};\nint (*pick(int i))(int) { return table[i]; }\ntemplate <> struct std::hash<W> { int operator()(W w) const { return 1; } };\n", "Disc@4-4 area@4-4 two@5-5 W@6-9 get@7-7 odd@8-8 pick@10-10 hash@11-11 operator()@11-11" },
        { "cpp", "class A_EXPORT Window : public QWidget {\n  Q_OBJECT\n  Q_PROPERTY(int size READ size)\n public slots:\n  A_INVOKABLE void reload() { m = 1; }\n signals:\n  void changed();\n};\n__global__ void add(float* a) { a[0] = 1; }\nvoid run() { add<<<n / 2, 256>>>(a); }\nA_API(int) wrapped(int a) { return a; }\nint locked(int a) A_GUARDED(mu) { return a; }\n", "Window@1-8 reload@5-5 add@9-9 run@10-10 wrapped@11-11 locked@12-12" },
        { "c", "A_INLINE bool a_ok(const char* A_NULLABLE p, int n A_UNUSED) { return p; }\nstatic A_API const char *\nname(void)\n{\n  return \"x\";\n}\nLRESULT CALLBACK Proc(HWND h, char * A_NONNULL b) { return 0; }\nA_PUBLIC(char *) text(int a) { return 0; }\nint loop(struct n *h) {\n  CHECK_PARAM(h != 0) {\n    return 1;\n  }\n  list_for_each(p, h) use(p);\n  return 0;\n}\nSYSCALL_DEFINE2(seek, unsigned int, fd, char __user *, p)\n{\n  return 0;\n}\n", "a_ok@1-1 name@2-6 Proc@7-7 text@8-8 loop@9-15 seek@16-19" },
        { "c", "int add(a, b)\nint a;\nchar *b;\n{\n  return a;\n}\n\n#ifdef A\nint both(int a) {\n#else\nint both(long a) {\n#endif\n  if (a) {\n    return 1;\n#ifdef B\n  } else if (b) {\n    return 2;\n#endif\n  }\n  return 3;\n}\nint last(void) { return 1; }\n", "add@1-6 both@9-21 last@22-22" },
        { "c", "SHOP_INLINE SHOPAPI(int) add(int a) { return a; }\n\nint before(void) { return 1; }\nEXTERN_C SHOP_EXPORT(const char *) name(void) { return \"x\"; }\nstatic PUBLIC(struct cart *) find(int a)\n{\n  return 0;\n}\nint after(void) { return 2; }\n", "add@1-1 before@3-3 name@4-4 find@5-8 after@9-9" },
        { "c", "char SHOP_API *name(int a) { return 0; }\nint after(void) { return 2; }\n", "name@1-1 after@2-2" },
        { "c", "local int add(s, n)\n    char *s;\n    unsigned n;\n{\n    return n;\n}\n\nsum(argc, argv)\n  int argc;\n  char **argv;\n{\n  return 0;\n}\nint after(void) { return 2; }\n", "add@1-6 sum@8-13 after@14-14" },
        { "c", "#ifdef SHOP_TABLES\n\nint fill(void) {\n  return 0;\n}\n#endif\n\n#if defined ON_PHONE\nchar SHOP_HIDDEN *text(int code) {\n  return 0;\n}\n#endif\n\n#ifdef SHOP_ARM\n#define BATCH 3\n\nunsigned long SHOP_CALL sum(unsigned long a, const unsigned char FAR *b, int n) {\n  __asm__ volatile(\"add %w0, %w1\" : \"+r\"(a) : \"r\"(n));\n  return a;\n}\n#else\nunsigned long SHOP_CALL sum(unsigned long a, const unsigned char FAR *b, int n) {\n  return *(const unsigned char FAR *)b;\n}\n#endif\nint last(void) { return 1; }\n", "fill@3-5 text@9-11 sum@17-20 sum@22-24 last@26-26" },
        { "c", "l_inline cart *pick (cart *a, int n) { return a + n; }\n\nstatic l_inline void *raw (const cart *a) {\n  return op(+, a, 1) + va_arg(a, unsigned int) + cast(unsigned short, a);\n}\nextern file_h SHOP_CALL open2(z_const char *p, T FAR * FAR *t)\n{\n  struct cart *c = container_of(p, struct cart, node);\n  const char *m = \"no \" SHOP_QUOTE(p) \" here\";\n  each_cart(c) {\n    free(c);\n  }\n  return join(m, SHOP_SEP SHOP_MARK, 1);\n}\nSHOP_API cart *(make) (void) { return 0; }\nvoid ticks(void)\n{\n  __asm {\n    rdtsc\n    mov a, eax\n  }\n}\nstatic int bits(int n) { SHOP_RETURN(n) }\nint last(void) { return 1; }\n", "pick@1-1 raw@3-5 open2@6-14 make@15-15 ticks@16-22 bits@23-23 last@24-24" },
        { "c", "struct conf {\n  shopAtomic int count;\n  shopAtomic uint64_t *all;\n};\nlocal inline size_t where(int a) {\n  local char text[10];\n  return a;\n}\nint last(void) { return 1; }\n", "conf@1-4 where@5-8 last@9-9" },
        { "cpp", "template <typename T, SHOP_IF(is_x<T>::value && !is_y<T>::value)>\nSHOP_CONSTEXPR20 auto pick(T a, Specs s = {}, where w = {}) -> T {\n  if SHOP_CONSTEXPR (sizeof(T) > 1) return a;\n  return T(unsigned(a) << 2);\n}\nclass Cart {\n  SHOP_PRIVATE_IN_RELEASE:\n  int n;\n public:\n  constexpr SHOP_INLINE Cart(int a SHOP_BUILTIN) : n(a) {}\n#if SHOP_GCC\n  SHOP_ALWAYS_INLINE\n#endif\n  SHOP_CONSTEXPR Cart(const char* s) : n(0) {}\n  auto at(int i) -> decltype(look(i), void()) { return this->operator[](i); }\n  int run(int (Cart::*f)(int)) { return (this->*f)(1); }\n};\nenum : unsigned { few, many };\nvoid check() {\n  SHOP_THROWS(throw Sad(\"x\"), Sad, \"x\");\n  SHOP_THROWS_AS(make(1), std::bad_alloc&);\n  m = typename Cart::node(2);\n}\n", "pick@1-5 Cart@6-17 Cart@10-10 Cart@14-14 at@15-15 run@16-16 check@19-23" },
        { "c", "int main(void) {\n  int (^add)(int, int) = ^(int a, int b) { return a + b; };\n  return add(1, 2);\n}\nvoid each(void (^f)(int)) {\n  run(^{ f(1); });\n}\nint after(void) { return 1; }\n", "main@1-4 add@2-2 each@5-7 after@8-8" },
        { "c", "main(argc, argv)\n  int argc;\n  char **argv;\n{\n  return 0;\n}\nint after(void) { return 1; }\n", "main@1-6 after@7-7" },
        { "c", "main()\n{\n  return 0;\n}\n\nint after(void) { return 1; }\n", "main@1-4 after@6-6" },
        { "c", "#include <stdio.h>\nmain(argc,argv) int argc; char **argv; {\n  return f(argv);\n}\n", "main@2-4" },
        { "c", "DECLARE(int, count)(int a) {\n  return a;\n}\nstatic DECLARE(struct cart *, find)(int a, char *b)\n{\n  return 0;\n}\nSHOP_FN(add)(int a) { return a; }\nint SHOPCALL NAME_OF(Cart, name)(int *e) { return 2; }\nint last(void) { return 1; }\n", "count@1-3 find@4-7 add@8-8 name@9-9 last@10-10" },
        { "cpp", "DECLARE(int, count)(int a) {\n  return a;\n}\nSHOP_FN(add)(int a) { return a; }\nint SHOPCALL NAME_OF(Cart, name)(int *e) { return 2; }\nint last() { return 1; }\n", "count@1-3 add@4-4 name@5-5 last@6-6" },
        { "objc", "#import \"Cart.h\"\n#include <vector>\n\nnamespace shop {\ntemplate <typename T>\nclass Pool {\npublic:\n    explicit Pool(int n) : n_(n) {}\n    T take() const { return items.back(); }\nprivate:\n    std::vector<T> items;\n    int n_;\n};\nint count(const std::vector<int>& v) { int n = 0; for (auto x : v) n += x; return n; }\n}\n\n@implementation Cart {\n    shop::Pool<int> _pool;\n    std::map<std::string, std::vector<int>> _all;\n}\n- (instancetype)initWithName:(NSString *)name {\n    if ((self = [super init])) { _name = name; }\n    return self;\n}\n- (void)load {\n    for (const auto &pair : _all) { [self use:pair.first]; }\n    std::vector<int> sizes{1, 2};\n    auto *engine = new shop::Engine(3);\n    try {\n        engine->run<int>(sizes, 1);\n    } catch (const std::exception &e) {\n        [self fail:@(e.what())];\n    }\n    const int &first = sizes[0];\n    ::close(first);\n    self.size = static_cast<NSInteger>(sizes.size());\n    delete engine;\n}\n+ (int)shared { auto f = [=](int a) { return a; }; return f(1); }\n@end\n\nnamespace shop {\nclass Shelf final : public Base {\n public:\n  void show() override { draw(n); }\n};\n}\n", "Pool@5-13 Pool@8-8 take@9-9 count@14-14 initWithName@21-24 load@25-38 shared@39-39 Shelf@43-46 show@45-45" },
        { "objc", "@implementation Cart\n- (void)each:(void (^)(int a, NSString *b))block { self.block = block; }\n- (void)metrics:(void (^)(int a))block CART_AVAILABLE(ios(10), macosx(10.12)) {\n  [self a];\n}\n@end\n@interface Shelf : NSObject\n@property (nonatomic) NSString *name CART_API_AVAILABLE(ios(10), tvos(10));\n@end\n", "each@2-2 metrics@3-5 Shelf@7-9" },
        { "c", "int run(int (*)(int), void (*f)(int *, char *)) { return op(^, 1, 2) + op2(a, +); }\nint last(void) { return 1; }\n", "run@1-1 last@2-2" },
        { "powershell", "function Get-Cart {\n    Get-Module Axiom, Format, Cart.Tools | Remove-Module\n    Get-ChildItem -Path $path -Include *.ps1, *.psm1 -Recurse\n    Mock Write-Host { }\n    Mock Write-Item {}\n    $a = {}\n    $b = {\n        # nothing\n    }\n    [System.SuppressMessage('Rule', '')]\n    $c = 1\n}\nfunction Read-Path { param($Path) Get-Content -Path $Path }\nfunction Get-Name { [CmdletBinding()] param ([string] $Name) 'real' }\nclass Empty { }\nfunction Get-Nothing {}\nfunction Get-Last { 1 }\n", "Get-Cart@1-12 $b@7-9 Read-Path@13-13 Get-Name@14-14 Empty@15-15 Get-Nothing@16-16 Get-Last@17-17" },
        { "c", "struct SHOP_PACKED box { int a; };\nstatic box const first(int a) { return all[a]; }\nbox const *second(int a) { return all + a; }\nl_inline const char *third(int a) { return 0; }\nint last(void) { return 1; }\n", "box@1-1 first@2-2 second@3-3 third@4-4 last@5-5" },
        { "bash", "load() {\n  files=(\"$SRC\"/*.sh(N))\n  for f in $HOME/*(.N) **/*.zsh(ND.); do echo $f; done\n}\nlist() { echo \"${(F)var[@]}\" ${(s:,:)x} ${(@k)y}; }\nlast() { echo ok; }\n", "load@1-4 list@5-5 last@6-6" },
        { "scala", "enum Color(val rgb: Int):\n  case Red extends Color(1)\n  def dark = rgb / 2\nend Color\n\nobject Main:\n  def run(a: Int): Unit =\n    if a > 1 then\n      go(a)\n    end if\n  end run\n  class In:\n    def x = 1\n  end In\nend Main\n\ndef last = 2\n", "Color@1-4 dark@3-3 Main@6-15 run@7-11 In@12-14 x@13-13 last@17-17" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Extract_ValidCode_HasRightRangesAndNoErrors(string language, string text, string expected)
    {
        var file = TreeSitterText.Extract(language, text);

        Assert.Equal(expected.Split(' ').Order(),
            file.Snippets.Select(snippet => $"{snippet.Name}@{snippet.Span.StartLine}-{snippet.Span.EndLine}").Order());
        Assert.Empty(file.Snippets.Where(snippet => snippet.HasErrors).Select(snippet => snippet.Name));
    }

    /// <summary>What the parser does not see is read from the text all the same.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void Extract_ReplacedText_IsInTheTokens(string language, string text, string expected)
    {
        // The grammar of PowerShell hides some keywords in every text.
        if (language == "powershell")
        {
            return;
        }

        Assert.NotEmpty(expected);
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = TreeSitterText.Extract(language, text).Tokens;

        Assert.Equal(Squeeze(text), Squeeze(string.Concat(Enumerable.Range(0, tokens.Count).Select(i => Encoding.UTF8.GetString(tokens.Text(bytes, i))))));
    }

    [Theory]
    [InlineData("function Add {\n  . $PSScriptRoot/cart.ps1\n  Import-Module $PSScriptRoot\\cart.psm1\n  $half = $all/2\n}\n")]
    [InlineData("function Add {\n  \"$name # $id\"\n}\nfunction Sum { 1 }\n")]
    public void Extract_PowerShell_HasNoErrors(string text) => Assert.False(TreeSitterText.Extract("powershell", text).HasErrors);

    [Fact]
    public void Extract_FunctionsThatDifferInAMacro_HaveOtherTokens()
    {
        static string Tokens(string text)
        {
            var file = TreeSitterText.Extract("c", text);
            return string.Join(' ', Enumerable.Range(0, file.Tokens.Count).Select(i => Encoding.UTF8.GetString(file.Tokens.Text(Encoding.UTF8.GetBytes(text), i))));
        }

        Assert.NotEqual(Tokens("A_INLINE const char *f(int a) { return 0; }"), Tokens("A_EXPORT const char *f(int a) { return 0; }"));
        Assert.Equal("A_INLINE const char * f ( int a ) { return 0 ; }", Tokens("A_INLINE const char *f(int a) { return 0; }"));
    }

    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
