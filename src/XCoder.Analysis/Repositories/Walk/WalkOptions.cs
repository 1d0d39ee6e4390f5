using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>How repositories are walked.</summary>
internal sealed record WalkOptions
{
    /// <summary>Larger files are left out. Bytes, default 1 MiB, at least 1.</summary>
    public long MaxFileBytes { get; init; } = 1 << 20;

    /// <summary>Absolute path of the workspace, always left out and counted as ignored; null for none.</summary>
    public string? Workspace { get; init; }

    /// <summary>
    /// Whether a file of that path can be source, by name alone (<see cref="LanguageDetector.MayBeSource"/>). Others are
    /// left out as of unknown language without being looked at. Default: every file.
    /// </summary>
    public Func<string, bool> MayBeSource { get; init; } = _ => true;
}
