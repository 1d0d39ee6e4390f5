namespace XCoder.Analysis;

/// <summary>Something was asked for that is not there or cannot be, such as an unknown repository. The message is for people: it says what to do.</summary>
/// <param name="message">What is wrong and what to do.</param>
public class RequestException(string message) : Exception(message);
