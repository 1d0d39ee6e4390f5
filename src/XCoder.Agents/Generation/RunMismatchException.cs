namespace XCoder.Agents.Generation;

/// <summary>A run was to be continued with other options than it was begun with. The message names them and says how to go on.</summary>
public sealed class RunMismatchException(string message) : Exception(message);
