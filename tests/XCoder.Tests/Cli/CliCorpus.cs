using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>A small repository, indexed once for a class of tests.</summary>
public sealed class CliCorpus : IDisposable
{
    public const string Copied = "    total = 0\n    for value in values:\n        if value > limit:\n            total += value * 2\n        else:\n            total -= value\n    return total, limit, values\n";

    private readonly TemporaryFolder _folder = new();

    public CliCorpus()
    {
        _folder.WriteGit("shop");
        _folder.Write("shop/a.py", $"class Basket:\n    \"\"\"Holds things.\"\"\"\n\ndef first(values, limit):\n    \"\"\"Sums.\"\"\"\n{Copied}");
        _folder.Write("shop/b/b.py", $"def first(values, limit):\n{Copied}");
        _folder.Write("shop/C.java", "package p;\npublic class C {\n  int twice(int a) { return a * 2; }\n}\n");
        _folder.Write("shop/D.cs", "namespace N;\npublic class D\n{\n    public int Twice(int a) => a * 2;\n}\n");
        _folder.Write("shop/notes.txt");
        CliProcess.Run(Root, "index", "shop", "--workspace", "ws").Expect(0);
    }

    public string Root => _folder.Root;

    public void Dispose() => _folder.Dispose();

    internal CliResult Run(params string[] arguments) => CliProcess.Run(Root, [.. arguments, "--workspace", "ws"]);

    internal string Write(string path, string text) => _folder.Write(path, text);
}
