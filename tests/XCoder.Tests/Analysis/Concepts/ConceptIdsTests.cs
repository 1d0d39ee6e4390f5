using XCoder.Analysis.Concepts;

namespace XCoder.Tests.Analysis.Concepts;

public class ConceptIdsTests
{
    private static readonly ulong[][] First = [[1, 2, 3, 4], [5, 6, 7], [8, 9, 10, 11, 12, 13]];

    [Fact]
    public void Assign_FirstRun_IsOfTheContentAlone()
    {
        var ids = Assign(First, []);

        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{16}$", id));
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal([ids[2], ids[0]], Assign([First[2], First[0]], []));
    }

    [Fact]
    public void Assign_MembersAddedAndRemoved_KeepsTheIds()
    {
        var ids = Assign(First, []);

        // Other central members, another order, one gone, one new.
        var later = Assign([[13, 12, 11, 10, 9, 40], [20, 21, 22], [2, 3, 4, 1, 30]], Known(First, ids));

        Assert.Equal(ids[2], later[0]);
        Assert.Equal(ids[0], later[2]);
        Assert.DoesNotContain(later[1], ids);
    }

    [Fact]
    public void Assign_ASplit_KeepsTheIdInTheLargestPart()
    {
        var ids = Assign(First, []);

        var later = Assign([[8, 9], [10, 11, 12, 13]], Known(First, ids));

        Assert.Equal(ids[2], later[1]);
        Assert.DoesNotContain(later[0], ids);
    }

    [Fact]
    public void Assign_AMerge_KeepsTheIdOfTheLargestPart()
    {
        var ids = Assign(First, []);

        var later = Assign([[1, 2, 3, 4, 5, 6, 7]], Known(First, ids));

        Assert.Equal([ids[0]], later);
    }

    [Fact]
    public void Assign_KnownInAnotherOrder_GivesTheSame()
    {
        var known = Known(First, Assign(First, []));
        ulong[][] later = [[1, 2, 5, 6], [3, 4, 7], [8, 9, 10], [11, 12, 13]];

        Assert.Equal(Assign(later, known), Assign(later, [.. known.Reverse()]));
        Assert.Equal(4, Assign(later, known).Distinct().Count());
    }

    [Fact]
    public void Assign_TheIdOfSomethingElse_IsNotGivenAgain()
    {
        var id = Assign(First, [])[0];

        Assert.NotEqual(id, Assign(First, [new KnownConcept(id, [100, 101])])[0]);
    }

    private static string[] Assign(ulong[][] contents, KnownConcept[] known) => ConceptIds.Assign(contents, [.. contents.Select(keys => keys[0])], known);

    private static KnownConcept[] Known(ulong[][] contents, string[] ids) => [.. contents.Select((keys, i) => new KnownConcept(ids[i], keys))];
}
