using System.Text;
using System.Text.Json;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Seeds;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Extraction.Containers;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Analysis.Store;
using Xunit;

namespace XCoder.Tests.Analysis.Indexing;

/// <summary>Code in notebooks and components, from the file to duplicates, coverage and seeds.</summary>
public sealed class ContainerIndexTests : IDisposable
{
    private const string Median = "def median(values):\n    \"\"\"The middle of the values, or the mean of the two in the middle.\"\"\"\n    ordered = sorted(values)\n    half = len(ordered) // 2\n    if len(ordered) % 2 == 1:\n        return ordered[half]\n    return (ordered[half - 1] + ordered[half]) / 2";
    private const string Clamp = "function clamp(value, low, high) {\n  if (low > high) {\n    throw new Error('low is above high');\n  }\n  return Math.min(high, Math.max(low, value));\n}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Index_OfANotebook_HasLinesOfItsJsonAndCodeOfItsCells()
    {
        var json = NotebookReaderTests.Notebook("python", "%matplotlib inline\nimport os\n!pip install x", Median + "\n\nmedian([1])", "%%bash\nfunction f() { ls; }", "class Pair:\n    %time\n    def sum(self):\n        files = !ls '(\n        return self.a + self.b\n");
        _folder.Write("a/n.ipynb", json);
        _folder.Write("a/m.py", "\n\n" + Median + "\n");

        var workspace = Index();
        var snippets = Snippets(workspace);

        Assert.Equal(["m.py median", "n.ipynb median", "n.ipynb Pair", "n.ipynb Pair.sum"], snippets.Select(snippet => $"{snippet.Path} {snippet.QualifiedName}"));
        Assert.All(snippets, snippet => Assert.Equal("python", snippet.Language));
        Assert.All(snippets, snippet => Assert.False(snippet.HasErrors));
        var lines = json.Split('\n');
        foreach (var snippet in snippets.Where(snippet => snippet.Path == "n.ipynb"))
        {
            var code = Code(snippet.Id).Split('\n');
            Assert.Contains(Encoded(code[0]), lines[snippet.Span.StartLine - 1], StringComparison.Ordinal);
            Assert.Contains(Encoded(code[^1]), lines[snippet.Span.EndLine - 1], StringComparison.Ordinal);
        }

        Assert.Equal(Median, Code(snippets[1].Id));
        Assert.Contains("files = !ls '(", Code(snippets[3].Id), StringComparison.Ordinal);
        Assert.Equal(snippets[0].Documentation, snippets[1].Documentation);
        Assert.Equal(snippets[0].Tokens, snippets[1].Tokens);

        var group = Assert.Single(workspace.Duplicates().Groups);
        Assert.Equal((DuplicateKind.Exact, "m.py n.ipynb"), (group.Kind, string.Join(' ', group.Members.Select(member => member.Path))));
    }

    [Fact]
    public void Index_OfCommandsInFunctions_ComparesThem()
    {
        var function = "def report(folder, names):\n    out = !ls {0}\n    found = [name for name in names if name in out]\n    print(len(found), folder, names, out)\n    return found";
        _folder.Write("a/one.ipynb", NotebookReaderTests.Notebook("python", function.Replace("{0}", "-l", StringComparison.Ordinal)));
        _folder.Write("a/two.ipynb", NotebookReaderTests.Notebook("python", "x = 1", function.Replace("{0}", "-l", StringComparison.Ordinal)));
        _folder.Write("a/three.ipynb", NotebookReaderTests.Notebook("python", function.Replace("{0}", "-a", StringComparison.Ordinal)));

        var exact = Assert.Single(Index().Duplicates().Groups, group => group.Kind == DuplicateKind.Exact);

        Assert.Equal(["one.ipynb", "two.ipynb"], exact.Members.Select(member => member.Path));
    }

    [Fact]
    public void Index_OfCommands_LosesNoText()
    {
        _folder.Write("a/n.ipynb", NotebookReaderTests.Notebook("python", "%time f('a', \\\n  2)\n!ls *.py | grep \"x\nnp.array??", "x = !echo 'it", "def f(a):\n    ?a\n    b = %timeit -n 1 g(a, [1])\n    return b\ny = (1,\n", "z = '''text"));

        Index();

        using var store = SnippetStore.Open(Path.Join(_folder.Root, "ws"));
        var file = Assert.Single(store.Files(StoreSelection.Of([("a", "")])));
        var tokens = Enumerable.Range(0, file.Tokens.Count).Select(token => Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token)));
        Assert.Equal(Bare(Encoding.UTF8.GetString(file.Text)), Bare(string.Concat(tokens)));

        static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void Index_OfACellThatIsLeftOpen_ReadsTheOthers()
    {
        _folder.Write("a/n.ipynb", NotebookReaderTests.Notebook("python", "print(1", Median, "s = \"\"\"", "def f():\n    return 1\n\nx = [", "for", Median.Replace("median", "middle", StringComparison.Ordinal)));

        Assert.Equal(["median False", "f False", "middle False"], Snippets(Index()).Select(snippet => $"{snippet.Name} {snippet.HasErrors}"));
        Assert.Equal(1, Open().Coverage().Files.WithErrors);
    }

    [Fact]
    public void Index_OfComponents_HasTheirLinesAndFindsDuplicates()
    {
        var vue = $"<!-- top -->\r\n<template>\r\n  <p>{{{{ x }}}}</p>\r\n</template>\r\n\r\n<script>\r\nexport default {{\r\n  name: 'card',\r\n  data() {{ return {{ x: 1 }}; }},\r\n}};\r\n</script>\r\n<script setup>\r\nconst twice = (a) => a * 2;\r\n{Clamp.ReplaceLineEndings("\r\n")}\r\n</script>\r\n<style>p {{ color: red }}</style>\r\n";
        _folder.Write("a/Card.vue", Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(vue)).ToArray());
        _folder.Write("a/Page.svelte", $"<script context=\"module\">\nexport const load = () => 1;\n</script>\n<script>\n{Clamp}\n  $: y = clamp(1, 2, 3);\n</script>\n<h1 on:click={{() => clamp(1)}}>{{y}}</h1>\n");
        _folder.Write("a/Typed.svelte", "<script lang=\"ts\">\n  function same<T>(a: T): T { return a; }\n</script>\n");
        _folder.Write("a/clamp.js", Clamp + "\n");

        var workspace = Index();
        var snippets = Snippets(workspace);

        Assert.Equal(["Card.vue:9-9 data", "Card.vue:13-13 twice", "Card.vue:14-19 clamp", "Page.svelte:2-2 load", "Page.svelte:5-10 clamp", "Typed.svelte:2-2 same", "clamp.js:1-6 clamp"],
            snippets.Select(snippet => $"{snippet.Path}:{snippet.Span.StartLine}-{snippet.Span.EndLine} {snippet.Name}"));
        Assert.All(snippets, snippet => Assert.False(snippet.HasErrors));
        Assert.Equal("typescript", snippets[5].Language);
        Assert.Equal(vue.IndexOf("function clamp", StringComparison.Ordinal), snippets[2].Span.StartByte);
        var group = Assert.Single(workspace.Duplicates().Groups);
        Assert.Equal((DuplicateKind.Exact, 3), (group.Kind, group.Members.Count));

        // What is not read is neither stored nor counted.
        using var store = SnippetStore.Open(Path.Join(_folder.Root, "ws"));
        Assert.DoesNotContain(store.Files(StoreSelection.Of([("a", "")])), file => Encoding.UTF8.GetString(file.Text) is var text && (text.Contains("color", StringComparison.Ordinal) || text.Contains("<p>", StringComparison.Ordinal) || text.Contains("on:click", StringComparison.Ordinal)));
        Assert.True(workspace.Coverage().Bytes < vue.Length + (3 * Clamp.Length));
    }

    [Fact]
    public void Index_OfAComponentInTwoLanguages_TakesTheOneThatReadsAll()
    {
        _folder.Write("a/x.svelte", $"<script lang=\"ts\" module>\n  export function f(a: number, b?: string): a is 1 {{ return a === 1; }}\n</script>\n<script>\n{Clamp}\n</script>\n");

        Assert.Equal(["typescript f", "typescript clamp"], Snippets(Index()).Select(snippet => $"{snippet.Language} {snippet.Name}"));
    }

    [Fact]
    public void Index_OfANotebookInCSharp_IsReadByTheCompiler()
    {
        _folder.Write("a/n.ipynb", NotebookReaderTests.Notebook("C#", "#r \"nuget: Example\"\nusing System;", "int Twice(int value)\n{\n    return value * 2;\n}", "class Pair\n{\n    public int Sum() => 1 + 2;\n}"));

        var snippets = Snippets(Index());

        Assert.Equal(["Twice", "Pair", "Sum"], snippets.Select(snippet => snippet.Name));
        Assert.All(snippets, snippet => Assert.Equal("csharp", snippet.Language));
        Assert.True(snippets[0].Span.StartLine > 15);
        Assert.Equal((0, 1), IndexAgain());
    }

    [Fact]
    public void Index_AfterAChange_EqualsOneFromScratch()
    {
        _folder.Write("a/n.ipynb", NotebookReaderTests.Notebook("python", Median));
        _folder.Write("a/c.vue", $"<script>\n{Clamp}\n</script>\n");
        Index();
        Assert.Equal((0, 2), IndexAgain());

        _folder.Write("a/n.ipynb", NotebookReaderTests.Notebook("python", "x = 1", Median).Replace("\"outputs\": []", "\"outputs\": [1,\n 2]", StringComparison.Ordinal));
        Assert.Equal((1, 1), IndexAgain());
        var grown = StoreDump.Of(Path.Join(_folder.Root, "ws"));
        Directory.Delete(Path.Join(_folder.Root, "ws"), recursive: true);
        Index();

        Assert.Equal(Stable(StoreDump.Of(Path.Join(_folder.Root, "ws"))), Stable(grown));

        static string Stable(string dump) => string.Join('\n', dump.Split('\n').Where(line => !line.Contains("generation", StringComparison.Ordinal)));
    }

    [Fact]
    public void Index_OfOutputs_StoresNothingOfThem()
    {
        _folder.Write("a/n.ipynb", NotebookReaderTests.Notebook("python", Median).Replace("\"outputs\": []", "\"outputs\": [{\"output_type\": \"stream\", \"text\": [\"password=hunter2\\n\"], \"data\": {\"source\": \"secret = 1\", \"cell_type\": \"code\"}}]", StringComparison.Ordinal));

        Index();

        using var store = SnippetStore.Open(Path.Join(_folder.Root, "ws"));
        var text = Encoding.UTF8.GetString(Assert.Single(store.Files(StoreSelection.Of([("a", "")]))).Text);
        Assert.Equal(Median, text.TrimEnd());
    }

    [Fact]
    public void Index_OfLargeOutputs_ReadsTheCode()
    {
        var large = NotebookReaderTests.Notebook("python", Median).Replace("\"outputs\": []", $"\"outputs\": [\"{new string('A', 5 << 20)}\"]", StringComparison.Ordinal);
        _folder.Write("a/n.ipynb", large);
        _folder.Write("a/c.vue", $"<script>\n{Clamp}\n</script>\n<style>{new string(' ', 2 << 20)}</style>");

        var workspace = Index();

        Assert.Equal("n.ipynb median", string.Join(' ', Snippets(workspace).Select(snippet => $"{snippet.Path} {snippet.Name}")));
        Assert.Equal(1, workspace.Coverage().Files.Skipped["too-large"]);
        Assert.True(workspace.Coverage().Bytes < 1000);
    }

    [Fact]
    public void Index_OfWhatHoldsNoCode_CountsItByReason()
    {
        _folder.Write("a/broken.ipynb", "{\"cells\": [");
        _folder.Write("a/empty.ipynb", "");
        _folder.Write("a/matlab.ipynb", NotebookReaderTests.Notebook("matlab", "x = 1"));
        _folder.Write("a/text.vue", "<template><p/></template>\n");
        _folder.Write("a/large.ipynb", NotebookReaderTests.Notebook("python", new string('#', (1 << 20) + 1)));
        _folder.Write("a/binary.ipynb", [0, 1, 2, 0, 0, 0, 3]);
        _folder.Write("a/cut.ipynb", NotebookReaderTests.Notebook("python", Median, "x")[..^200]);
        _folder.Write("a/.ipynb_checkpoints/n-checkpoint.ipynb", NotebookReaderTests.Notebook("python", Median));
        _folder.Write("a/.gitattributes", "*.ipynb linguist-language=Python\n*.vue linguist-language=C#\n");
        _folder.Write("a/named.vue", $"<script>\n{Clamp}\n</script>\n");

        var workspace = Index();
        var skipped = workspace.Coverage().Files.Skipped;

        Assert.Equal("binary 1, too-large 1, unknown-language 5, vendored 1", string.Join(", ", skipped.Select(skip => $"{skip.Key} {skip.Value}").Order()));
        Assert.Equal(["cut.ipynb python", "named.vue javascript"], Snippets(workspace).Select(snippet => $"{snippet.Path} {snippet.Language}"));
        Assert.Contains("broken.ipynb|reason=unknown-language|files=1|language=|detail=Jupyter notebook: it holds no cell of code (its JSON breaks off in line 1)", StoreDump.Of(Path.Join(_folder.Root, "ws")), StringComparison.Ordinal);
    }

    [Fact]
    public void Index_ReadsNoticesOfContainers()
    {
        _folder.WriteGit("a");
        _folder.Write("a/LICENSE", File.ReadAllText(Path.Combine(TestPaths.Root, "LICENSE")));
        var prose = NotebookReaderTests.Notebook("python", Median).Replace("\"cells\": [", "\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"Licensed under the GNU General Public License version 3.\"]},", StringComparison.Ordinal);
        _folder.Write("a/prose.ipynb", prose);
        _folder.Write("a/code.ipynb", NotebookReaderTests.Notebook("python", "# SPDX-License-Identifier: Apache-2.0\n" + Median));
        _folder.Write("a/plain.ipynb", NotebookReaderTests.Notebook("python", Median));
        _folder.Write("a/head.vue", $"<!-- SPDX-License-Identifier: AGPL-3.0-only -->\n<template/>\n<script>\n{Clamp}\n</script>\n");
        _folder.Write("a/inside.vue", $"<template>\n  <p>text</p>\n</template>\n<script>\n// SPDX-License-Identifier: BSD-3-Clause\n{Clamp}\n</script>\n");
        _folder.Write("a/made.svelte", $"<!-- @generated by tool -->\n<script>\n{Clamp}\n</script>\n");

        Index();

        var dump = StoreDump.Of(Path.Join(_folder.Root, "ws"));
        var licences = dump.Split('\n').Where(line => line.StartsWith("'file'", StringComparison.Ordinal)).Select(line => Field(line, "path") + " " + Field(line, "licence"));
        Assert.Equal(["code.ipynb Apache-2.0", "head.vue AGPL-3.0-only", "inside.vue BSD-3-Clause", "plain.ipynb MIT", "prose.ipynb GPL-3.0-only"], licences);
        Assert.Contains("path=made.svelte|reason=generated|", dump, StringComparison.Ordinal);

        static string Field(string line, string name) => line.Split('|').First(field => field.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
    }

    [Fact]
    public void Duplicates_OfEqualContainers_SpanTheirFiles()
    {
        var json = NotebookReaderTests.Notebook("python", Median);
        _folder.Write("a/one.ipynb", json);
        _folder.Write("a/two.ipynb", json);
        var vue = $"<template>\n</template>\n<script>\n{Clamp}\n</script>\n";
        _folder.Write("a/one.vue", vue);
        _folder.Write("a/two.vue", vue);

        var groups = Index().Duplicates().Groups.Where(group => group.Kind == DuplicateKind.File).ToDictionary(group => group.Members[0].Path, group => group.Members[0].Span.EndLine);

        Assert.Equal(json.Count(c => c == '\n'), groups["one.ipynb"]);
        Assert.Equal(vue.Count(c => c == '\n'), groups["one.vue"]);
    }

    [Fact]
    public void Seeds_OfContainers_AreChosenAsOthers()
    {
        _folder.Write("a/n.ipynb", NotebookReaderTests.Notebook("python", Median));
        _folder.Write("a/c.vue", $"<script>\n{Clamp}\n</script>\n");

        var workspace = Index();

        Assert.Equal(2, workspace.Coverage().Languages.Sum(language => language.Functions));
        Assert.Equal(["clamp", "median"], workspace.Seeds().Selection.Seeds.Select(seed => seed.Snippet.Name).Order());
    }

    private static string Encoded(string line) => JsonEncodedText.Encode(line).ToString();

    private string Code(string id)
    {
        using var store = SnippetStore.Open(Path.Join(_folder.Root, "ws"));
        return store.Code(id)!;
    }

    private List<Snippet> Snippets(Workspace workspace)
    {
        Assert.NotNull(workspace);
        using var store = SnippetStore.Open(Path.Join(_folder.Root, "ws"));
        return [.. store.Snippets(StoreSelection.Of([("a", "")]))];
    }

    private (int Extracted, int Unchanged) IndexAgain()
    {
        var result = Open().Index([Path.Join(_folder.Root, "a")], embed: false).Summary;
        return (result.Extracted, result.Unchanged);
    }

    private Workspace Index()
    {
        var workspace = Open();
        workspace.Index([Path.Join(_folder.Root, "a")], embed: false);
        return workspace;
    }

    private Workspace Open() => Workspace.Open(Path.Join(_folder.Root, "ws"), new WorkspaceOptions { Device = Device.Cpu, Threads = 2 });
}
