namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Hands results on one at a time and in the order of their index, whatever order they come in.</summary>
internal sealed class OrderedOutput(int count, Action<RoslynFile> found)
{
    private readonly RoslynFile?[] _waiting = new RoslynFile?[count];
    private readonly Lock _lock = new();
    private int _next;

    public void Add(RoslynFile file)
    {
        lock (_lock)
        {
            _waiting[file.Index] = file;
            for (; _next < _waiting.Length && _waiting[_next] is { } ready; _next++)
            {
                _waiting[_next] = null;
                found(ready);
            }
        }
    }
}
