using System.IO.MemoryMappedFiles;
using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Which file each thread is in, in a memory-mapped file that outlives the process: what a run leaves there tells
/// the next one which file hung or killed a native parser.
/// </summary>
/// <remarks>A slot: state (int32), zero (int32), number of the visit (int64), length (int32), text (UTF-8).</remarks>
internal sealed unsafe class InFlightJournal : IDisposable
{
    private const int SlotBytes = 8192;
    private const int TextOffset = 20;
    private const int MostSlots = 1024;
    private const int MostKept = 256;
    private const int Idle = 0, Working = 1, Crashed = 2, Hung = 3, TooLarge = 4;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _base;
    private readonly int _slots;
    private readonly (long Visit, int Thread, ThreadClock? Clock, TimeSpan? Limit)[] _clocks;

    private InFlightJournal(MemoryMappedFile file, int slots)
    {
        (_file, _slots, _clocks) = (file, slots, new (long, int, ThreadClock?, TimeSpan?)[slots]);
        _view = file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _base);
    }

    /// <summary>Opens the journal of a workspace and takes what an earlier process left there.</summary>
    /// <param name="folder">The workspace's folder, locked by this process.</param>
    /// <param name="slots">Number of threads.</param>
    /// <param name="left">Files whose parser crashed, hung or took too much memory: repository, path, content hash in hex, and what
    /// happened.</param>
    /// <param name="name">Name of the journal's file: each stage has its own.</param>
    /// <param name="keeps">Whether what was left stays in the journal for later runs, too: the last 256 files. For stages that store no
    /// verdict about a file.</param>
    public static InFlightJournal Open(string folder, int slots,
        out IReadOnlyList<(string Repository, string Path, string Hash, string Detail)> left, string name = "journal", bool keeps = false)
    {
        var path = Path.Combine(folder, name);
        var file = WorkspaceFile.OpenWrite(path);
        try
        {
            var old = ReadLeft(file);
            left = old.ConvertAll(entry => (entry.Repository, entry.Path, entry.Hash, Describe(entry.State)));
            file.Position = 0;
            file.SetLength(0);

            // Written, not only sized: a page the disk has no room for would kill the process when it is touched.
            for (var slot = 0; slot < slots; slot++)
            {
                file.Write(new byte[SlotBytes]);
            }

            foreach (var entry in keeps ? old.TakeLast(MostKept) : [])
            {
                file.Write(SlotOf(entry));
            }

            file.Flush();
            return new InFlightJournal(
                MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None,
                    leaveOpen: false), slots);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Address of a slot's state, which a crash handler sets.</summary>
    internal int* State(int slot) => (int*)(_base + ((long)SlotBytes * slot));

    /// <summary>Notes that the calling thread, of <paramref name="slot"/>, begins a file.</summary>
    /// <param name="slot">Number of the thread.</param>
    /// <param name="repository">Repository of the file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="hash">Its content hash in hex.</param>
    /// <param name="limit">Most processor time it may take; null: the watchdog's.</param>
    internal void Enter(int slot, string repository, string path, string hash, TimeSpan? limit = null)
    {
        var at = (byte*)State(slot);
        var text = Encoding.UTF8.GetBytes($"{repository}\0{path}\0{hash}");
        var length = Math.Min(text.Length, SlotBytes - TextOffset);
        text.AsSpan(0, length).CopyTo(new Span<byte>(at + TextOffset, length));
        *(int*)(at + 16) = length;
        var visit = ++*(long*)(at + 8);
        lock (_clocks)
        {
            _clocks[slot] = (visit, ThreadClock.Thread, null, limit);
        }

        Volatile.Write(ref *(int*)at, Working);
    }

    /// <summary>Notes that it is done.</summary>
    internal void Leave(int slot) => Volatile.Write(ref *State(slot), Idle);

    /// <summary>Number of threads.</summary>
    internal int Slots => _slots;

    /// <summary>A number that is another one for every file the thread of <paramref name="slot"/> begins; 0 while it is in none.</summary>
    internal long Visit(int slot) => Volatile.Read(ref *State(slot)) == Working ? Volatile.Read(ref *(long*)((byte*)State(slot) + 8)) : 0;

    /// <summary>
    /// How long the thread of <paramref name="slot"/> is in the file of a visit, from the first time that this is asked, and its own limit;
    /// null where the visit is over.
    /// </summary>
    internal (ThreadClock Clock, TimeSpan? Limit)? Clock(int slot, long visit)
    {
        lock (_clocks)
        {
            // Most files are done before anybody looks.
            return _clocks[slot].Visit == visit ? (_clocks[slot].Clock ??= new ThreadClock(_clocks[slot].Thread), _clocks[slot].Limit)
                : null;
        }
    }

    /// <summary>Marks the thread of <paramref name="slot"/> as hung if it still is in a file.</summary>
    internal bool MarkHung(int slot) => Mark(slot, Hung);

    /// <summary>
    /// Marks the file that the thread of <paramref name="slot"/> is in as one that takes too much memory, if it still is in one.
    /// </summary>
    internal bool MarkTooLarge(int slot) => Mark(slot, TooLarge);

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private bool Mark(int slot, int state) => Interlocked.CompareExchange(ref *State(slot), state, Working) == Working;

    private static string Describe(int state) => state switch
    {
        Crashed => "its parser ended the process",
        Hung => "its parser did not end and could not be stopped",
        _ => "its parser took too much memory",
    };

    private static byte[] SlotOf((int State, string Repository, string Path, string Hash) entry)
    {
        var bytes = new byte[SlotBytes];
        var text = Encoding.UTF8.GetBytes($"{entry.Repository}\0{entry.Path}\0{entry.Hash}").AsSpan();
        text = text[..Math.Min(text.Length, SlotBytes - TextOffset)];
        BitConverter.TryWriteBytes(bytes, entry.State);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), text.Length);
        text.CopyTo(bytes.AsSpan(TextOffset));
        return bytes;
    }

    private static List<(int State, string Repository, string Path, string Hash)> ReadLeft(FileStream journal)
    {
        var left = new List<(int, string, string, string)>();
        var bytes = new byte[Math.Min(journal.Length, (long)SlotBytes * MostSlots)];
        journal.ReadExactly(bytes);
        for (var at = 0; at + SlotBytes <= bytes.Length; at += SlotBytes)
        {
            var state = BitConverter.ToInt32(bytes, at);
            var length = Math.Clamp(BitConverter.ToInt32(bytes, at + 16), 0, SlotBytes - TextOffset);
            if (state is Crashed or Hung or TooLarge && Encoding.UTF8.GetString(bytes, at + TextOffset, length)
                .Split('\0') is [var repository, var file, var hash])
            {
                left.Add((state, repository, file, hash));
            }
        }

        return left;
    }
}
