using System.IO.MemoryMappedFiles;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>
/// Which input each thread is in, in a file that outlives the process: number plus one (0: none), start in
/// milliseconds; the last place holds the next number to take.
/// </summary>
internal sealed class InFlight : IDisposable
{
    private const int SlotBytes = 16;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _threads;

    public InFlight(string path, int threads)
    {
        _threads = threads;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, SlotBytes * (threads + 1));
        _view = _file.CreateViewAccessor();
    }

    public void Enter(int slot, long number)
    {
        _view.Write((slot * SlotBytes) + 8, Environment.TickCount64);
        _view.Write(slot * SlotBytes, number + 1);
    }

    public void Leave(int slot) => _view.Write(slot * SlotBytes, 0L);

    public void SetNext(long next) => _view.Write(_threads * SlotBytes, next);

    public long Next => _view.ReadInt64(_threads * SlotBytes);

    /// <summary>Inputs at work for longer than <paramref name="limit"/>.</summary>
    public IReadOnlyList<long> Working(TimeSpan limit) => [.. Enumerable.Range(0, _threads)
        .Where(slot => _view.ReadInt64(slot * SlotBytes) > 0 && Environment.TickCount64 - _view.ReadInt64((slot * SlotBytes) + 8) >= limit.TotalMilliseconds)
        .Select(slot => _view.ReadInt64(slot * SlotBytes) - 1)];

    public void Clear()
    {
        for (var slot = 0; slot < _threads; slot++)
        {
            Leave(slot);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
