namespace XCoder.Analysis.Repositories.Git;

/// <summary>Git's data of a work tree lack what was asked for, or cannot be read. The message says what, and what to do about it.</summary>
internal class GitException(string message) : Exception(message)
{
    /// <summary>What one does about a clone that lacks a part of its history.</summary>
    public const string Deepen = "This clone is shallow: fetch the whole history ('fetch-depth: 0' in actions/checkout, or "
        + "'git fetch --unshallow').";
}

/// <summary>
/// How much may be unpacked in one run, in bytes. Packs can hold what unpacks to a million times their size.
/// </summary>
/// <param name="most">The limit.</param>
internal sealed class GitBudget(long most = GitBudget.Default)
{
    private const long Default = 4L << 30;

    private long _taken;

    /// <summary>Takes a part of the budget.</summary>
    /// <exception cref="GitException">Nothing is left.</exception>
    public void Take(long bytes)
    {
        _taken += Math.Max(bytes, 1);
        if (_taken > most)
        {
            throw new GitException($"More than {most >> 20:N0} MiB of git's objects would have to be unpacked: the repository is "
                + "damaged or made to do harm.");
        }
    }
}

/// <summary>The type of an object, as packs number it.</summary>
internal enum GitObjectType : byte
{
    /// <summary>A commit.</summary>
    Commit = 1,

    /// <summary>A folder.</summary>
    Tree = 2,

    /// <summary>The content of a file.</summary>
    Blob = 3,

    /// <summary>An annotated tag.</summary>
    Tag = 4,
}

/// <summary>An object of git: its type and its bytes, whose hash is its name.</summary>
internal readonly record struct GitObject(GitObjectType Type, byte[] Bytes);

/// <summary>An object is larger than what is read of its kind.</summary>
internal sealed class GitTooLargeException(string id, long size, long most)
    : GitException($"Git's object {id} has {size:N0} bytes; {most:N0} are read at most.");
