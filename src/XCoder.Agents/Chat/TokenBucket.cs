namespace XCoder.Agents.Chat;

/// <summary>
/// Admits so much a minute, evenly: it holds one second's worth at most. What is larger than it holds goes into debt, which the
/// next wait for. Whoever asks first is admitted first.
/// </summary>
internal sealed class TokenBucket
{
    private readonly double _perSecond;
    private readonly double _capacity;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private double _level;
    private long _filled;

    public TokenBucket(double perMinute, TimeProvider time)
    {
        (_perSecond, _time) = (perMinute / 60, time);
        _capacity = Math.Max(1, _perSecond);
        _level = _capacity;
        _filled = time.GetTimestamp();
    }

    /// <summary>Takes an amount now and says how long to wait before using it.</summary>
    public TimeSpan Take(double amount)
    {
        lock (_gate)
        {
            Fill();
            var lacking = Math.Min(amount, _capacity) - _level;
            _level -= amount;
            return lacking > 0 ? TimeSpan.FromSeconds(lacking / _perSecond) : TimeSpan.Zero;
        }
    }

    /// <summary>Gives back what was taken and not used; a negative amount was used beyond what was taken.</summary>
    public void Return(double amount)
    {
        lock (_gate)
        {
            Fill();
            _level = Math.Min(_capacity, _level + amount);
        }
    }

    private void Fill()
    {
        var now = _time.GetTimestamp();
        _level = Math.Min(_capacity, _level + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }
}
