namespace XCoder.Agents.Generation;

/// <summary>How far a run is.</summary>
/// <param name="Epoch">Number of the epoch, from 0.</param>
/// <param name="Done">Rows of the run that are written or lost, those of the epoch in work too.</param>
/// <param name="Count">Rows asked for.</param>
/// <param name="Accepted">Accepted rows.</param>
/// <param name="Revised">Revisions.</param>
/// <param name="Rejected">Rejected rows.</param>
/// <param name="Lost">Rows without a usable answer.</param>
internal sealed record GenerationProgress(int Epoch, int Done, int Count, int Accepted, int Revised, int Rejected, int Lost);
