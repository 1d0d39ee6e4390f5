using XCoder.Agents.Licences;
using XCoder.Analysis.Model;
using XCoder.Analysis.Seeds;

namespace XCoder.Agents.Generation;

/// <summary>The seeds of a run in order, and counts of those left out.</summary>
internal sealed class SeedPool
{
    // Selects more seeds than rows, because the scheduler serves cells by need and not in the order of the seeds.
    private const int LeastSeeds = 1000;
    private const int SeedsARow = 2;

    private SeedPool(IReadOnlyList<PlannedSeed> seeds, int unlicensed, IReadOnlyDictionary<SeedRejection, int> rejected,
        int stateful) => (Seeds, Unlicensed, Rejected, Stateful) = (seeds, unlicensed, rejected, stateful);

    /// <summary>The seeds, best first.</summary>
    public IReadOnlyList<PlannedSeed> Seeds { get; }

    /// <summary>Seeds left out because of their licence.</summary>
    public int Unlicensed { get; }

    /// <summary>Functions that cannot be seeds, by reason; of the licensed and unlicensed ones alike.</summary>
    public IReadOnlyDictionary<SeedRejection, int> Rejected { get; }

    /// <summary>Seeds that no translation starts from, because they use the state of an object; 0 where a run translates nothing.</summary>
    public int Stateful { get; }

    /// <summary>Selects the seeds of a run.</summary>
    public static SeedPool Open(AgentWorkspace workspace, GenerationOptions options, LicencePolicy licences, CancellationToken cancellation)
    {
        var (catalog, concepts) = (workspace.Catalog, workspace.Concepts);
        var wanted = new SeedOptions { Count = Math.Max(LeastSeeds, SeedsARow * options.Count), Seed = options.Seed, IsPerLanguage = true };

        // Each agent needs seeds of its own language, even if another language has the same function. Seeds of every language are selected,
        // because the language option restricts responses, not seeds.
        var selection = SeedAnalysis.Run(workspace.Workspace, concepts, workspace.Rule, workspace.Duplicates, workspace.Selection, null,
            catalog.FamilyOf, wanted, (code, documentation) => workspace.Benchmarks.Find(code, documentation) is not null, cancellation);
        var rows = selection.Seeds.ToDictionary(seed => seed.Snippet.Id, seed => workspace.Store.FindSnippet(seed.Snippet.Id)!.Value);
        var origins = workspace.Store.Origins(rows.Values).ToDictionary(origin => origin.Row, origin => origin.Licence?.Spdx);
        var byId = concepts.Concepts.ToDictionary(concept => concept.Id);
        var languages = new Dictionary<string, HashSet<string>>();
        var (seeds, unlicensed) = (new List<PlannedSeed>(), 0);
        var (isTranslating, stateful) = (options.Kinds.Any(kind => kind.IsTaskGiven), 0);
        var around = isTranslating ? SurroundingsReader.Read(workspace.Store, rows.Values, licences) : [];
        foreach (var seed in selection.Seeds)
        {
            if (!licences.Allows(origins[rows[seed.Snippet.Id]]))
            {
                unlicensed++;
                continue;
            }

            var family = catalog.FamilyOf(seed.Snippet.Language);
            var isStateful = around.GetValueOrDefault(rows[seed.Snippet.Id])?.NeedsState == true;
            stateful += isStateful ? 1 : 0;
            seeds.Add(new PlannedSeed(rows[seed.Snippet.Id], seed.Snippet.Id, family, seed.Concept, seed.Label ?? "",
                seed.Concept is { } concept ? Languages(concept) : new HashSet<string> { family }, !isStateful));
        }

        return new SeedPool(seeds, unlicensed, selection.Rejected, stateful);

        HashSet<string> Languages(string concept)
        {
            if (languages.TryGetValue(concept, out var known))
            {
                return known;
            }

            var nodes = concepts.Index.Nodes;
            var members = byId[concept].Members;
            return languages[concept] = [.. members.Select(node => catalog.FamilyOf(nodes.Languages[nodes.Language[node]]))];
        }
    }
}

/// <summary>A seed as the scheduler sees it.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="Id">Id of the snippet.</param>
/// <param name="Language">Language id; for a dialect, that of its main language.</param>
/// <param name="Concept">Id of its concept, or null.</param>
/// <param name="Label">Label of its concept; empty when there is none.</param>
/// <param name="Languages">Languages that have the concept; only its own when there is no concept.</param>
/// <param name="IsSelfContained">Whether it can be called on its own, so that a translation can be compared with it.</param>
internal sealed record PlannedSeed(long Row, string Id, string Language, string? Concept, string Label, IReadOnlySet<string> Languages,
    bool IsSelfContained = true);
