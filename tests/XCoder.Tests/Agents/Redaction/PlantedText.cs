using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Redaction;

namespace XCoder.Tests.Agents.Redaction;

/// <summary>Texts with made-up secrets and texts like them, drawn by a seed; <c>planted.txt</c> says how they are written.</summary>
internal static partial class PlantedText
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly Dictionary<char, string> Alphabets = new()
    {
        ['x'] = "0123456789abcdef",
        ['w'] = Base62,
        ['u'] = Base62 + "-_",
        ['b'] = Base62 + "+/",
        ['U'] = Base62[..36],
        ['l'] = Base62[..10] + Base62[36..],
        ['a'] = Base62[36..] + "234567",
        ['d'] = "0123456789",
    };

    private static readonly string[] Codes =
    [
        "var client = new Client(\"{0}\");", "client = Client('{0}')", "    key: \"{0}\",", "export CREDENTIAL={0}", "client, err := New(ctx, \"{0}\")",
        "let key = String::from(\"{0}\");", "@conf = { :key => '{0}' }", "// old one: {0}", "$client->connect('{0}');", "curl -u {0}: https://api.service.net",
        "private val key = \"{0}\"", "-- {0}", "\"\"\"Use {0} here.\"\"\"",
    ];

    /// <summary>Kind, text and what must go from it, in parts.</summary>
    public static IEnumerable<(string Kind, string Text, string[] Secrets)> Secrets(int seed, string file = "planted.txt")
    {
        var random = new Random(seed);
        var number = 0;
        foreach (var line in Lines(file))
        {
            var (kind, pattern) = (line[..line.IndexOf('\t')], line[(line.IndexOf('\t') + 1)..]);
            var isBare = pattern.StartsWith('⟦') && pattern.EndsWith('⟧');
            var text = Fill(isBare ? Codes[number++ % Codes.Length].Replace("{0}", pattern, StringComparison.Ordinal) : pattern, random);
            var secret = text[(text.IndexOf('⟦') + 1)..text.IndexOf('⟧')];
            yield return (kind, text.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal), secret.Split(["\n", "\\n"], StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>Texts without secrets.</summary>
    public static IEnumerable<string> LookAlikes(int seed, string file = "look-alikes.txt")
    {
        var random = new Random(seed);
        return Lines(file).Select(line => Fill(line, random));
    }

    private static IEnumerable<string> Lines(string name) =>
        File.ReadLines(Path.Combine(TestPaths.Root, "tests", "XCoder.Tests", "Agents", "Redaction", name)).Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal));

    private static string Fill(string pattern, Random random)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (Match match in Blanks().Matches(pattern))
        {
            text.Append(pattern, at, match.Index - at);
            text.Append(match.ValueSpan is "{c}"
                ? TokenChecks.Sum(text.ToString(text.Length - 30, 30))
                : new string(random.GetItems<char>(Alphabets[match.Value[1]], int.Parse(match.ValueSpan[2..^1], CultureInfo.InvariantCulture))));
            at = match.Index + match.Length;
        }

        return text.Append(pattern, at, pattern.Length - at).Replace("¦", "").Replace('␤', '\n').ToString();
    }

    [GeneratedRegex(@"\{(?:[xwubUlad][0-9]+|c)\}")]
    private static partial Regex Blanks();
}
