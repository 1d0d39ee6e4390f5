using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime
{
    /// <summary>ONNX Runtime reports nothing and keeps no files about its use.</summary>
    internal static class Telemetry
    {
        // The environment that .NET shows is a copy; the library reads the C library's own.
        [ModuleInitializer]
        internal static void SwitchOff()
        {
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                setenv("ORT_DISABLE_TELEMETRY", "1", 1);
            }
        }

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern int setenv(string name, string value, int overwrite);
    }
}
