using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Onnx;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>Device on which models run.</summary>
public enum Device
{
    /// <summary>CUDA where it works, otherwise the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; opening a model fails if it cannot be used.</summary>
    Cuda,
}

/// <summary>Devices by the names that users enter.</summary>
public static class DeviceChoice
{
    /// <summary>The names, default first: <c>auto</c>, <c>cpu</c>, <c>cuda</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "cpu", "cuda"];

    /// <summary>Returns the device with a name, ignoring case.</summary>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the names.</exception>
    public static Device Parse(string name) => name.ToLowerInvariant() switch
    {
        "auto" => Device.Auto,
        "cpu" => Device.Cpu,
        "cuda" => Device.Cuda,
        _ => throw new ArgumentException($"There is no device '{name}'; choose {string.Join(", ", Names)}.", nameof(name)),
    };
}

/// <summary>Result of running a tiny session on a device, because ONNX Runtime also lists providers that cannot be used.</summary>
/// <param name="Device"><see cref="Device.Cpu"/> or <see cref="Device.Cuda"/>.</param>
/// <param name="Works">Whether the session ran on the device and gave the right result.</param>
/// <param name="Detail">The time it took, or why it failed, in one line.</param>
public sealed record DeviceCheck(Device Device, bool Works, string Detail)
{
    private const int Size = 256;
    private const int Rounds = 10;

    /// <summary>Multiplies matrices on a device and checks the result.</summary>
    /// <param name="device"><see cref="Device.Cpu"/> or <see cref="Device.Cuda"/>.</param>
    public static DeviceCheck Run(Device device)
    {
        try
        {
            var watch = Stopwatch.StartNew();
            using var session = Open(device);
            var opened = watch.Elapsed;
            var input = new float[Size * Size];
            var random = new Random(1);
            foreach (ref var value in input.AsSpan())
            {
                value = random.Next(-4, 5);
            }

            // Products of small whole numbers are exact on every device.
            var expected = Expected(input);
            var best = TimeSpan.MaxValue;
            var right = true;
            for (var round = 0; round < Rounds; round++)
            {
                watch.Restart();
                using var matrix = OrtValue.CreateTensorValueFromMemory(input, [Size, Size]);
                using var options = new RunOptions();
                using var results = session.Run(options, ["x"], [matrix], ["y"]);
                best = watch.Elapsed < best ? watch.Elapsed : best;
                right &= results[0].GetTensorDataAsSpan<float>().SequenceEqual(expected);
            }

            return new DeviceCheck(device, right, right
                ? $"{Size} x {Size} matrix product in {best.TotalMilliseconds:0.00} ms, session in {opened.TotalMilliseconds:0} ms"
                : $"{Size} x {Size} matrix product is wrong");
        }
        catch (EmbeddingException exception)
        {
            return new DeviceCheck(device, false, exception.Message);
        }
        catch (Exception exception) when (OnnxEnvironment.IsUnusable(exception))
        {
            return new DeviceCheck(device, false, SessionFactory.Reason(exception));
        }
    }

    /// <summary>
    /// Version of the native library; null if it cannot be loaded. Use <see cref="Run"/> to find out what it can do
    /// here.
    /// </summary>
    public static string? Runtime()
    {
        try
        {
            return $"version {OnnxEnvironment.Version}";
        }
        catch (Exception exception) when (OnnxEnvironment.IsUnusable(exception))
        {
            return null;
        }
    }

    // CUDA runs without the CPU as fallback, which would silently do what CUDA cannot.
    private static InferenceSession Open(Device device)
    {
        var model = new OnnxGraph("check").Input("x", Size, Size).Output("y", Size, Size).Node("MatMul", ["x", "x"], ["y"]).ToArray();
        var factory = new SessionFactory(device);
        return device == Device.Cuda
            ? factory.OnCuda(options => new InferenceSession(model, options),
                options => options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1"))
            : factory.Create(model, "The check's model");
    }

    private static float[] Expected(float[] matrix)
    {
        var product = new float[Size * Size];
        for (var row = 0; row < Size; row++)
        {
            for (var inner = 0; inner < Size; inner++)
            {
                var factor = matrix[(row * Size) + inner];
                for (var column = 0; column < Size; column++)
                {
                    product[(row * Size) + column] += factor * matrix[(inner * Size) + column];
                }
            }
        }

        return product;
    }
}
