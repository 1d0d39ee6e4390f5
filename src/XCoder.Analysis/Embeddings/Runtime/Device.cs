using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Onnx;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>Where models run.</summary>
public enum Device
{
    /// <summary>CUDA where it works, the CPU otherwise.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, or a failure.</summary>
    Cuda,
}

/// <summary>Devices by the names users type.</summary>
public static class DeviceChoice
{
    /// <summary>The names, the default first: <c>auto</c>, <c>cpu</c>, <c>cuda</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "cpu", "cuda"];

    /// <summary>The device of a name, whatever its case.</summary>
    /// <exception cref="ArgumentException">There is no such name; the message lists them.</exception>
    public static Device Parse(string name) => name.ToLowerInvariant() switch
    {
        "auto" => Device.Auto,
        "cpu" => Device.Cpu,
        "cuda" => Device.Cuda,
        _ => throw new ArgumentException($"There is no device '{name}'; choose {string.Join(", ", Names)}.", nameof(name)),
    };
}

/// <summary>What a tiny session really did on a device: providers are listed even where they cannot be used.</summary>
/// <param name="Device"><see cref="Device.Cpu"/> or <see cref="Device.Cuda"/>.</param>
/// <param name="Works">Whether the session ran there and gave the right result.</param>
/// <param name="Detail">The time it took, or why it does not work; one line.</param>
public sealed record DeviceCheck(Device Device, bool Works, string Detail)
{
    private const int Size = 256;
    private const int Rounds = 10;

    /// <summary>Multiplies matrices on a device.</summary>
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

            // Small whole numbers: the product is exact on every device.
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

    /// <summary>Version of the native library; null where it cannot be loaded. What it can do here, <see cref="Run"/> tells.</summary>
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

    // On CUDA without the CPU behind it, which would quietly do what CUDA cannot.
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
