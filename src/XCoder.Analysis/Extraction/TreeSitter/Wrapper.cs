namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>A node that belongs to the one definition it holds: <c>export …</c>, <c>const … =</c>, decorators.</summary>
internal sealed class Wrapper
{
    public required int Event { get; init; }

    public required int Start { get; init; }

    public required int End { get; set; }

    public Wrapper? Outer { get; init; }

    /// <summary>Definitions directly inside, not counting those inside one of them.</summary>
    public int Definitions { get; set; }
}
