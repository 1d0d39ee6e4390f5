using System.Globalization;
using System.Text;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Writes the program that calls a function with given values.</summary>
/// <param name="form">How its language calls.</param>
/// <param name="driver">The program around the calls.</param>
internal sealed class DriverWriter(CallForm form, string driver)
{
    private const string CodePlace = "{code}", CallsPlace = "{calls}", SecretPlace = "{secret}";
    private readonly LiteralWriter _literals = new(form);

    /// <summary>The program's files by name; null where a value cannot be written.</summary>
    /// <param name="toolchain">What builds and runs it.</param>
    /// <param name="function">The function.</param>
    /// <param name="slots">Which value each parameter takes.</param>
    /// <param name="inputs">The values of each call.</param>
    /// <param name="secret">What the lines of the program begin with.</param>
    public IReadOnlyDictionary<string, string>? Write(Toolchain toolchain, CallFunction function, IReadOnlyList<int> slots, IReadOnlyList<CallInput> inputs, string secret)
    {
        var calls = new StringBuilder();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (Call(function, slots, inputs[i].Values, i) is not { } call)
            {
                return null;
            }

            calls.Append(call).Append('\n');
        }

        var at = driver.IndexOf(CodePlace, StringComparison.Ordinal);
        var after = driver[(at + CodePlace.Length)..].Replace(SecretPlace, secret, StringComparison.Ordinal).Replace(CallsPlace, calls.ToString(), StringComparison.Ordinal);
        var lines = form.Uses.Where(use => ProgramText.IsMatch(function.Code, use[0]) && !function.Code.Contains(use[1], StringComparison.Ordinal) && !(use[1].Split('"') is [_, var name, ..] && function.Code.Contains('"' + name + '"', StringComparison.Ordinal))).Select(use => use[1]);
        return ProgramText.WithCalls(toolchain, string.Join('\n', lines), function.Code, driver[..at], after);
    }

    private string? Call(CallFunction function, IReadOnlyList<int> slots, IReadOnlyList<object> values, int index)
    {
        var (literals, declarations, passes, shows) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        for (var p = 0; p < slots.Count; p++)
        {
            var parameter = function.Parameters[p];
            var value = slots[p] >= 0 ? values[slots[p]] : (long)Length(values[-1 - slots[p]]);
            if (_literals.Write(value, parameter.Spelled, parameter.Rule) is not { } literal)
            {
                return null;
            }

            literals.Add(literal);
            declarations.Add(Fill(parameter.Rule?.Declare ?? form.Declare, p, parameter, value).Replace("{literal}", literal, StringComparison.Ordinal));
            passes.Add(Fill(parameter.Rule?.Pass ?? form.Pass, p, parameter, value));
            shows.Add(Fill(parameter.Rule?.Show ?? form.Show, p, parameter, value));
        }

        var call = form.CallVoid is { } nothing && form.Void is { } pattern && ProgramText.IsMatch(function.Signature, pattern) ? nothing : form.Call;
        return call.Replace("{target}", form.Targets[function.Place], StringComparison.Ordinal).Replace("{owner}", function.Owner, StringComparison.Ordinal).Replace("{name}", function.Name, StringComparison.Ordinal).Replace("{qualified}", function.Qualified, StringComparison.Ordinal)
            .Replace("{index}", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{passes}", string.Join(", ", passes), StringComparison.Ordinal)
            .Replace("{shows}", string.Join(form.Separator, shows), StringComparison.Ordinal).Replace("{declarations}", string.Join(' ', declarations), StringComparison.Ordinal).Replace("{literals}", string.Join(", ", literals), StringComparison.Ordinal);
    }

    private static string Fill(string template, int p, CallParameter parameter, object value) => template.Replace("{n}", p.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{type}", parameter.Spelled ?? "", StringComparison.Ordinal)
        .Replace("{item}", parameter.Rule is null ? "" : ParameterTypes.Item(parameter.Rule, parameter.Spelled) ?? "", StringComparison.Ordinal).Replace("{count}", Length(value).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static int Length(object value) => value switch { string text => Encoding.UTF8.GetByteCount(text), List<object> list => list.Count, _ => 0 };
}
