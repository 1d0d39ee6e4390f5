using System.Globalization;
using System.Text;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Writes values as a language spells them.</summary>
/// <param name="form">The language.</param>
internal sealed class LiteralWriter(CallForm form)
{
    private const string Escaped = "\\\"'";

    /// <summary>A value as an argument; null where the language has no way to write it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="spelled">Its type as spelled, or null.</param>
    /// <param name="rule">The rule of its type, or null where none is spelled.</param>
    public string? Write(object value, string? spelled, TypeRule? rule)
    {
        rule = rule is null || rule.Is == "any" ? ParameterTypes.Rule(form, KindOf(value)) ?? rule : rule;
        if (rule is null)
        {
            return null;
        }

        var text = value switch
        {
            List<object> list => Items(list, rule, spelled),
            bool truth => truth ? form.True : form.False,
            string words => Escape(words),
            char c when rule.Is is "code" or "integer" => ((int)c).ToString(CultureInfo.InvariantCulture),
            char c => Escape(c.ToString()),
            double number => Real(number),
            long number when rule.Is == "float" => Real(number),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text is null ? null : rule.Literal.Replace("{type}", spelled ?? "", StringComparison.Ordinal).Replace("{item}", ParameterTypes.Item(rule, spelled) ?? "", StringComparison.Ordinal)
            .Replace(value is List<object> ? "{items}" : "{value}", text, StringComparison.Ordinal);
    }

    private static CallKind KindOf(object value) => value switch { long => CallKind.Integer, double => CallKind.Float, bool => CallKind.Boolean, string => CallKind.Text, char => CallKind.Character, _ => CallKind.List };

    private static string Real(double number) => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().IndexOfAny(".E") < 0 ? text + ".0" : text;

    private string? Items(List<object> list, TypeRule rule, string? spelled)
    {
        var item = ParameterTypes.Item(rule, spelled);
        var of = item is null ? null : ParameterTypes.Rule(form, item);
        var items = list.Select(value => Write(value, item, of)).ToList();
        return items.Contains(null) ? null : string.Join(", ", items);
    }

    private string Escape(string text)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value is >= ' ' and <= '~')
            {
                _ = Escaped.Contains((char)rune.Value, StringComparison.Ordinal) || form.Quoted.Contains((char)rune.Value, StringComparison.Ordinal) ? result.Append('\\').Append((char)rune.Value) : result.Append((char)rune.Value);
            }
            else if (form.Escape.Contains("{unit}", StringComparison.Ordinal))
            {
                foreach (var unit in rune.ToString())
                {
                    result.Append(form.Escape.Replace("{unit}", ((int)unit).ToString("x4", CultureInfo.InvariantCulture), StringComparison.Ordinal));
                }
            }
            else if (form.Escape.Contains("{point}", StringComparison.Ordinal))
            {
                result.Append(form.Escape.Replace("{point}", rune.Value.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal));
            }
            else
            {
                foreach (var one in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    result.Append(form.Escape.Replace("{byte}", one.ToString("x2", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{octal}", Convert.ToString(one, 8).PadLeft(3, '0'), StringComparison.Ordinal));
                }
            }
        }

        return result.ToString();
    }
}
