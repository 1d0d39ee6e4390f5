using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Languages;

namespace XCoder.Tests;

/// <summary>The house's rules, read off its own source.</summary>
public class LayeringTests
{
    private const int MaxLines = 400;
    private const int MaxColumns = 140;

    private const string Library = "XCoder.Analysis";
    private const string Agents = "XCoder.Agents";
    private const string Server = "XCoder.Server";

    // The stages in the order of the design. Folders that are no stage (models of data, languages, text, numerics, chat) serve several.
    private static readonly Dictionary<string, string[]> Stages = new()
    {
        [Library] = ["Repositories", "Extraction", "Indexing", "Store", "Embeddings", "Semantic", "TextSearch", "Duplicates", "Settings", "Changes", "Concepts", "Seeds", "Reports"],
        [Agents] = ["Mining", "Dialogue", "Generation", "Verification", "Export", "Purge", "Reports"],
        [Server] = ["Index", "Mcp", "Pages"],
    };

    // Where an arrow of the tables below runs against that order, and why.
    private static readonly Dictionary<(string From, string To), string> Against = new()
    {
        [("Indexing", "Store")] = "Indexing writes what it extracts to the store: data and reference run the same way.",
        [("Generation", "Verification")] = "An answer is verified while it is generated, so that a better one can be asked for.",
    };

    // Files that hold algorithms, by the last word of their name: they work on what they are given and do no I/O.
    private static readonly string[] Algorithms =
    [
        "Agglomeration", "Axes", "Builder", "Chooser", "Classes", "Comparer", "Comparison", "Counter", "Detector", "Estimate", "Extractor",
        "Filter", "Finder", "Fingerprint", "Forces", "Gate", "Graph", "Graphs", "Groups", "Hasher", "Heap", "Index", "Judge", "Labeller", "Layout",
        "Matcher", "Matrix", "Mutator", "Nesting", "Normalizer", "Pairs", "Parser", "Rater", "Rerank", "Scan", "Scanner", "Search",
        "Selector", "Sorter", "Splitter", "Statistics", "Tokenizer", "Vocabulary", "Wildmatch", "Words",
    ];

    // Files with such a name that do I/O all the same, and why.
    private static readonly Dictionary<string, string> DoIO = new()
    {
        [Path.Combine(Library, "Repositories", "Licences", "LicenceFinder.cs")] = "It looks for licence files in the folders of a repository.",
    };

    // What reaches files, programs, the network, the environment and the database.
    private static readonly string[] Doors =
        ["File", "Directory", "Console", "Process", "Environment", "AsideFile", "WorkspaceFile", "ProgramStart", "NativeFiles"];

    private static readonly string[] Handles =
        ["FileStream", "FileInfo", "DirectoryInfo", "DriveInfo", "FileSystemWatcher", "HttpClient", "Process", "ProcessStartInfo", "SqliteConnection", "Socket", "TcpClient"];

    // A folder of the library, and the folders it may use.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Model"] = [],
        ["Onnx"] = [],
        ["Languages"] = ["Model"],
        ["Repositories"] = ["Model"],
        ["Text"] = ["Model", "Repositories"],
        ["Extraction"] = ["Model", "Languages", "Text"],
        ["Store"] = ["Model", "Repositories", "Text"],
        ["Vectors"] = ["Model", "Onnx", "Text"],
        ["Embeddings"] = ["Model", "Onnx", "Languages", "Repositories", "Text", "Extraction", "Store", "Vectors"],
        ["Indexing"] = ["Model", "Languages", "Repositories", "Text", "Extraction", "Store", "Vectors"],
        ["Semantic"] = ["Model", "Languages", "Text", "Extraction", "Store", "Vectors", "Embeddings"],
        ["TextSearch"] = ["Model", "Store", "Vectors", "Embeddings", "Semantic"],
        ["Duplicates"] = ["Model", "Languages", "Text", "Extraction", "Store", "Vectors", "Embeddings", "Semantic"],
        ["Settings"] = ["Model", "Languages", "Repositories", "Text", "Store", "Duplicates"],
        ["Changes"] = ["Model", "Languages", "Repositories", "Text", "Extraction", "Indexing", "Store", "Vectors", "Semantic", "Duplicates", "Settings"],
        ["Concepts"] = ["Model", "Text", "Extraction", "Store", "Vectors", "Embeddings", "Duplicates", "Semantic"],
        ["Seeds"] = ["Model", "Text", "Store", "Duplicates", "Semantic", "Concepts"],
        ["Reports"] = ["Model", "Text", "Indexing", "Duplicates", "Semantic", "Settings", "Changes", "Concepts", "Seeds"],
    };

    // The same of the agents' library.
    private static readonly Dictionary<string, string[]> AgentArrows = new()
    {
        ["Rows"] = [],
        ["Prompts"] = ["Rows"],
        ["Memory"] = ["Rows"],
        ["Store"] = ["Rows", "Memory"],
        ["Redaction"] = [],
        ["Licences"] = ["Rows"],
        ["Decontamination"] = ["Rows"],
        ["Chat"] = ["Rows", "Prompts", "Store"],
        ["Dialogue"] = ["Rows", "Prompts", "Memory", "Chat"],
        ["Verification"] = ["Rows", "Store", "Chat", "Dialogue"],
        ["Mining"] = ["Rows", "Prompts", "Store", "Redaction", "Licences", "Decontamination"],
        ["Generation"] = ["Rows", "Prompts", "Memory", "Store", "Redaction", "Licences", "Decontamination", "Chat", "Dialogue", "Verification"],
        ["Export"] = ["Rows", "Redaction", "Licences", "Decontamination"],
        ["Purge"] = ["Rows", "Store", "Export"],
        ["Reports"] = ["Rows", "Store"],
    };

    // The same of the server: what it keeps of a workspace, the pages that show it, the protocol that it speaks, and on top the plugin with the same tools.
    private static readonly Dictionary<string, string[]> ServerArrows = new() { ["Index"] = [], ["Mcp"] = ["Index"], ["Pages"] = ["Index", "Mcp"] };

    // The compiler that reads C# knows that it does.
    private static readonly string[] NamesLanguages = [Path.Combine("Extraction", "Roslyn")];

    private static readonly string StartsPrograms = Path.Combine(Agents, "Verification", "Sandbox", "ProgramStart.cs");

    private static readonly Lazy<List<(string Path, CompilationUnitSyntax Root)>> Parsed = new(Parse);

    // A library, the folder of it that may use all others, and the arrows among those.
    public static TheoryData<string, string> Libraries => new() { { Library, "Engine" }, { Agents, "Engine" }, { Server, "Plugin" } };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Folders_OfALibrary_UseOnlyTheLayersBelow(string library, string top)
    {
        var wrong = new List<string>();
        var arrows = ArrowsOf(library);
        foreach (var (path, root) in Sources().Where(source => source.Path.StartsWith(library + "/", StringComparison.Ordinal)))
        {
            var folder = path.Split('/')[1];
            var used = root.DescendantNodes().OfType<NameSyntax>().Select(name => name.ToString()).Where(name => name.StartsWith(library + ".", StringComparison.Ordinal))
                .Select(name => name.Split('.')).Where(parts => parts.Length > 2).Select(parts => parts[2]).Where(layer => layer != folder && (layer == top || arrows.ContainsKey(layer)));
            wrong.AddRange(used.Where(layer => folder != top && !arrows.GetValueOrDefault(folder, []).Contains(layer)).Distinct().Select(layer => $"{path} uses {layer}"));
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Folders_OfALibrary_AreLayers(string library, string top) =>
        Assert.All(Directory.EnumerateDirectories(Path.Combine(TestPaths.Root, "src", library)).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj", top]),
            folder => Assert.Contains(folder, ArrowsOf(library).Keys));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Arrows_OfALibrary_FollowTheOrderOfTheStages(string library, string top)
    {
        var stages = Stages[library];
        Assert.DoesNotContain(top, stages);
        Assert.All(stages, stage => Assert.Contains(stage, ArrowsOf(library).Keys));
        var against = ArrowsOf(library).SelectMany(folder => folder.Value.Select(used => (From: folder.Key, To: used)))
            .Where(arrow => Array.IndexOf(stages, arrow.From) is var from and >= 0 && Array.IndexOf(stages, arrow.To) > from);
        Assert.Equal(Against.Keys.Where(arrow => stages.Contains(arrow.From)).Order(), against.Order());
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Arrows_OfALibrary_GoInNoCircle(string library, string top)
    {
        var left = ArrowsOf(library).ToDictionary(folder => folder.Key, folder => folder.Value);
        Assert.DoesNotContain(top, left.Values.SelectMany(used => used));
        while (left.FirstOrDefault(folder => !folder.Value.Any(left.ContainsKey)).Key is { } lowest)
        {
            left.Remove(lowest);
        }

        Assert.Empty(left.Keys);
    }

    [Theory]
    [InlineData(Library, Agents)]
    [InlineData(Library, Server)]
    [InlineData(Agents, Server)]
    public void ALibrary_KnowsNoneAboveIt(string library, string above) =>
        Assert.DoesNotContain(Sources(), source => source.Path.StartsWith(library + "/", StringComparison.Ordinal) && source.Root.DescendantNodes().OfType<NameSyntax>().Any(name => name.ToString().StartsWith(above, StringComparison.Ordinal)));

    private static Dictionary<string, string[]> ArrowsOf(string library) => library switch { Library => Arrows, Agents => AgentArrows, _ => ServerArrows };

    [Fact]
    public void Sources_ButTheCompilers_NameNoLanguage()
    {
        var ids = LanguageCatalog.Open().Languages.Select(language => language.Id).ToHashSet();
        var named = Sources().Where(source => !NamesLanguages.Any(source.Path.Contains))
            .SelectMany(source => source.Root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken) && ids.Contains(token.ValueText)).Select(token => $"{source.Path}: {token}"));
        Assert.Empty(named);
    }

    [Fact]
    public void Sources_AreShort() =>
        Assert.DoesNotContain(Sources(), source => source.Root.GetText().Lines.Count >= MaxLines);

    [Fact]
    public void Sources_EndTheirLinesInTime()
    {
        var lines = Sources().SelectMany(source => source.Root.GetText().Lines.Where(line => line.Span.Length > MaxColumns)
            .Select(line => $"{source.Path}:{line.LineNumber + 1}")).ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines.Prepend($"{lines.Count} lines of src are longer than {MaxColumns} columns:")));
    }

    [Fact]
    public void Sources_OfAlgorithms_DoNoIO()
    {
        var sources = Sources().Select(source => (source.Path, source.Root, Word: LastWord(source.Path))).ToList();
        Assert.Empty(Algorithms.Except(sources.Select(source => source.Word)));
        var found = sources.Where(source => Algorithms.Contains(source.Word))
            .SelectMany(source => source.Root.DescendantNodes().Where(IsIO).Select(node => (source.Path, Node: $"{source.Path}: {node}"))).ToList();
        Assert.Empty(found.Where(io => !DoIO.ContainsKey(io.Path)).Select(io => io.Node));
        Assert.Empty(DoIO.Keys.Except(found.Select(io => io.Path)));

        static string LastWord(string path)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            return name[Math.Max(0, name.AsSpan().LastIndexOfAnyInRange('A', 'Z'))..];
        }
    }

    [Theory]
    [InlineData("File.Exists(path)", true)]
    [InlineData("System.IO.File.Exists(path)", true)]
    [InlineData("Environment.GetEnvironmentVariable(name)", true)]
    [InlineData("Console.Out", true)]
    [InlineData("new FileStream(path, FileMode.Open)", true)]
    [InlineData("new StreamReader(\"path\")", true)]
    [InlineData("new StreamReader(path)", true)]
    [InlineData("new StreamReader(stream, leaveOpen: true)", false)]
    [InlineData("new MemoryStream()", false)]
    [InlineData("snippet.File.CompareTo(other.File)", false)]
    [InlineData("Environment.ProcessorCount", false)]
    [InlineData("Environment.NewLine", false)]
    [InlineData("Path.GetFileName(path)", false)]
    public void IsIO_OfAnExpression_TellsWhatReachesOut(string expression, bool expected) =>
        Assert.Equal(expected, SyntaxFactory.ParseExpression(expression).DescendantNodesAndSelf().Any(IsIO));

    // Readers and writers of text open what they are given unless it is a stream; names tell.
    private static bool IsIO(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "ProcessorCount" or "NewLine" or "TickCount64" } => false,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: var type } } => Doors.Contains(type),
        MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var space, Name.Identifier.Text: var type } } =>
            space.ToString() is "System" or "System.IO" or "System.Diagnostics" or "IO" or "Diagnostics" && Doors.Contains(type),
        ObjectCreationExpressionSyntax made => made.Type.ToString().Split('.')[^1] switch
        {
            "StreamReader" or "StreamWriter" => !made.ArgumentList!.Arguments[0].ToString().Contains("stream", StringComparison.OrdinalIgnoreCase),
            var type => Handles.Contains(type),
        },
        _ => false,
    };

    [Fact]
    public void Sources_WriteToNoConsole()
    {
        var writes = Sources().SelectMany(source => source.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => access.ToString() is "Console.WriteLine" or "Console.Write" or "DateTime.Now" or "DateTime.UtcNow").Select(access => $"{source.Path}: {access}"));
        Assert.Empty(writes);
    }

    // Spectre reads markup in the texts that these are given, and breaks long lines; names of strangers are texts.
    [Fact]
    public void Consoles_AreWrittenTo_WithoutMarkup()
    {
        string[] wrappers = ["ReportConsole.cs", "ReportTable.cs", "ProgressDisplay.cs"];
        var users = Sources().Where(source => source.Root.DescendantNodes().OfType<UsingDirectiveSyntax>().Any(used => used.Name!.ToString().StartsWith("Spectre.Console", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(users);
        Assert.All(users, source => Assert.StartsWith("XCoder.Cli/", source.Path));
        Assert.Empty(users.SelectMany(source => source.Root.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.Text)
            .Where(name => name.StartsWith("Markup", StringComparison.Ordinal) || name is "FromMarkup" or "TaskDescriptionColumn" or "AddColumns").Select(name => $"{source.Path}: {name}")));
        Assert.Empty(users.Where(source => !wrappers.Contains(Path.GetFileName(source.Path))).SelectMany(source => source.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => access.ToString() is "console.Write" or "console.WriteLine" || access.Name.Identifier.Text is "AddColumn" or "AddRow").Select(access => $"{source.Path}: {access}")));
    }

    [Fact]
    public void Sources_StartProgramsInOnePlaceOnly()
    {
        string[] starts = ["Process.Start", "System.Diagnostics.Process.Start", "Diagnostics.Process.Start"];
        var wrong = Sources().Where(source => source.Path != StartsPrograms).SelectMany(source => source.Root.DescendantNodes()
            .Where(node => node is MemberAccessExpressionSyntax access && starts.Contains(access.ToString())
                || node is ObjectCreationExpressionSyntax made && made.Type.ToString().Split('.')[^1] is "ProcessStartInfo" or "Process"
                || node is ImplicitObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax declared } } && declared.Type.ToString().Split('.')[^1] is "ProcessStartInfo" or "Process"
                || node is LiteralExpressionSyntax literal && literal.Token.ValueText is "execve" or "execvp" or "execv" or "posix_spawn" or "posix_spawnp" or "popen")
            .Select(node => $"{source.Path}: {node}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sources_StartNoProgramByABareName() =>
        Assert.Empty(Sources().SelectMany(source => source.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression.ToString().EndsWith("ProgramStart.Start", StringComparison.Ordinal) && call.ArgumentList.Arguments[0].Expression is LiteralExpressionSyntax { Token.ValueText: var name } && !name.StartsWith('/'))
            .Select(call => $"{source.Path}: {call}")));

    private static List<(string Path, CompilationUnitSyntax Root)> Sources() => Parsed.Value;

    private static List<(string Path, CompilationUnitSyntax Root)> Parse()
    {
        var folder = Path.Combine(TestPaths.Root, "src");
        return [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file), File: file))
            .Where(source => source.Path.StartsWith("XCoder", StringComparison.Ordinal) && !source.Path.Contains("/obj/", StringComparison.Ordinal) && !source.Path.Contains("/bin/", StringComparison.Ordinal))
            .Select(source => (source.Path, CSharpSyntaxTree.ParseText(File.ReadAllText(source.File)).GetCompilationUnitRoot()))];
    }
}
