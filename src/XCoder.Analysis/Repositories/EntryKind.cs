namespace XCoder.Analysis.Repositories;

/// <summary>What a directory entry is, told without following links.</summary>
internal enum EntryKind : byte
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Folder,

    /// <summary>A symbolic link to anything.</summary>
    Link,

    /// <summary>A pipe, socket or device.</summary>
    Other,

    /// <summary>Nothing is there, or it cannot be asked.</summary>
    Missing,
}
