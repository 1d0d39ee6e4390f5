namespace XCoder.Analysis.Model;

/// <summary>Where a language's tree-sitter grammar comes from.</summary>
/// <param name="Package">npm package, pinned in <c>grammars/package.json</c>.</param>
/// <param name="Path">Folder of <c>parser.c</c> within the package.</param>
/// <param name="Symbol">Exported function that returns the language.</param>
/// <param name="Licence">SPDX id of the grammar's licence.</param>
public sealed record Grammar(string Package, string Path, string Symbol, string Licence);
