namespace XCoder.Agents.Verification.Differential;

/// <summary>What may be special about the values of a call, and outside of what a function is written for.</summary>
[Flags]
internal enum InputTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A list or string is empty.</summary>
    Empty = 1,

    /// <summary>A list is not in ascending order.</summary>
    Unsorted = 2,

    /// <summary>A number is below 0.</summary>
    Negative = 4,

    /// <summary>A number that is passed by itself is 0.</summary>
    Zero = 8,

    /// <summary>Lists or strings differ in length, those in a list included.</summary>
    Uneven = 16,

    /// <summary>A matrix has not as many rows as columns.</summary>
    Oblong = 32,

    /// <summary>A number is no place in the list or string beside it.</summary>
    Outside = 64,

    /// <summary>A list has an item twice.</summary>
    Repeated = 128,

    /// <summary>A string has characters other than lower-case letters.</summary>
    Marks = 256,

    /// <summary>A string has characters beyond ASCII.</summary>
    Foreign = 512,

    /// <summary>A number is so large that arithmetic may overflow.</summary>
    Large = 1024,

    /// <summary>A list or string has one item only.</summary>
    Single = 2048,

    /// <summary>A number is 1.</summary>
    One = 4096,

    /// <summary>All of the first numbers are not in ascending order.</summary>
    Falling = 8192,

    /// <summary>A number is 20 or more.</summary>
    Big = 16384,
}
