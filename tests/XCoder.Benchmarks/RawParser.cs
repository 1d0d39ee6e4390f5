using XCoder.Analysis.Languages;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks;

/// <summary>Parses and throws the tree away: what tree-sitter costs without us. One thread.</summary>
internal sealed unsafe class RawParser(LanguageCatalog catalog) : IDisposable
{
    private const ulong Limit = 3_000_000_000;

    private readonly void* _parser = Native.ts_parser_new();

    public void Dispose() => Native.ts_parser_delete(_parser);

    /// <summary>Whether the text was parsed within the limit.</summary>
    public bool Parse(byte[] text, Language language)
    {
        Native.ts_parser_set_language(_parser, catalog.Compile(language).Grammar);
        fixed (byte* start = text)
        {
            byte nothing = 0;
            var tree = Native.xc_parse(_parser, start == null ? &nothing : start, (uint)text.Length, Limit);
            if (tree == null)
            {
                return false;
            }

            Native.ts_tree_delete(tree);
            return true;
        }
    }
}
