using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;
using Xunit;

namespace XCoder.Tests.Analysis.Semantic;

/// <summary>The index that a check makes from the stored one and a few new functions.</summary>
public sealed class SemanticUpdateTests : IDisposable
{
    private static readonly string[] Things = ["invoice", "ticket", "packet", "window", "sensor", "ledger", "vector", "parcel", "branch", "memory"];
    private static readonly string[] Deeds = ["merge", "count", "filter", "encode", "validate", "rotate"];
    private static readonly SemanticIndexOptions Options = new() { Threads = 2 };

    private readonly TemporaryFolder _folder = new();

    public SemanticUpdateTests()
    {
        foreach (var thing in Things)
        {
            _folder.Write($"shop/py/{thing}.py", string.Join("\n\n", Deeds.Select((deed, i) => Python(thing, deed, i))));
            _folder.Write($"shop/js/{thing}.js", string.Join("\n\n", Deeds.Select((deed, i) => JavaScript(thing, deed, i))));
        }

        Open().Duplicates(new DuplicateQuery { Kinds = [DuplicateKind.Semantic] });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Margins_of_new_functions_are_about_those_of_a_new_index()
    {
        _folder.Write("shop/py/added.py", Python("shelf", "merge", 0) + "\n\n" + Python("invoice", "audit", 3));
        _folder.Write("shop/py/ledger.py", "# moved\n" + string.Join("\n\n", Deeds.Skip(1).Select((deed, i) => Python("ledger", deed, i + 1)))); // one is gone, the others have new rows
        var (update, full) = Both();
        Assert.NotNull(update);
        Assert.Equal(full.Nodes.Snippets, update.Nodes.Snippets);
        Assert.Equal(full.Nodes.NodeOf, update.Nodes.NodeOf);
        Assert.Equal(full.Nodes.Ports, update.Nodes.Ports);
        var edges = 0;
        for (var node = 0; node < full.Nodes.Functions; node++)
        {
            foreach (var edge in full.Graph[node])
            {
                var other = update.Graph.Edge(node, edge.Other);
                Assert.NotNull(other);
                Assert.Equal(edge.Cosine, other.Value.Cosine, 5);
                Assert.Equal(edge.Margin, other.Value.Margin, 0.03);
                edges++;
            }
        }

        Assert.True(edges > 500, $"{edges} edges");
    }

    [Fact]
    public void Nothing_new_gives_the_stored_pairs()
    {
        _folder.Write("shop/py/empty.py", "x = 1\n");
        var (update, full) = Both();
        Assert.Equal(full.Graph[5].ToArray(), update!.Graph[5].ToArray());
    }

    [Fact]
    public void Much_that_is_new_needs_a_new_index()
    {
        for (var i = 0; i < 100; i++)
        {
            _folder.Write($"shop/py/more{i}.py", Python($"thing{i}", $"deed{i}", i % 6));
        }

        Assert.Null(Both().Update);
    }

    [Theory]
    [InlineData("semantic.index")]
    [InlineData("semantic.neighbours")]
    public void A_damaged_file_needs_a_new_index(string name)
    {
        _folder.Write("shop/py/added.py", Python("shelf", "merge", 0));
        var path = Path.Combine(_folder.Root, "ws", name);
        var bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Null(Both().Update);
    }

    private static string Python(string thing, string deed, int kind) => $"def {deed}_{thing}(items, limit):\n" + (kind % 6) switch
    {
        0 => $"    result = []\n    for {thing} in items:\n        if {thing}.size > limit:\n            result.append({thing}.{deed}())\n    return result\n",
        1 => $"    total = 0\n    for {thing} in items:\n        total += {thing}.{deed}d * limit\n    return total / max(1, len(items))\n",
        2 => $"    while items and items[-1].{thing} != limit:\n        items.pop()\n    return [{thing}.{deed} for {thing} in items]\n",
        3 => $"    text = ','.join(str({thing}.{deed}) for {thing} in items)\n    if len(text) > limit:\n        raise ValueError('{thing} too long')\n    return text\n",
        4 => $"    if not items or limit < 0:\n        return False\n    return all({thing}.{deed} is not None and {thing}.{deed} < limit for {thing} in items)\n",
        _ => $"    first = items[limit:] + items[:limit]\n    for place, {thing} in enumerate(first):\n        {thing}.{deed} = place\n    return first\n",
    };

    private static string JavaScript(string thing, string deed, int kind) => $"function {deed}{char.ToUpperInvariant(thing[0])}{thing[1..]}(items, limit) {{\n" + (kind % 6) switch
    {
        0 => $"  const result = [];\n  for (const {thing} of items) {{\n    if ({thing}.size > limit) result.push({thing}.{deed}());\n  }}\n  return result;\n}}\n",
        1 => $"  let total = 0;\n  for (const {thing} of items) total += {thing}.{deed}d * limit;\n  return total / Math.max(1, items.length);\n}}\n",
        2 => $"  while (items.length && items[items.length - 1].{thing} !== limit) items.pop();\n  return items.map({thing} => {thing}.{deed});\n}}\n",
        3 => $"  const text = items.map({thing} => String({thing}.{deed})).join(',');\n  if (text.length > limit) throw new Error('{thing} too long');\n  return text;\n}}\n",
        4 => $"  if (!items.length || limit < 0) return false;\n  return items.every({thing} => {thing}.{deed} !== null && {thing}.{deed} < limit);\n}}\n",
        _ => $"  const first = items.slice(limit).concat(items.slice(0, limit));\n  first.forEach(({thing}, place) => {{ {thing}.{deed} = place; }});\n  return first;\n}}\n",
    };

    private Workspace Open()
    {
        var workspace = Workspace.Open(Path.Combine(_folder.Root, "ws"), new() { Device = Device.Cpu, Threads = 2 });
        workspace.Index([Path.Combine(_folder.Root, "shop")]);
        return workspace;
    }

    private (SemanticIndex? Update, SemanticIndex Full) Both()
    {
        var workspace = Open();
        var folder = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws"));
        using var store = folder.OpenStore();
        using var model = workspace.OpenModel();
        var tokenizer = Workspace.TokenizerOf(model);
        var update = SemanticUpdate.Run(folder, store, model, tokenizer, workspace.Catalog.FamilyOf, Options, default);
        return (update, SemanticIndex.Open(folder, model, tokenizer, workspace.Catalog.FamilyOf, DuplicateAnalysis.TextGroups, Options));
    }
}
