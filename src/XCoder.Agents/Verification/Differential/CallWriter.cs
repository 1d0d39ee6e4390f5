using System.Globalization;
using System.Text;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Writes the program that calls a function with given values.</summary>
/// <param name="form">Describes how the language calls functions.</param>
/// <param name="driver">Template of the program around the calls.</param>
internal sealed class DriverWriter(CallForm form, string driver)
{
    private const string CodePlace = "{code}", CallsPlace = "{calls}", SecretPlace = "{secret}";
    private readonly LiteralWriter _literals = new(form);

    /// <summary>Writes the program's files. Returns them by name, or null if the language cannot write one of the values.</summary>
    /// <param name="toolchain">Builds and runs the program.</param>
    /// <param name="function">The function to call.</param>
    /// <param name="slots">For each parameter the index v of the value that it takes, or -1 - v for the length of value v.</param>
    /// <param name="inputs">Values of each call.</param>
    /// <param name="secret">Prefix of the lines that the driver prints; the code under test cannot guess it.</param>
    public IReadOnlyDictionary<string, string>? Write(Toolchain toolchain, CallFunction function, IReadOnlyList<int> slots,
        IReadOnlyList<CallInput> inputs, string secret)
    {
        var calls = new StringBuilder();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (Call(function, slots, inputs[i], i) is not { } call)
            {
                return null;
            }

            calls.Append(call).Append('\n');
        }

        var at = driver.IndexOf(CodePlace, StringComparison.Ordinal);
        var after = driver[(at + CodePlace.Length)..].Replace(SecretPlace, secret, StringComparison.Ordinal)
            .Replace(CallsPlace, calls.ToString(), StringComparison.Ordinal);
        var lines = form.Uses.Where(use => ProgramText.IsMatch(function.Code, use[0])
            && !function.Code.Contains(use[1], StringComparison.Ordinal)
            && !(use[1].Split('"') is [_, var name, ..] && function.Code.Contains('"' + name + '"', StringComparison.Ordinal)))
            .Select(use => use[1]);
        return ProgramText.WithCalls(toolchain, string.Join('\n', lines), function.Code, driver[..at], after);
    }

    /// <summary>Whether the language has literals for all values of a call.</summary>
    public bool CanWrite(CallFunction function, IReadOnlyList<int> slots, CallInput input) => Call(function, slots, input, 0) is not null;

    private string? Call(CallFunction function, IReadOnlyList<int> slots, CallInput input, int index)
    {
        var values = input.Values;
        var (literals, declarations, passes, shows) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        for (var p = 0; p < DefaultPlan.Passed(function, slots, input.Passed); p++)
        {
            var parameter = function.Parameters[p];
            var value = slots[p] >= 0 ? values[slots[p]] : (long)Length(values[-1 - slots[p]]);
            if (_literals.Write(value, parameter.Spelled, parameter.Rule) is not { } literal)
            {
                return null;
            }

            literals.Add(literal);
            declarations.Add(Fill(parameter.Rule?.Declare ?? form.Declare, p, parameter, value, literal));
            passes.Add(Fill(parameter.Rule?.Pass ?? form.Pass, p, parameter, value, literal));
            shows.Add(Fill(parameter.Rule?.Show ?? form.Show, p, parameter, value, literal));
        }

        var call = form.CallVoid is { } nothing && form.Void is { } pattern && ProgramText.IsMatch(function.Signature, pattern) ? nothing
            : form.Call;
        (string, string)[] names = [("{owner}", function.Owner), ("{name}", function.Name), ("{qualified}", function.Qualified)];
        return Template.Fill(call, [.. names, ("{target}", Template.Fill(form.Targets[function.Place], names)),
            ("{index}", index.ToString(CultureInfo.InvariantCulture)), ("{passes}", string.Join(", ", passes)),
            ("{shows}", string.Join(form.Separator, shows)), ("{declarations}", string.Join(' ', declarations)),
            ("{literals}", string.Join(", ", literals))]);
    }

    private static string Fill(string template, int p, CallParameter parameter, object value, string literal) => Template.Fill(template,
        ("{n}", p.ToString(CultureInfo.InvariantCulture)), ("{type}", parameter.Spelled ?? ""),
        ("{item}", parameter.Rule is null ? "" : ParameterTypes.Item(parameter.Rule, parameter.Spelled) ?? ""),
        ("{count}", Length(value).ToString(CultureInfo.InvariantCulture)), ("{literal}", literal));

    private static int Length(object value) =>
        value switch { string text => Encoding.UTF8.GetByteCount(text), List<object> list => list.Count, _ => 0 };
}

/// <summary>Fills templates of a manifest.</summary>
internal static class Template
{
    /// <summary>
    /// Replaces placeholders in a single pass, so that a value that holds the name of a placeholder stays as it is.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="values">Placeholders with their braces, and what replaces them.</param>
    public static string Fill(string template, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var result = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var length = 0;
            foreach (var (place, value) in values)
            {
                if (template.AsSpan(at).StartsWith(place, StringComparison.Ordinal))
                {
                    result.Append(value);
                    length = place.Length;
                    break;
                }
            }

            if (length == 0)
            {
                result.Append(template[at++]);
            }

            at += length;
        }

        return result.ToString();
    }
}

/// <summary>Writes values as literals of a language.</summary>
/// <param name="form">Describes the language.</param>
internal sealed class LiteralWriter(CallForm form)
{
    private const char Backslash = '\\', Double = '"', Single = '\'';

    /// <summary>Writes a value as an argument. Returns null if the language has no literal for it.</summary>
    /// <param name="value">A long, double, bool, string, char or a list of values.</param>
    /// <param name="spelled">The parameter's type as written in the code, or null.</param>
    /// <param name="rule">The rule of that type, or null if the code names no type.</param>
    public string? Write(object value, string? spelled, TypeRule? rule)
    {
        rule = rule is null || rule.Is == "any" ? ParameterTypes.Rule(form, KindOf(value)) ?? rule : rule;
        if (rule is null || (rule.Terminated && value is string whole && whole.Contains('\0', StringComparison.Ordinal)))
        {
            return null;
        }

        if (rule.Is == ParameterTypes.AsItem)
        {
            var of = ParameterTypes.Item(rule, spelled)!;
            return Write(value, of, ParameterTypes.Rule(form, of)) is { } inner
                ? Template.Fill(rule.Literal, ("{value}", inner), ("{item}", of)) : null;
        }

        var quote = rule.Literal.Contains(Double, StringComparison.Ordinal) ? Double : Single;
        var text = value switch
        {
            List<object> list => Items(list, rule, spelled),
            bool truth => truth ? form.True : form.False,
            string words => Escape(words, quote),
            char c when rule.Is is "code" or "integer" => ((int)c).ToString(CultureInfo.InvariantCulture),
            char c => Escape(c.ToString(), quote),
            double number => Real(number),
            long number when rule.Is == "float" => Real(number),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text is null ? null : Template.Fill(rule.Literal, ("{type}", spelled ?? ""),
            ("{item}", ParameterTypes.Item(rule, spelled) ?? ""), (value is List<object> ? "{items}" : "{value}", text),
            ("{bytes}", value is string said ? Encoding.UTF8.GetByteCount(said).ToString(CultureInfo.InvariantCulture) : ""));
    }

    private static CallKind KindOf(object value) =>
        value switch { long => CallKind.Integer, double => CallKind.Float, bool => CallKind.Boolean, string => CallKind.Text,
            char => CallKind.Character, _ => CallKind.List };

    private static string Real(double number) =>
        number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().IndexOfAny(".E") < 0 ? text + ".0" : text;

    private string? Items(List<object> list, TypeRule rule, string? spelled)
    {
        var item = ParameterTypes.Item(rule, spelled);
        var of = item is null ? null : ParameterTypes.Rule(form, item);
        var items = list.Select(value => Write(value, item, of)).ToList();
        return items.Contains(null) ? null : string.Join(", ", items);
    }

    // Only the quote around the literal is escaped: some languages reject, or keep, the backslash before the other one.
    private string Escape(string text, char quote)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' and <= '~')
            {
                var c = (char)rune.Value;
                _ = c == Backslash || c == quote || form.Quoted.Contains(c, StringComparison.Ordinal) ? result.Append(Backslash).Append(c)
                    : result.Append(c);
                continue;
            }

            var escape = rune.IsAscii ? form.Control ?? form.Escape : form.Escape;
            if (escape.Contains("{unit}", StringComparison.Ordinal))
            {
                foreach (var unit in rune.ToString())
                {
                    result.Append(Template.Fill(escape, ("{unit}", ((int)unit).ToString("x4", CultureInfo.InvariantCulture))));
                }
            }
            else if (escape.Contains("point", StringComparison.Ordinal))
            {
                result.Append(Template.Fill(escape, ("{point}", rune.Value.ToString("x", CultureInfo.InvariantCulture)),
                    ("{point8}", rune.Value.ToString("x8", CultureInfo.InvariantCulture))));
            }
            else
            {
                foreach (var one in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    result.Append(Template.Fill(escape, ("{byte}", one.ToString("x2", CultureInfo.InvariantCulture)),
                        ("{octal}", Convert.ToString(one, 8).PadLeft(3, '0'))));
                }
            }
        }

        return result.ToString();
    }
}
