using XCoder.Agents.Generation;
using XCoder.Agents.Licences;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Generation;

public sealed class SurroundingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stack.py", "class Stack:\n    \"\"\"A stack.\n    Grows as it must.\"\"\"\n\n    limit = 10  # most items\n\n    def __init__(self):\n        self.items = []\n\n    # adds\n    @checked\n    def push(self, item):\n        if len(self.items) < self.limit:\n            self.items.append(item)\n\n    def clear(self):\n        self.items = []\n",
        "push", "class Stack:\n    limit = 10  # most items", true)]
    [InlineData("stack.go", "package s\n\n// Stack holds numbers.\ntype Stack struct {\n\titems []int // newest last\n}\n\nfunc (s *Stack) Push(item int) {\n\ts.items = append(s.items, item)\n}\n\nfunc Size(items []int) int { return len(items) }\n",
        "Push", "type Stack struct {\n\titems []int // newest last\n}", true)]
    [InlineData("stack.rs", "pub struct Stack {\n    items: Vec<i32>,\n}\n\nimpl Stack {\n    pub fn push(&mut self, item: i32) {\n        self.items.push(item);\n    }\n}\n",
        "push", "pub struct Stack {\n    items: Vec<i32>,\n}", true)]
    [InlineData("Text.java", "class Text {\n  private static final int MOST = 3;\n\n  static String cut(String text) {\n    return text.substring(0, Math.min(MOST, text.length()));\n  }\n\n  static int twice(int number) {\n    return 2 * number;\n  }\n}\n",
        "cut", "class Text {\n  private static final int MOST = 3;\n}", true)]
    [InlineData("Text.java", "class Text {\n  private static final int MOST = 3;\n\n  static String cut(String text) {\n    return text.substring(0, Math.min(MOST, text.length()));\n  }\n\n  static int twice(int number) {\n    return 2 * number;\n  }\n}\n",
        "twice", "class Text {\n  private static final int MOST = 3;\n}", false)]
    [InlineData("shape.ts", "export class Shape {\n  private width = 1;\n  area(): number {\n    return this.width * this.width;\n  }\n}\n",
        "area", "export class Shape {\n  private width = 1;\n}", true)]
    [InlineData("shape.rb", "class Shape\n  attr_reader :width\n\n  def area\n    @width * @width\n  end\nend\n",
        "area", "class Shape\n  attr_reader :width\nend", true)]
    [InlineData("Over.java", "class Over {\n  private int count;\n\n  @Override\n  static int twice(int base) {\n    List<String> names = null; // a@b.c\n    return 2 * base;\n  }\n}\n", "twice", "class Over {\n  private int count;\n}", false)]
    [InlineData("Types.java", "class Types {\n  static final List<String> NAMES = null;\n\n  static List<String> twice(List<String> names) {\n    List<String> all = names;\n    return all;\n  }\n}\n", "twice", "class Types {\n  static final List<String> NAMES = null;\n}", false)]
    [InlineData("Count.cs", "class Count\n{\n    private int _n;\n    public int Next(int step) => _n += step;\n}\n", "Next", "class Count\n{\n    private int _n;\n}", true)]
    [InlineData("base.py", "class Tools:\n    @staticmethod\n    def first(base):\n        return base[0]\n", "first", "class Tools:", false)]
    [InlineData("free.py", "def free(items):\n    return sorted(items)\n", "free", "", false)]
    public void Type_OfASnippet_HasItsFieldsAndNotItsOtherMembers(string file, string code, string name, string type, bool needsState)
    {
        var found = Read((file, code))[name];

        Assert.Equal(type, found.Type);
        Assert.Equal(needsState, found.NeedsState);
    }

    [Fact]
    public void Calls_OfASnippet_AreTheirSignaturesWhereOneFunctionHasTheName()
    {
        var found = Read(
            ("LICENSE", AgentCorpus.Mit),
            ("main.py", "def clean(text, *, strict=False):\n    return text.strip()\n\n\ndef outer(text):\n    def inner(word):\n        return clean(word)\n    return [inner(word) for word in split_words(text) if print(word) or ambiguous(word)]\n"),
            ("words.py", "def split_words(text: str) -> list:\n    return text.split()\n\n\ndef ambiguous(a):\n    return a\n"),
            ("other.py", "def ambiguous(a, b):\n    return a + b\n"),
            ("words.js", "function split_words(text) {\n  return text.split(' ');\n}\n"));

        Assert.Equal(["def clean(text, *, strict=False)", "def split_words(text: str) -> list"], found["outer"].Calls.Select(call => call.TrimEnd(':')));
        Assert.Empty(found["clean"].Calls);
    }

    [Fact]
    public void Calls_OfAFileWhoseLicenceIsNotAllowed_AreLeftOut()
    {
        var found = Read(
            ("LICENSE", AgentCorpus.Mit),
            ("main.py", "def outer(text):\n    return split_words(text) + join_words(text)\n"),
            ("free.py", "def join_words(text):\n    return ' '.join(text)\n"),
            ("words.py", "# SPDX-License-Identifier: GPL-3.0-only\ndef split_words(text):\n    return text.split()\n"));

        Assert.Equal(["def join_words(text)"], found["outer"].Calls.Select(call => call.TrimEnd(':')));
    }

    [Fact]
    public void Type_OfManyFields_IsCut()
    {
        var fields = string.Concat(Enumerable.Range(0, 200).Select(i => $"    field_{i} = \"{new string('x', 400)}\"\n"));
        var found = Read(("big.py", $"class Big:\n{fields}    def area(self):\n        return self.field_1\n"));

        Assert.InRange(found["area"].Type.Length, 100, 5000);
        Assert.EndsWith("\n…", found["area"].Type, StringComparison.Ordinal);
    }

    private Dictionary<string, CodeSurroundings> Read(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            _folder.Write("tree/" + name, text);
        }

        CliProcess.Run(_folder.Root, "index", "tree", "--no-embed", "--workspace", "ws").Expect(0);
        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        var rows = store.RowIds(StoreSelection.All).ToList();
        var snippets = store.Snippets(rows);
        return SurroundingsReader.Read(store, rows, LicencePolicy.Parse("permissive")).GroupBy(item => snippets[item.Key].Name)
            .ToDictionary(group => group.Key, group => group.First().Value);
    }
}
