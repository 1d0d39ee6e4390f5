using XCoder.Agents.Memory;

namespace XCoder.Tests.Agents.Memory;

public class AgentMemoryTests
{
    private static readonly MemoryOptions Options = new() { Lessons = 4, Shown = 2, Recent = 2 };

    [Fact]
    public void Learn_SameLessonAgain_IsKeptOnceAndBecomesNewer()
    {
        var memory = Empty().Learn([Fault("No edge cases.", 1)], Options).After("a", [Fault("No edge cases.", 1).Id], true, Options).Learn([Fault("no  edge CASES", 5)], Options);
        var lesson = Assert.Single(memory.Lessons);
        Assert.Equal((5, 1, 1), (lesson.Epoch, lesson.Uses, lesson.Accepted));
    }

    [Fact]
    public void Learn_MoreThanTheBound_KeepsPinnedNewestAndMostUseful()
    {
        var memory = Empty().Learn([Lesson.Of("aa", LessonKind.Fault, "pinned", -1, isPinned: true), Fault("useful", 0)], Options);
        memory = memory.After("task", [Fault("useful", 0).Id], true, Options);
        for (var epoch = 1; epoch < 20; epoch++)
        {
            memory = memory.Learn([Fault($"lesson {epoch}", epoch)], Options);
        }

        Assert.Equal(4, memory.Lessons.Count);
        Assert.Equal("pinned", memory.Lessons[0].Text);
        Assert.Contains(memory.Lessons, lesson => lesson.Text == "useful");
        Assert.Contains(memory.Lessons, lesson => lesson.Text == "lesson 19");
    }

    [Fact]
    public void Learn_MeritsAndFaults_HaveBoundsOfTheirOwn()
    {
        var memory = Empty().Learn(Enumerable.Range(0, 9).SelectMany(i => new[] { Fault($"f{i}", i), Lesson.Of("aa", LessonKind.Merit, $"m{i}", i) }), Options);
        Assert.Equal((4, 4), (memory.Lessons.Count(lesson => lesson.Kind == LessonKind.Merit), memory.Lessons.Count(lesson => lesson.Kind == LessonKind.Fault)));
        Assert.Equal(2, memory.Shown(LessonKind.Fault, Options).Count);
    }

    [Fact]
    public void After_Rows_KeepsTheNewestTasks()
    {
        var memory = Empty().After("one", [], true, Options).After("two", [], false, Options).After("three", [], true, Options);
        Assert.Equal((3, "three|two"), (memory.Rows, string.Join('|', memory.Recent)));
    }

    [Fact]
    public void Novelty_ChangedWord_IsAnEchoAndAnotherTaskIsNot()
    {
        var index = new NoveltyIndex(new MemoryOptions());
        index.Add(Print("a", "Write a function that returns the sum of all even numbers in a list of whole numbers, and zero for an empty list."));

        Assert.Equal(("a", "Jaccard"), index.Find(Print("b", "Write a function that returns the sum of all even numbers in a list of whole numbers, and zero for an empty array!")) is { } echo ? (echo.Row, echo.Measure) : default);
        Assert.Null(index.Find(Print("c", "Parse an ISO date and return the number of days since the first of January of that year.")));
    }

    [Fact]
    public void Novelty_NearResponse_IsAnEchoInItsLanguageAlone()
    {
        var index = new NoveltyIndex(new MemoryOptions());
        index.Add(new RowSignature("a", "aa", InstructionShingles.Sign("one two three four"), [1, 0]));

        Assert.Equal("cosine", index.Find(new RowSignature("b", "aa", InstructionShingles.Sign("quite another task here"), [0.999f, 0.045f]))?.Measure);
        Assert.Null(index.Find(new RowSignature("c", "bb", InstructionShingles.Sign("quite another task here"), [1, 0])));
        Assert.Equal(0, index.Nearest(new RowSignature("d", "aa", [], [0, 1])));
    }

    [Fact]
    public void Novelty_SameTaskInAnotherLanguage_IsNoEcho()
    {
        var index = new NoveltyIndex(new MemoryOptions());
        var task = InstructionShingles.Sign("Write a function that returns the sum of all even numbers in a list of whole numbers.");
        index.Add(new RowSignature("a", "aa", task, []));

        Assert.Equal("a", index.Find("aa", task)?.Row);
        Assert.Null(index.Find("bb", task));
        Assert.Null(index.Find(new RowSignature("b", "bb", task, [])));
    }

    [Fact]
    public void Without_PinnedLesson_StaysAndOthersGo()
    {
        var memory = Empty().Learn([Lesson.Of("aa", LessonKind.Fault, "pinned", -1, isPinned: true), Fault("one", 0), Fault("two", 0)], Options);

        Assert.Equal(["pinned", "two"], memory.Without(memory.Lessons.Where(lesson => lesson.Text != "two").Select(lesson => lesson.Id).ToHashSet()).Lessons.Select(lesson => lesson.Text));
    }

    [Fact]
    public void Offered_LessonsOfOthers_AreThoseThatMostHaveAndThisOneLacks()
    {
        AgentMemory Of(string language, params string[] texts) => new AgentMemory { Language = language }.Learn(texts.Select(text => Lesson.Of(language, LessonKind.Fault, text, 1)), Options);
        var (own, second, third) = (Of("aa", "Mind the empty list."), Of("bb", "mind an empty list", "Close files.", "Name the order."), Of("cc", "Name the order!"));

        Assert.Equal(["Name the order.", "Close files."], own.Offered([own, second, third], 4).Select(lesson => lesson.Text));
        Assert.Equal(["Name the order."], own.Offered([own, second, third], 1).Select(lesson => lesson.Text));
        Assert.Empty(own.Offered([own], 4));
    }

    private static AgentMemory Empty() => new() { Language = "aa" };

    private static Lesson Fault(string text, int epoch) => Lesson.Of("aa", LessonKind.Fault, text, epoch);

    private static RowSignature Print(string row, string instruction) => new(row, "aa", InstructionShingles.Sign(instruction), []);
}
