using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Onnx;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>
/// Creates sessions of ONNX Runtime on the device asked for. <see cref="Device.Auto"/> tries CUDA with the first
/// model and keeps to what it found. Not for several threads at once; the sessions are.
/// </summary>
public sealed class SessionFactory
{
    private const string Cause = " with error: ";
    private const string CpuOnly = "this ONNX Runtime is for the CPU; a build on Linux x64 is for CUDA, too";

    private readonly int _threads;
    private readonly Action<string>? _say;

    /// <summary>A factory; nothing is loaded before the first session.</summary>
    /// <param name="device">Where sessions run.</param>
    /// <param name="threads">Threads within an operator on the CPU, 1 or more.</param>
    /// <param name="say">Receives one line, once, when <see cref="Device.Auto"/> falls back to the CPU.</param>
    public SessionFactory(Device device = Device.Auto, int threads = 1, Action<string>? say = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (Device, _threads, _say) = (device, threads, say);
    }

    /// <summary>Where sessions run; after the first session never <see cref="Device.Auto"/>.</summary>
    public Device Device { get; private set; }

    /// <summary>Why <see cref="Device.Auto"/> fell back to the CPU, in one line; null unless it did.</summary>
    public string? FallbackReason { get; private set; }

    /// <summary>A session for a model file.</summary>
    /// <param name="path">An ONNX model; data files it names are read from its folder.</param>
    /// <exception cref="EmbeddingException">The file is missing, no ONNX model, or the device is unusable.</exception>
    public InferenceSession Create(string path) => File.Exists(path) && ModelFiles.IsFile(path)
        ? Create(path, options => new InferenceSession(path, options))
        : throw new EmbeddingException($"There is no model at {path}.");

    /// <summary>A session for a model in memory.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="name">What failures call it.</param>
    /// <exception cref="EmbeddingException">The bytes are no ONNX model, or the device is unusable.</exception>
    public InferenceSession Create(byte[] model, string name) => Create(name, options => new InferenceSession(model, options));

    /// <summary>The first line of what went wrong, for people.</summary>
    internal static string Reason(Exception exception)
    {
        while (exception is TypeInitializationException { InnerException: { } inner })
        {
            exception = inner;
        }

        // The library for the CPU alone has no such entry point.
        if (exception is EntryPointNotFoundException)
        {
            return CpuOnly;
        }

        var text = exception.Message;
        if (text.Contains("Failed to load shared library", StringComparison.Ordinal) && OnnxEnvironment.LastError is { Length: > 0 } logged)
        {
            text = logged[(logged.LastIndexOf(Cause, StringComparison.Ordinal) is >= 0 and var cause ? cause + Cause.Length : 0)..];
        }

        return text.ReplaceLineEndings("\n").Split('\n')[0].Trim();
    }

    /// <summary>Appends the CUDA provider and creates, both of which fail where CUDA is unusable.</summary>
    internal InferenceSession OnCuda(Func<SessionOptions, InferenceSession> create, Action<SessionOptions>? configure = null)
    {
        using var options = OnnxEnvironment.Options(_threads);
        configure?.Invoke(options);
        options.AppendExecutionProvider_CUDA();
        return create(options);
    }

    private InferenceSession Create(string name, Func<SessionOptions, InferenceSession> create)
    {
        if (Device == Device.Cpu)
        {
            return OnCpu(name, create);
        }

        Exception failure;
        try
        {
            var session = OnCuda(create);
            Device = Device.Cuda;
            return session;
        }
        catch (Exception exception) when (OnnxEnvironment.IsUnusable(exception))
        {
            failure = exception;
        }

        // A model that the CPU cannot load either is what is wrong, not the device.
        var fallback = OnCpu(name, create);
        if (Device == Device.Cuda)
        {
            fallback.Dispose();
            throw new EmbeddingException(
                $"CUDA cannot be used: {Reason(failure)}. Use --device cpu or auto, or see 'xcoder doctor'; "
                    + $"CUDA needs an NVIDIA driver, CUDA 13 and cuDNN 9.", failure);
        }

        (Device, FallbackReason) = (Device.Cpu, Reason(failure));
        _say?.Invoke($"Models run on the CPU: {FallbackReason}.");
        return fallback;
    }

    private InferenceSession OnCpu(string name, Func<SessionOptions, InferenceSession> create)
    {
        try
        {
            using var options = OnnxEnvironment.Options(_threads);
            return create(options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new EmbeddingException($"{name} cannot be loaded as an ONNX model: {Reason(exception)}. {Remedy(name)}", exception);
        }
        catch (Exception exception) when (OnnxEnvironment.IsUnusable(exception))
        {
            throw new EmbeddingException(
                $"ONNX Runtime cannot be loaded: {Reason(exception)}. Build again; the library stands beside the program.", exception);
        }
    }

    // Models in the program's own folder came with it; all others are the user's.
    private static string Remedy(string path) => Path.GetFullPath(path).StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)
        ? "It ships with the program: build again, or install it again."
        : "Copy or export the model again; it must be one whole file of the ONNX format, with the data files it names beside it.";
}
