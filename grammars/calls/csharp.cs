using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Text;
{code}

internal static class XCoderMain
{
    private static readonly System.IO.Stream Out = Console.OpenStandardOutput();
    private static readonly int From = int.Parse(Environment.GetEnvironmentVariable("XCODER_FROM") ?? "0");

    private static void Line(string text)
    {
        Console.Out.Flush();
        Out.Write(Encoding.ASCII.GetBytes("\n{secret} " + text + "\n"));
        Out.Flush();
    }

    private static string Quoted(string value)
    {
        var result = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c is '"' or '\\' ? result.Append('\\').Append(c) : c is < ' ' or > '~' ? result.Append("\\u").Append(((int)c).ToString("x4")) : result.Append(c);
        }

        return result.Append('"').ToString();
    }

    private static string Show(object value, int depth) => depth > 30 ? throw new InvalidOperationException("unprintable") : value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        char c => "'" + (int)c,
        string text => Quoted(text),
        StringBuilder text => Quoted(text.ToString()),
        Enum name => Quoted(name.ToString()),
        double.NaN or float.NaN => "NaN",
        double.PositiveInfinity or float.PositiveInfinity => "Infinity",
        double.NegativeInfinity or float.NegativeInfinity => "-Infinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        BigInteger number => number.ToString(),
        IConvertible number => number.ToString(CultureInfo.InvariantCulture),
        System.Runtime.CompilerServices.ITuple tuple => "[" + string.Join(',', Enumerable.Range(0, tuple.Length).Select(i => Show(tuple[i], depth + 1))) + "]",
        IDictionary map => "M[" + string.Join(',', map.Keys.Cast<object>().Select(key => "[" + Show(key, depth + 1) + "," + Show(map[key], depth + 1) + "]")) + "]",
        IEnumerable items => (value.GetType().GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ISet<>)) ? "S[" : "[") + string.Join(',', items.Cast<object>().Take(1000).Select(item => Show(item, depth + 1))) + "]",
        _ => throw new InvalidOperationException("unprintable: " + value.GetType().Name),
    };

    public static void Call(int index, Type owner, string name, object[] arguments)
    {
        if (index < From)
        {
            return;
        }

        Line("@ " + index);
        string line;
        try
        {
            var found = owner.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .FirstOrDefault(method => method.Name == name && method.GetParameters().Length >= arguments.Length && method.GetParameters().Skip(arguments.Length).All(parameter => parameter.HasDefaultValue)) ?? throw new MissingMethodException(name);
            if (found.IsGenericMethodDefinition)
            {
                found = found.MakeGenericMethod(found.GetGenericArguments().Select(_ => typeof(int)).ToArray());
            }

            arguments = arguments.Concat(found.GetParameters().Skip(arguments.Length).Select(parameter => parameter.DefaultValue)).ToArray();
            var host = found.IsStatic ? null : Activator.CreateInstance(owner, true);
            var result = Show(found.Invoke(host, arguments), 0);
            line = "= " + index + " " + result + "\t" + Show(arguments, 0);
        }
        catch (TargetInvocationException error)
        {
            line = "! " + index + " " + Plain(error.InnerException);
        }
        catch (Exception error)
        {
            line = "! " + index + " driver " + Plain(error);
        }

        Line(line);
    }

    private static string Plain(Exception error)
    {
        var text = new string((error.GetType().Name + ": " + error.Message).Select(c => c is < ' ' or > '~' ? ' ' : c).ToArray());
        return text[..Math.Min(200, text.Length)];
    }

    private static void Main()
    {
{calls}
        Line("$");
    }
}
