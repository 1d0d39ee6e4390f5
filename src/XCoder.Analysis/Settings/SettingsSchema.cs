namespace XCoder.Analysis.Settings;

/// <summary>The JSON schema of <c>xcoder.json</c>, for editors and checks.</summary>
public static class SettingsSchema
{
    /// <summary>The schema as UTF-8.</summary>
    public static byte[] Text
    {
        get
        {
            using var stream = typeof(SettingsSchema).Assembly.GetManifestResourceStream("XCoder.Analysis.Settings.xcoder.schema.json")!;
            var text = new byte[stream.Length];
            stream.ReadExactly(text);
            return text;
        }
    }
}
