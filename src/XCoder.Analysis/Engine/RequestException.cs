using XCoder.Analysis.Text;

namespace XCoder.Analysis;

/// <summary>Something was asked for that is not there or cannot be, such as an unknown repository. The message is for people: it says what to do.</summary>
/// <param name="message">What is wrong and what to do.</param>
public class RequestException(string message) : Exception(message)
{
    /// <summary>There is no repository of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">Names of those that there are.</param>
    public static RequestException NoRepository(string name, IReadOnlyCollection<string> known) =>
        new($"The workspace has no repository '{name}'.{Suggestion.For(name, known)} It has: {string.Join(", ", known.DefaultIfEmpty("none"))}.");
}
