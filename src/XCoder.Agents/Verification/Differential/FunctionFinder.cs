using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Finds the functions of some code that can be called. Safe for concurrent use.</summary>
internal sealed class FunctionFinder(LanguageCatalog catalog) : IDisposable
{
    private const string Free = "free", Member = "member", Loose = "loose", Static = "static", LooseStatic = "loose static";

    private readonly CodeReaderPool _readers = new(catalog, TrialReader.IsSafe);

    /// <summary>The functions, in their order; none where the code cannot be read, with the reason.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="form">How its functions are called.</param>
    /// <param name="code">The code.</param>
    /// <param name="reason">Why there is none, or null.</param>
    public IReadOnlyList<CallFunction> Find(string language, CallForm form, string code, out string? reason)
    {
        reason = $"There is no parser for '{language}'.";
        if (catalog.Find(language) is not { } known)
        {
            return [];
        }

        var reader = _readers.Take();
        try
        {
            foreach (var text in Texts(form, code))
            {
                reason = "No function was found in it.";
                if (reader.Extract(known, text.Code) is not { } file || (file.HasErrors && text.HasNext))
                {
                    continue;
                }

                var found = Functions(form, file, text.Code, text.IsHosted, ref reason);
                if (found.Count > 0)
                {
                    reason = null;
                    return found;
                }
            }

            return [];
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    // A function without its type is read within one where its language asks for it.
    private static IEnumerable<(string Code, bool IsHosted, bool HasNext)> Texts(CallForm form, string code)
    {
        var opening = form.Opening.Length > 0 && !code.TrimStart().StartsWith(form.Opening, StringComparison.Ordinal) ? form.Opening + "\n" : "";
        var hosted = form.Host is { } host ? $"{opening}{host.Open}\n{form.Replace.Aggregate(code, (text, pair) => ProgramText.Replace(text, pair[0], pair[1]))}\n{host.Close}" : null;
        if (form.Host?.When is { } when && ProgramText.IsMatch(code, when))
        {
            yield return (hosted!, true, true);
        }

        yield return (opening + code, false, hosted is not null && form.Host!.When is null);
        if (hosted is not null && form.Host!.When is null)
        {
            yield return (hosted, true, false);
        }
    }

    private static List<CallFunction> Functions(CallForm form, ExtractedFile file, string code, bool isHosted, ref string? reason)
    {
        var result = new List<CallFunction>();
        foreach (var snippet in file.Snippets.Where(snippet => snippet.Kind is SnippetKind.Function or SnippetKind.Method && !snippet.IsTest && !snippet.HasErrors))
        {
            var parent = snippet.Parent < 0 ? null : file.Snippets[snippet.Parent];
            if (parent is not null && (!parent.Kind.IsStructure() || parent.Parent >= 0) && !(form.Host is null && parent.Kind.IsStructure()))
            {
                continue;
            }

            if (isHosted && parent?.Name != HostRule.Name)
            {
                continue;
            }

            var written = snippet.Parameters.ToList();
            var hasReceiver = form.Receiver is not null && written.Count > 0 && ProgramText.IsMatch(written[0].Split(':')[0].Trim(), form.Receiver);
            if (hasReceiver)
            {
                written.RemoveAt(0);
            }

            var text = snippet.Signature;
            var isStatic = form.Static is not null && (ProgramText.IsMatch(text, form.Static) || snippet.Decorators.Any(decorator => ProgramText.IsMatch(decorator, form.Static)));
            var place = parent is null ? (hasReceiver ? Loose : isStatic && form.Targets.ContainsKey(LooseStatic) ? LooseStatic : Free)
                : isStatic || (form.Receiver is not null && !hasReceiver) ? Static : Member;
            if (!form.Targets.ContainsKey(place))
            {
                reason = $"'{snippet.Name}' cannot be called from outside.";
                continue;
            }

            if (ParameterTypes.Read(form, snippet.Signature, written, out var wrong) is not { } parameters)
            {
                reason = $"No values are known for the parameter '{wrong}' of '{snippet.Name}'.";
                continue;
            }

            result.Add(new CallFunction(snippet.Name, snippet.QualifiedName, parent?.Name ?? "", place, text, parameters, code));
        }

        return result;
    }
}
