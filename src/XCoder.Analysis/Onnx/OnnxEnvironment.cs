using Microsoft.ML.OnnxRuntime;

namespace XCoder.Analysis.Onnx;

/// <summary>ONNX Runtime of this process, set up once: it writes nothing to standard error, failures come as exceptions.</summary>
internal static class OnnxEnvironment
{
    private static readonly Lazy<OrtEnv> Environment = new(Create);

    /// <summary>The last error the library logged. Its exceptions keep to themselves which file a provider lacks.</summary>
    public static volatile string LastError = "";

    /// <summary>Version of the native library.</summary>
    public static string Version => Environment.Value.GetVersionString();

    /// <summary>Execution providers the native library was built with; usable or not.</summary>
    public static IReadOnlyList<string> Providers => Environment.Value.GetAvailableProviders();

    /// <summary>Options for a session on the CPU.</summary>
    /// <param name="threads">Threads within an operator, 1 or more; the calling thread is one of them.</param>
    public static SessionOptions Options(int threads)
    {
        _ = Environment.Value;
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Waiting threads that spin cost 15 to 86 % more processor time and hinder others.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /// <summary>Whether an exception says that the library, or a part of it, cannot be used.</summary>
    public static bool IsUnusable(Exception exception) =>
        exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or BadImageFormatException or TypeInitializationException;

    private static OrtEnv Create()
    {
        // Whoever hosts this library may have set it up before.
        if (OrtEnv.IsCreated)
        {
            return OrtEnv.Instance();
        }

        var options = new EnvironmentCreationOptions
        {
            logId = "xcoder",
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            loggingFunction = (_, _, _, _, _, message) => LastError = message,
        };
        return OrtEnv.CreateInstanceWithOptions(ref options);
    }
}
