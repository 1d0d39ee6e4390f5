namespace XCoder.Benchmarks.Fuzzing;

/// <summary>Keeps an input that failed and says how to run it again.</summary>
internal static class SavedInput
{
    public static void Save(FuzzInput input, long seed, string? only, string folder)
    {
        var path = Path.Combine(folder, $"{input.Language.Id}.{seed}.{input.Number}.txt");
        File.WriteAllBytes(path, input.Text);
        var language = only is null ? "" : $" --language {only}";
        Console.WriteLine($"  {input.Language.Id}, {input.Text.Length} bytes, saved as {path}");
        Console.WriteLine($"  again: dotnet run -c Release --project tests/XCoder.Benchmarks -- fuzz --seed {seed} --input {input.Number}{language}");
    }
}
