namespace XCoder.Agents.Generation;

/// <summary>Where a session's time goes: what passed since the last lap belongs to the stage that is named.</summary>
internal sealed class StageClock(TimeProvider time)
{
    private readonly Dictionary<string, TimeSpan> _spent = [];
    private long _mark = time.GetTimestamp();

    /// <summary>Seconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _spent.ToDictionary(stage => stage.Key, stage => stage.Value.TotalSeconds);

    /// <summary>Ends a lap.</summary>
    public void Lap(string stage)
    {
        var now = time.GetTimestamp();
        _spent[stage] = _spent.GetValueOrDefault(stage) + time.GetElapsedTime(_mark, now);
        _mark = now;
    }
}
