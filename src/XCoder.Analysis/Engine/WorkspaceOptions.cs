using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>How a <see cref="Workspace"/> works.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>Name of the model that is used unless another is asked for.</summary>
    public const string DefaultModel = "default";

    /// <summary>Threads to work with, 1 to 1024. Default: as many as there are cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Embedding model: the name of one that ships (<c>default</c>, <c>quality</c>) or a folder.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>Where models run. Default: CUDA where it works, the CPU otherwise.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Lowest margin of semantic duplicates across languages, -0.1 to 1. Null: what <see cref="Workspace.Calibrate"/> found, else 0.12.</summary>
    public double? Margin { get; init; }

    /// <summary>How long to wait for another process that writes to the workspace. Default 60 seconds.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is vouched for when the workspace is opened. Default: it must be one's own.</summary>
    public WorkspaceTrust Trust { get; init; } = new();

    /// <summary>Folder of the language manifest, queries and grammar libraries. Null: the one beside the library.</summary>
    public string? Grammars { get; init; }

    /// <summary>Told how far the work is; null tells nobody.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Receives what must be known at once, such as that another process is waited for; null drops it.</summary>
    public Action<string>? Message { get; init; }

    /// <summary>Receives what is worth knowing beside a result, such as that models ran on the CPU; null drops it.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(Wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Wait, TimeSpan.FromDays(1));
        if (Margin is not (null or (>= -0.1 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(Margin), Margin, "The margin must be -0.1 to 1.");
        }
    }
}
