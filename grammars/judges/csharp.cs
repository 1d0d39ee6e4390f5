@@common
internal static class XCoderWire
{
    private static readonly System.IO.Stream Out = System.Console.OpenStandardOutput();
    private static System.IO.StreamReader _input;

    public static string Next()
    {
        _input ??= new System.IO.StreamReader(new System.IO.FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(9, false), System.IO.FileAccess.Read, 1), System.Text.Encoding.ASCII);
        return _input.ReadLine();
    }

    public static void Line(string text)
    {
        System.Console.Out.Flush();
        Out.Write(System.Text.Encoding.ASCII.GetBytes("\n{secret} " + text + "\n"));
        Out.Flush();
    }

    public static string Hex(string text) => System.Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text)).ToLowerInvariant();

    public static string Show(object value, int depth)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (depth > 60) throw new System.NotSupportedException("unprintable");
        switch (value)
        {
            case null: return "n";
            case bool truth: return truth ? "t" : "f";
            case char c: return "c" + (int)c + ";";
            case string text: return "s" + Hex(text) + ";";
            case double number: return "d" + (double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : number.ToString("R", invariant)) + ";";
            case float number: return "d" + (float.IsNaN(number) ? "NaN" : float.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : number.ToString("R", invariant)) + ";";
            case decimal number: return "d" + number.ToString(invariant) + ";";
            case sbyte or byte or short or ushort or int or uint or long or ulong or System.Numerics.BigInteger: return "i" + value.ToString() + ";";
        }

        var type = value.GetType();
        var isMade = value is System.Collections.IEnumerable && type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false);
        if (value is System.Array { Rank: > 1 } || !(type.IsArray || isMade || (type.Namespace ?? "").StartsWith("System", System.StringComparison.Ordinal))) throw new System.NotSupportedException("unprintable");
        var (count, items) = (0, new System.Text.StringBuilder());
        if (value is System.Runtime.CompilerServices.ITuple tuple)
        {
            for (; count < tuple.Length; count++) items.Append(Show(tuple[count], depth + 1));
            return "u" + count + ";" + items;
        }

        if (value is System.Collections.IDictionary map)
        {
            foreach (System.Collections.DictionaryEntry pair in map)
            {
                items.Append(Show(pair.Key, depth + 1)).Append(Show(pair.Value, depth + 1));
                count++;
            }

            return "m" + count + ";" + items;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(System.Collections.Generic.KeyValuePair<,>)) return "u2;" + Show(type.GetProperty("Key").GetValue(value), depth + 1) + Show(type.GetProperty("Value").GetValue(value), depth + 1);
        if (value is not System.Collections.IEnumerable all || type.Name.StartsWith("Stack", System.StringComparison.Ordinal)) throw new System.NotSupportedException("unprintable");
        foreach (var item in all)
        {
            if (++count > 100_000 || items.Length > 1 << 20) throw new System.NotSupportedException("unprintable");
            items.Append(Show(item, depth + 1));
        }

        return (System.Array.Exists(type.GetInterfaces(), face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(System.Collections.Generic.ISet<>)) ? "e" : "l") + count + ";" + items;
    }

    public static object[] List(string text, System.Type[] types)
    {
        var at = text.IndexOf(';') + 1;
        return System.Array.ConvertAll(types, type => Read(text, ref at, type));
    }

    public static object Read(string text, System.Type type)
    {
        var at = 0;
        return Read(text, ref at, type);
    }

    private static object Read(string text, ref int at, System.Type type)
    {
        type = System.Nullable.GetUnderlyingType(type) ?? type;
        var tag = text[at++];
        if (tag is 'n' or 'v') return null;
        if (tag is 't' or 'f') return tag == 't';
        var end = text.IndexOf(';', at);
        var digits = text[at..end];
        at = end + 1;
        if (tag is 'i' or 'd') return Number(digits, type, tag);
        if (tag == 'c') return (char)int.Parse(digits);
        if (tag == 's') return System.Text.Encoding.UTF8.GetString(System.Convert.FromHexString(digits));
        var (count, arguments) = (int.Parse(digits), type.IsGenericType ? type.GetGenericArguments() : System.Type.EmptyTypes);
        if (tag == 'u')
        {
            var parts = new object[count];
            for (var i = 0; i < count; i++) parts[i] = Read(text, ref at, i < arguments.Length ? arguments[i] : typeof(object));
            return System.Activator.CreateInstance(type, parts);
        }

        if (tag == 'm')
        {
            var (key, value) = (arguments.Length > 1 ? arguments[0] : typeof(object), arguments.Length > 1 ? arguments[1] : typeof(object));
            var of = (type.Name.StartsWith("Sorted", System.StringComparison.Ordinal) ? typeof(System.Collections.Generic.SortedDictionary<,>) : typeof(System.Collections.Generic.Dictionary<,>)).MakeGenericType(key, value);
            var map = (System.Collections.IDictionary)System.Activator.CreateInstance(of);
            for (var i = 0; i < count; i++)
            {
                var name = Read(text, ref at, key);
                map[name] = Read(text, ref at, value);
            }

            return map;
        }

        var item = type.IsArray ? type.GetElementType() : arguments.Length > 0 ? arguments[0] : typeof(object);
        var items = (System.Collections.IList)System.Activator.CreateInstance(typeof(System.Collections.Generic.List<>).MakeGenericType(item));
        for (var i = 0; i < count; i++) items.Add(Read(text, ref at, item));
        if (type.IsArray)
        {
            var array = System.Array.CreateInstance(item, count);
            items.CopyTo(array, 0);
            return array;
        }

        if (type.IsInstanceOfType(items)) return items;
        if (type.IsInterface && tag == 'e') type = typeof(System.Collections.Generic.HashSet<>).MakeGenericType(item);
        return System.Activator.CreateInstance(type, items);
    }

    private static object Number(string digits, System.Type type, char tag)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (type == typeof(System.Numerics.BigInteger)) return System.Numerics.BigInteger.Parse(digits, invariant);
        if (type.IsPrimitive || type == typeof(decimal)) return System.Convert.ChangeType(digits, type, invariant);
        if (tag == 'd') return double.Parse(digits, invariant);
        return int.TryParse(digits, out var small) ? small : long.TryParse(digits, out var wide) ? wide : System.Numerics.BigInteger.Parse(digits, invariant);
    }

    public static System.Reflection.MethodInfo Find(System.Type owner, string name) =>
        System.Array.Find(owner.GetMethods((System.Reflection.BindingFlags)(2 | 4 | 8 | 16 | 32)), method => method.Name == name);
}

@@answer
{code}

{common}
internal static class XCoderMain
{
    private static readonly (string Key, System.Type Owner, string Name)[] Table = [{entries}];

    private static void Main()
    {
        for (string text; (text = XCoderWire.Next()) is not null;)
        {
            var parts = text.Split(' ');
            string shown, after;
            try
            {
                var (_, owner, name) = System.Array.Find(Table, entry => entry.Key == parts[1]);
                var method = XCoderWire.Find(owner, name);
                if (method.IsGenericMethodDefinition) throw new System.NotSupportedException("unprintable");
                var values = XCoderWire.List(parts[2], System.Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType));
                var host = method.IsStatic ? null : System.Activator.CreateInstance(owner, true);
                object result;
                try
                {
                    result = method.Invoke(host, values);
                    shown = XCoderWire.Show(result, 0);
                }
                catch (System.Reflection.TargetInvocationException error)
                {
                    XCoderWire.Line("! " + parts[0] + " s" + XCoderWire.Hex(error.InnerException.GetType().FullName) + "; s" + XCoderWire.Hex(error.InnerException.Message) + ";");
                    continue;
                }
                catch (System.Exception error) when (error is not System.NotSupportedException { Message: "unprintable" })
                {
                    XCoderWire.Line("! " + parts[0] + " s" + XCoderWire.Hex(error.GetType().FullName) + "; s" + XCoderWire.Hex(error.Message) + ";");
                    continue;
                }

                after = XCoderWire.Show(values, 0);
            }
            catch (System.Exception)
            {
                XCoderWire.Line("# " + parts[0]);
                continue;
            }

            XCoderWire.Line("= " + parts[0] + " " + shown + " " + after);
        }
    }
}

@@judge
global using XCoderAnswer;
{tests}
{common}
internal static class XCoderJudge
{
    private static void Refuse(string reason)
    {
        XCoderWire.Line("# " + reason);
        System.Environment.Exit(3);
    }

    public static object Ask(System.Type owner, string key, string name, object[] arguments)
    {
        foreach (var space in new[] { "System", "System.Collections.Generic", "System.Linq", "System.IO", "System.Text", "System.Diagnostics", "System.Threading", "System.Threading.Tasks" })
        {
            foreach (var assembly in System.AppDomain.CurrentDomain.GetAssemblies())
            {
                if (assembly != owner.Assembly && assembly.GetType(space + "." + owner.Name) is not null) Refuse("the answer redefines '" + owner.Name + "'");
            }
        }

        var method = XCoderWire.Find(owner, name);
        string shown = null;
        try { shown = XCoderWire.Show(arguments, 0); } catch (System.NotSupportedException) { Refuse("the tests pass something that is no value"); }
        XCoderWire.Line("? " + key + " " + shown);
        var reply = XCoderWire.Next().Split(' ');
        if (reply[0] == "!")
        {
            var (type, message) = ((string)XCoderWire.Read(reply[1], typeof(string)), (string)XCoderWire.Read(reply[2], typeof(string)));
            var kind = type.StartsWith("System.", System.StringComparison.Ordinal) ? typeof(object).Assembly.GetType(type) : null;
            System.Exception error = null;
            try { error = kind is not null && typeof(System.Exception).IsAssignableFrom(kind) ? (System.Exception)System.Activator.CreateInstance(kind, message) : null; } catch (System.MissingMethodException) { }
            throw error ?? new System.Exception(message);
        }

        var after = reply[2][0] == 'l' ? XCoderWire.List(reply[2], System.Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType)) : new object[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (after[i] is System.Collections.IList now && arguments[i] is System.Collections.IList { IsReadOnly: false } before)
            {
                if (!before.IsFixedSize) before.Clear();
                for (var j = 0; j < now.Count; j++) _ = before.IsFixedSize ? before[j] = now[j] : before.Add(now[j]);
            }
            else if (after[i] is System.Collections.IDictionary map && arguments[i] is System.Collections.IDictionary { IsReadOnly: false } old)
            {
                old.Clear();
                foreach (System.Collections.DictionaryEntry pair in map) old[pair.Key] = pair.Value;
            }
        }

        return XCoderWire.Read(reply[1], method.ReturnType);
    }
}
{stubs}
internal static class XCoderMain
{
    private static void Main()
    {
        Tests.Run();
        XCoderWire.Line("$");
    }
}
