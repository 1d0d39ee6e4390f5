using System.Reflection;
using System.Runtime.InteropServices;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>
/// Bindings to tree-sitter's C interface and to our own functions (<c>grammars/native</c>), which share one library.
/// </summary>
internal static unsafe partial class Native
{
    private const string Library = "tree-sitter";

    // Only one copy is loaded: a second one would have its own crash guard.
    private static readonly Lazy<nint> Loaded = new(() => NativeLibrary.Load(LibraryPath(_folder ?? DefaultFolder, Library)));

    private static string? _folder;

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary>The folder that holds manifest, queries and libraries next to the program.</summary>
    public static string DefaultFolder => LibraryFiles.Folder("grammars");

    /// <summary>
    /// Chooses the folder to load the parser library from. Only the first call with a folder that contains the library
    /// has an effect, and none after the library has been loaded.
    /// </summary>
    public static void LoadFrom(string folder) =>
        Interlocked.CompareExchange(ref _folder, File.Exists(LibraryPath(folder, Library)) ? folder : null, null);

    /// <summary>Path of a library in <paramref name="folder"/>, with this system's file ending.</summary>
    public static string LibraryPath(string folder, string name) =>
        Path.Combine(folder, name + (OperatingSystem.IsMacOS() ? ".dylib" : ".so"));

    /// <summary>What <see cref="xc_first_error"/> returns when the limit is reached.</summary>
    public const long NoTime = -2;

    [DllImport(Library)]
    public static extern void* ts_parser_new();

    [DllImport(Library)]
    public static extern void ts_parser_delete(void* parser);

    [DllImport(Library)]
    public static extern byte ts_parser_set_language(void* parser, void* language);

    [DllImport(Library)]
    public static extern void* xc_parse(void* parser, byte* text, uint length, ulong limitNanoseconds);

    [DllImport(Library)]
    public static extern void* xc_parse_range(void* parser, byte* text, uint length, uint start, uint end, ulong limitNanoseconds);

    [DllImport(Library)]
    public static extern long xc_first_error(void* parser, byte* text, uint length, uint start, uint end, ulong limitNanoseconds);

    [DllImport(Library)]
    public static extern void ts_tree_delete(void* tree);

    [DllImport(Library)]
    public static extern SyntaxNode ts_tree_root_node(void* tree);

    [DllImport(Library)]
    public static extern uint ts_language_abi_version(void* language);

    [DllImport(Library)]
    public static extern uint ts_language_symbol_count(void* language);

    [DllImport(Library)]
    public static extern byte* ts_language_symbol_name(void* language, ushort symbol);

    [DllImport(Library)]
    public static extern int ts_language_symbol_type(void* language, ushort symbol);

    [DllImport(Library)]
    public static extern ushort ts_language_symbol_for_name(void* language, byte* name, uint length, byte isNamed);

    [DllImport(Library), SuppressGCTransition]
    public static extern uint ts_node_start_byte(SyntaxNode node);

    [DllImport(Library), SuppressGCTransition]
    public static extern uint ts_node_end_byte(SyntaxNode node);

    [DllImport(Library), SuppressGCTransition]
    public static extern ushort ts_node_symbol(SyntaxNode node);

    [DllImport(Library, EntryPoint = "ts_node_has_error"), SuppressGCTransition]
    private static extern byte NodeHasError(SyntaxNode node);

    [DllImport(Library, EntryPoint = "ts_node_is_named"), SuppressGCTransition]
    private static extern byte NodeIsNamed(SyntaxNode node);

    public static bool ts_node_has_error(SyntaxNode node) => NodeHasError(node) != 0;

    public static bool ts_node_is_named(SyntaxNode node) => NodeIsNamed(node) != 0;

    [DllImport(Library)]
    public static extern uint ts_node_child_count(SyntaxNode node);

    [DllImport(Library)]
    public static extern SyntaxNode ts_node_child(SyntaxNode node, uint index);

    [DllImport(Library)]
    public static extern void* ts_query_new(void* language, byte* source, uint length, uint* errorOffset, int* errorType);

    [DllImport(Library)]
    public static extern uint ts_query_pattern_count(void* query);

    [DllImport(Library)]
    public static extern uint ts_query_capture_count(void* query);

    [DllImport(Library)]
    public static extern byte* ts_query_capture_name_for_id(void* query, uint id, uint* length);

    [DllImport(Library)]
    public static extern byte* ts_query_string_value_for_id(void* query, uint id, uint* length);

    [DllImport(Library)]
    public static extern QueryPredicateStep* ts_query_predicates_for_pattern(void* query, uint pattern, uint* count);

    [DllImport(Library)]
    public static extern void* ts_query_cursor_new();

    [DllImport(Library)]
    public static extern void ts_query_cursor_delete(void* cursor);

    [DllImport(Library)]
    public static extern void ts_query_cursor_set_max_start_depth(void* cursor, uint depth);

    [DllImport(Library)]
    public static extern byte ts_query_cursor_next_match(void* cursor, QueryMatch* match);

    [DllImport(Library)]
    public static extern void* xc_walker_new();

    [DllImport(Library)]
    public static extern void xc_walker_delete(void* walker);

    [DllImport(Library)]
    public static extern int xc_walk(void* walker, void* tree, byte* classes, uint count, byte* layout);

    [DllImport(Library)]
    public static extern WalkEvent* xc_walker_events(void* walker, uint* count);

    [DllImport(Library)]
    public static extern SyntaxNode* xc_walker_nodes(void* walker, uint* count);

    [DllImport(Library)]
    public static extern int xc_guard_install(byte* program, byte** arguments);

    [DllImport(Library)]
    public static extern void xc_guard_restart();

    [DllImport(Library)]
    public static extern void xc_guard_stop(int code);

    [DllImport(Library)]
    public static extern void xc_guard_enter(int* state);

    [DllImport(Library)]
    public static extern void xc_guard_enter_managed(int* state);

    [DllImport(Library)]
    public static extern ulong xc_thread_time();

    [DllImport(Library)]
    public static extern void xc_query_exec(void* cursor, void* query, SyntaxNode node, ulong limitNanoseconds);

    /// <summary>
    /// Walks a tree. Events and nodes stay valid until the walker's next walk; nodes also require that their tree is
    /// alive.
    /// </summary>
    /// <returns>False if memory ran out.</returns>
    public static bool Walk(void* walker, void* tree, CompiledLanguage language, out ReadOnlySpan<WalkEvent> events,
        out ReadOnlySpan<SyntaxNode> nodes)
    {
        int walked;
        fixed (byte* classes = language.Classes, layout = language.Layout?.Nodes)
        {
            walked = xc_walk(walker, tree, classes, (uint)language.Classes.Length, layout);
        }

        uint eventCount, nodeCount;
        var firstEvent = xc_walker_events(walker, &eventCount);
        var firstNode = xc_walker_nodes(walker, &nodeCount);
        events = new ReadOnlySpan<WalkEvent>(firstEvent, (int)eventCount);
        nodes = new ReadOnlySpan<SyntaxNode>(firstNode, (int)nodeCount);
        return walked != 0;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Library ? Loaded.Value : 0;
}

/// <summary>Tree-sitter's <c>TSNode</c>. The tree must outlive it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SyntaxNode
{
    private fixed uint _context[4];
    private readonly void* _id;
    private readonly void* _tree;

    public readonly bool IsNull => _id == null;

    public readonly int StartByte => (int)Native.ts_node_start_byte(this);

    public readonly int EndByte => (int)Native.ts_node_end_byte(this);

    public readonly ushort Symbol => Native.ts_node_symbol(this);

    public readonly bool HasError => Native.ts_node_has_error(this);

    public readonly bool IsNamed => Native.ts_node_is_named(this);

    public readonly int ChildCount => (int)Native.ts_node_child_count(this);

    public readonly SyntaxNode Child(int index) => Native.ts_node_child(this, (uint)index);
}

/// <summary>An event of the walk in <c>grammars/native/walk.c</c>: a token, a comment, an error or a named node.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct WalkEvent
{
    public readonly uint Start;
    public readonly uint End;
    public readonly ushort Symbol;
    public readonly SymbolClass Class;
    private readonly byte _gap;

    /// <summary>For an entered node, its index among the nodes; for a token <see cref="uint.MaxValue"/>.</summary>
    public readonly uint Node;

    /// <summary>For a token, how many nodes of <see cref="LayoutRules.Nodes"/> ended since the token before it.</summary>
    public readonly ushort Closed;

    /// <summary>For a token, how many of those nodes began since the token before it.</summary>
    public readonly ushort Opened;

    /// <summary>
    /// For a token, whether blanks before it are text, as those between two interpolations of a string are; for a comment, whether it
    /// lies in what the parser does not understand.
    /// </summary>
    public bool IsVerbatim => (_gap & 1) != 0;

    /// <summary>For a token, whether it counts how many line ends are before it (<see cref="MeaningfulLayout.Breaks"/>).</summary>
    public bool IsBroken => (_gap & 2) != 0;
}
