using XCoder.Agents.Mining;
using XCoder.Agents.Mining.Translations;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Mining;

/// <summary>Profiles of code written in tests, read as mining reads them: parsed, stored, tokens and all.</summary>
internal static class MinedProfiles
{
    private static readonly LanguageCatalog Catalog = LanguageCatalog.Open();

    /// <summary>Profiles of the first function of each file.</summary>
    public static IReadOnlyList<FunctionProfile> Of(params (string File, string Code)[] files)
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < files.Length; i++)
        {
            folder.Write(Path.Combine("code", $"{i}", files[i].File), files[i].Code);
        }

        var workspace = WorkspaceFolder.Create(Path.Combine(folder.Root, "ws"));
        new Indexer(workspace, Catalog, new IndexOptions { Threads = 1, Resolve = false }).Run([Path.Combine(folder.Root, "code")]);
        using var store = workspace.OpenStore();
        var reader = new ProfileReader();
        return [.. store.Briefs().Where(brief => !brief.Kind.IsStructure()).GroupBy(brief => brief.File).Select(file => file.First())
            .Select(brief => (Origin: store.Origins([brief.Row]).Single(), Profile: reader.Read(brief, store.File(brief.File), 1)))
            .OrderBy(item => item.Origin.Snippet.Path, StringComparer.Ordinal).Select(item => item.Profile)];
    }
}
