namespace XCoder.Analysis.Concepts;

/// <summary>What one language (or all) has of one concept. Test code is not counted.</summary>
/// <param name="Snippets">Functions, copies counted.</param>
/// <param name="Documented">How many of them have a documentation comment.</param>
/// <param name="Tested">How many of them test code calls or names (<see cref="TestedFunctions"/>).</param>
/// <param name="Pairs">Accepted instruction pairs that answer in the language (<see cref="ConceptMatrix.WithPairs"/>); 0 until there are any.</param>
public readonly record struct ConceptCell(int Snippets, int Documented, int Tested, int Pairs = 0)
{
    /// <summary>Two cells taken together.</summary>
    public static ConceptCell operator +(ConceptCell a, ConceptCell b) =>
        new(a.Snippets + b.Snippets, a.Documented + b.Documented, a.Tested + b.Tested, a.Pairs + b.Pairs);
}
