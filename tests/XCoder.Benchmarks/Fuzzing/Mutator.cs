using System.Text;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>Edits that make text a parser has not seen. <paramref name="other"/> gives the sample of another language.</summary>
internal sealed class Mutator(Random random, Func<byte[]> other)
{
    private const int MaxBytes = 512 << 10;

    private static readonly byte[][] Vocabulary =
    [
        .. """"
            ( ) [ ] { } < > <( $( ${ #{ @{ %{ <<EOF <<~A <<-'X' EOF """ ''' " ' ` // /* */ /** /// # #| |# -- --[[ ]] {- -} (* *) %q( =begin =end __END__ <?php ?> <!--
            if else elseif elif unless while for foreach do done then fi end begin case esac when match switch default try catch finally rescue throw return yield await async
            def fn func fun function sub lambda class struct interface trait impl enum protocol extension object record module namespace package import using use require include from
            let var val const static public private protected internal override virtual abstract sealed final extern template typename operator new delete where in is as of with
            => -> <- = == === := += ++ -- ! != ~ ~= ?? ?. ? : :: ; , . .. ... @ @@ $ % & && | || ^ * ** / \ \\ \n \u{0} 0 0x 1e9 1_000 0b1 'a' "s" f"{x}" r#"x"# @"x" $"{x}" `${x}`
            name x y z self this super nil null None true false @C @Override @property @interface @implementation @end #if #else #endif #define #include #! \t
            """".Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes),
        " "u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\t"u8.ToArray(), "\n\n"u8.ToArray(), "\n    "u8.ToArray(), [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xE2, 0x80, 0xA8], [0xEF, 0xBB, 0xBF], [0xF4, 0x90, 0x80, 0x80],
    ];

    private static readonly (string Open, string Close)[] Brackets =
    [
        ("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("f(", ")"), ("if (x) {", "}"), ("function f(a) {", "}"), ("class A {", "}"), ("fn f() {", "}"), ("namespace a {", "}"),
        ("def f\n", "end\n"), ("if x then ", " end "), ("begin ", " end "), ("a => ", ""), ("x -> ", ""), ("\\x -> ", ""), ("\"${", "}\""), ("`${", "}`"), ("\"#{", "}\""), ("$(", ")"),
        ("-", ""), ("!", ""), ("*", ""), ("&", ""), ("a.", "b"), ("a ? b : ", "c"), ("a + ", "b"), ("/*", "*/"), ("(*", "*)"), ("{-", "-}"), ("template <class T> ", "x"), ("let x = ", "1"), ("@a ", ""),
        ("module A\n", "end\n"), ("impl A { fn f() {", "}}"), ("<a>", "</a>"), ("case x of y -> ", ""), ("if x: ", ""), ("else if (a) ", ";"), ("function() ", " end "), ("@\"", "\"@"), ("#if A\n", "#endif\n"),
    ];

    /// <summary>Mostly small, at times large.</summary>
    public int Size(int usual) => random.Next(200) switch
    {
        0 => usual * 50,
        < 5 => usual * 10,
        < 40 => usual,
        _ => usual / 8,
    };

    public byte[] Mutate(byte[] text)
    {
        for (var edits = 1 + random.Next(random.Next(4) == 0 ? 40 : 6); edits > 0 && text.Length < MaxBytes; edits--)
        {
            var (start, length) = Range(text);
            text = random.Next(13) switch
            {
                0 or 1 => Flip(text),
                2 => text[..start],
                3 => text[start..],
                4 => [.. text[..start], .. text[(start + length)..]],
                5 => Insert(text, start, text[start..(start + length)]),
                6 => Insert(text, random.Next(text.Length + 1), text[start..(start + length)]),
                7 => Splice(text, other()),
                8 => Insert(text, start, Nested(20 + random.Next(60))),
                9 => Insert(text, start, new byte[1 + random.Next(random.Next(20) == 0 ? 20_000 : 10)]),
                10 => Repeat(text[start..(start + Math.Min(length, 2_000))], 2 + random.Next(20), text, start),
                _ => Insert(text, start, Word()),
            };
        }

        return text;
    }

    public byte[] RandomBytes()
    {
        var text = new byte[random.Next(Size(4_000) + 1)];
        random.NextBytes(text);
        var (low, high) = random.Next(3) switch { 0 => (0, 256), 1 => (32, 127), _ => (9, 127) };
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (byte)(low + (text[i] % (high - low)));
        }

        return text;
    }

    public byte[] Words(int count)
    {
        using var text = new MemoryStream();
        for (; count > 0 && text.Length < MaxBytes; count--)
        {
            text.Write(Word());
            if (random.Next(3) > 0)
            {
                text.WriteByte((byte)(random.Next(6) == 0 ? '\n' : ' '));
            }
        }

        return text.ToArray();
    }

    public byte[] Nested() => Nested(1 + random.Next(Size(800)));

    public byte[] HugeLine(byte[] sample)
    {
        var (start, length) = Range(sample);
        var unit = random.Next(3) == 0 && length > 0 ? sample[start..(start + Math.Min(length, 60))].Where(b => b is not (byte)'\n').ToArray() : Word();
        return Repeat(unit, 1 + (Size(16_000) / Math.Max(1, unit.Length)), sample, start);
    }

    private byte[] Nested(int depth)
    {
        using var text = new MemoryStream();
        var kinds = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Brackets[random.Next(Brackets.Length)]).ToArray();
        var indent = random.Next(4) == 0 && depth < 300;
        for (var i = 0; i < depth && text.Length < MaxBytes; i++)
        {
            text.Write(Encoding.UTF8.GetBytes((indent ? "\n" + new string(' ', i) : "") + kinds[i % kinds.Length].Open));
        }

        var closed = random.Next(3) switch { 0 => 0, 1 => random.Next(depth + 1), _ => depth };
        for (var i = depth - 1; i >= depth - closed && text.Length < 2 * MaxBytes; i--)
        {
            text.Write(Encoding.UTF8.GetBytes(kinds[i % kinds.Length].Close));
        }

        return text.ToArray();
    }

    private byte[] Flip(byte[] text)
    {
        var copy = text.ToArray();
        for (var count = copy.Length == 0 ? 0 : 1 + random.Next(8); count > 0; count--)
        {
            copy[random.Next(copy.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)random.Next(32, 127);
        }

        return copy;
    }

    private byte[] Splice(byte[] text, byte[] from)
    {
        var (start, length) = Range(from);
        return Insert(text, random.Next(text.Length + 1), from[start..(start + length)]);
    }

    private byte[] Word() => Vocabulary[random.Next(Vocabulary.Length)];

    private (int Start, int Length) Range(byte[] text)
    {
        var start = random.Next(text.Length + 1);
        return (start, random.Next(1 + Math.Min(text.Length - start, random.Next(3) == 0 ? 4_000 : 60)));
    }

    private static byte[] Insert(byte[] text, int at, byte[] what) => [.. text[..at], .. what, .. text[at..]];

    private static byte[] Repeat(byte[] what, int times, byte[] text, int at)
    {
        using var repeated = new MemoryStream();
        for (; times > 0 && repeated.Length < MaxBytes; times--)
        {
            repeated.Write(what);
        }

        return Insert(text, at, repeated.ToArray());
    }
}
