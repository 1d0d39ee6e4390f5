namespace XCoder.Analysis.Duplicates;

/// <summary>A file is not a baseline of duplicates; the message says where and what to do.</summary>
public sealed class BaselineFormatException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public BaselineFormatException(string message, Exception? inner = null)
        : base($"{message} Write a new baseline with --write-baseline.", inner)
    {
    }
}
