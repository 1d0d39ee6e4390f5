namespace XCoder.Agents.Redaction;

/// <summary>Looks for one sort of sensitive text around a place where one of its keywords stands. Stateless.</summary>
internal interface IFinder
{
    /// <summary>Adds what it finds. The work is bounded whatever the text is.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="at">Where the keyword begins.</param>
    /// <param name="found">Receives findings; they may overlap.</param>
    void Find(string text, int at, List<Finding> found);
}
