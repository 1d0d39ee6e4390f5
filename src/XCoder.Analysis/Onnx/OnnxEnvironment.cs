using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace XCoder.Analysis.Onnx;

/// <summary>
/// Sets up ONNX Runtime once per process. It writes nothing to standard error, reports failures as exceptions, and has
/// telemetry turned off.
/// </summary>
internal static partial class OnnxEnvironment
{
    private const string NoTelemetry = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<OrtEnv> Environment = new(Create);

    /// <summary>
    /// The last error that ONNX Runtime logged. Unlike its exceptions, it names the file that an execution provider is
    /// missing.
    /// </summary>
    public static volatile string LastError = "";

    /// <summary>Version of the native library.</summary>
    public static string Version => Environment.Value.GetVersionString();

    /// <summary>Creates the options of a session on the CPU.</summary>
    /// <param name="threads">Threads within an operator, 1 or more, including the calling thread.</param>
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

        // Waiting threads that spin cost 15 to 86 % more processor time and slow other processes down.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /// <summary>Whether an exception means that the library, or a part of it, cannot be used.</summary>
    public static bool IsUnusable(Exception exception) =>
        exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or BadImageFormatException
            or TypeInitializationException;

    private static OrtEnv Create()
    {
        SwitchTelemetryOff();

        // The host application may have set the library up before.
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
        var environment = OrtEnv.CreateInstanceWithOptions(ref options);
        environment.DisableTelemetryEvents();
        return environment;
    }

    // The library reads the C environment when it starts, and on Unix .NET changes only its own copy of it.
    private static void SwitchTelemetryOff()
    {
        if (OperatingSystem.IsWindows())
        {
            System.Environment.SetEnvironmentVariable(NoTelemetry, "1");
        }
        else
        {
            _ = SetVariable(NoTelemetry, "1", overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
