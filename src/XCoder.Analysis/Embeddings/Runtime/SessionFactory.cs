using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Onnx;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>
/// Creates sessions of ONNX Runtime on the requested device. <see cref="Device.Auto"/> tries CUDA with the first model
/// and then stays with the device it found. The factory is not thread-safe; the sessions are.
/// </summary>
public sealed class SessionFactory
{
    private const string Cause = " with error: ";
    private const string Driver = "libcuda.so.1";
    private const string CpuOnly = "this ONNX Runtime is for the CPU; a build on Linux x64 is for CUDA, too";

    private static readonly Lazy<bool> HasDriver = new(static () => NativeLibrary.TryLoad(Driver, out _));

    private readonly int _threads;
    private readonly Action<string>? _say;

    /// <summary>Creates a factory; nothing is loaded before the first session.</summary>
    /// <param name="device">Device on which sessions run.</param>
    /// <param name="threads">Threads within an operator on the CPU, 1 or more.</param>
    /// <param name="say">Receives one line, at most once, when <see cref="Device.Auto"/> falls back to the CPU.</param>
    public SessionFactory(Device device = Device.Auto, int threads = 1, Action<string>? say = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (Device, _threads, _say) = (device, threads, say);
    }

    /// <summary>Device on which sessions run; never <see cref="Device.Auto"/> after the first session.</summary>
    public Device Device { get; private set; }

    /// <summary>Why <see cref="Device.Auto"/> fell back to the CPU, in one line; null if it did not.</summary>
    public string? FallbackReason { get; private set; }

    /// <summary>Creates a session for a model file.</summary>
    /// <param name="path">An ONNX model; its data files are read from its folder.</param>
    /// <exception cref="EmbeddingException">The file is missing or not an ONNX model, or the device cannot be used.</exception>
    public InferenceSession Create(string path) => File.Exists(path) && ModelFiles.IsFile(path)
        ? Create(path, options => new InferenceSession(path, options))
        : throw new EmbeddingException($"There is no model at {path}.");

    /// <summary>Creates a session for a model in memory.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="name">Name of the model in error messages.</param>
    /// <exception cref="EmbeddingException">The bytes are not an ONNX model, or the device cannot be used.</exception>
    public InferenceSession Create(byte[] model, string name) => Create(name, options => new InferenceSession(model, options));

    /// <summary>Returns the first line of the cause of a failure, for messages.</summary>
    internal static string Reason(Exception exception)
    {
        while (exception is TypeInitializationException { InnerException: { } inner })
        {
            exception = inner;
        }

        // The CPU-only library does not have the entry point of CUDA.
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

    /// <summary>Appends the CUDA provider and creates a session; either step throws if CUDA cannot be used.</summary>
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

        // Without a driver, loading the provider would only cost time: a sixth of a second in each process.
        if (Device == Device.Auto && OperatingSystem.IsLinux() && !HasDriver.Value)
        {
            return FallBack(OnCpu(name, create), $"there is no NVIDIA driver ({Driver})");
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

        // If the CPU cannot load the model either, the model is at fault and not the device; this then throws.
        var fallback = OnCpu(name, create);
        if (Device == Device.Cuda)
        {
            fallback.Dispose();
            throw new EmbeddingException(
                $"CUDA cannot be used: {Reason(failure)}. Use --device cpu or auto, or see 'xcoder doctor'; "
                    + $"CUDA needs an NVIDIA driver, CUDA 13 and cuDNN 9.", failure);
        }

        return FallBack(fallback, Reason(failure));
    }

    private InferenceSession FallBack(InferenceSession session, string reason)
    {
        (Device, FallbackReason) = (Device.Cpu, reason);
        _say?.Invoke($"Models run on the CPU: {reason}.");
        return session;
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

    // Models in the program's own folder are shipped with it; all others belong to the user.
    private static string Remedy(string path) => Path.GetFullPath(path).StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)
        ? "It ships with the program: build again, or install it again."
        : "Copy or export the model again; it must be one whole file of the ONNX format, with the data files it names beside it.";
}
