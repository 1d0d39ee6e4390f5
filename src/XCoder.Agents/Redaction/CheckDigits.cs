using System.Security.Cryptography;

namespace XCoder.Agents.Redaction;

/// <summary>Check digits of account, card and identity numbers, and of Bitcoin's keys.</summary>
internal static class CheckDigits
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    // Verhoeff's dihedral group of ten elements, and its permutations.
    private static readonly string[] Products = ["0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
        "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"];
    private static readonly string[] Permutations = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870",
        "4286573901", "2793806415", "7046913258"];

    // Values of letters and digits at odd places of the Italian tax code, 0 to 9 and A to Z.
    private static readonly int[] OddPlaces = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20,
        11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <summary>Whether a number, without separators, passes the check of its rule.</summary>
    public static bool Pass(NumberRule rule, string number, IReadOnlyDictionary<string, int> accountLengths) => rule.Check switch
    {
        "weights" => IsWeighted(number, rule),
        "luhn" => IsLuhn(number),
        "card" => IsCard(number),
        "iban" => accountLengths.GetValueOrDefault(number[..2]) == number.Length && Remainder97(number[4..] + number[..4]) == 1,
        "mod97-complement" => IsComplement97(number),
        "mod11" => number.Aggregate(0, static (rest, c) => ((rest * 10) + c - '0') % 11) == 0,
        "mod11-10" => IsMod1110(number),
        "verhoeff" => IsVerhoeff(number),
        "rut" => IsRut(number),
        "tax-code" => IsTaxCode(number),
        _ => false,
    };

    /// <summary>Whether the last digit makes the sum of Luhn divisible by ten (ISO/IEC 7812-1).</summary>
    public static bool IsLuhn(string number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }

    /// <summary>Whether a text of base 58 ends in the first four bytes of the double SHA-256 of what stands before them.</summary>
    public static bool IsBase58(ReadOnlySpan<char> text)
    {
        var bytes = new byte[(text.Length * 733 / 1000) + 1];
        foreach (var c in text)
        {
            var carry = Base58.IndexOf(c);
            for (var i = bytes.Length - 1; i >= 0; i--)
            {
                carry += 58 * bytes[i];
                (bytes[i], carry) = ((byte)carry, carry >> 8);
            }

            if (carry != 0)
            {
                return false;
            }
        }

        var body = bytes.AsSpan(bytes.AsSpan().IndexOfAnyExcept((byte)0) is >= 0 and var first ? first : 0);
        return body.Length > 4 && SHA256.HashData(SHA256.HashData(body[..^4])).AsSpan(0, 4).SequenceEqual(body[^4..]);
    }

    // Numbers of issuers (ISO/IEC 7812): Visa, Mastercard, American Express, Discover, JCB, Diners Club.
    private static bool IsCard(string number)
    {
        var (one, two, four) = (number[0], int.Parse(number[..2]), int.Parse(number[..4]));
        var isKnown = number.Length switch
        {
            13 => one == '4',
            14 => two is 36 or 38 or 39 || four is >= 3000 and <= 3059,
            15 => two is 34 or 37,
            16 => one == '4' || two is >= 51 and <= 55 || four is >= 2221 and <= 2720 || four == 6011 || two == 65
                || four is >= 6440 and <= 6499 || four is >= 3528 and <= 3589,
            19 => four == 6011 || two == 65,
            _ => false,
        };
        return isKnown && IsLuhn(number);
    }

    private static bool IsWeighted(string number, NumberRule rule)
    {
        var sum = 0L;
        for (var i = 0; i < rule.Weights.Count; i++)
        {
            sum += (long)rule.Weights[i] * (char.IsAsciiDigit(number[i]) ? number[i] - '0' : "XYZ".IndexOf(number[i]));
        }

        var rest = (int)(((sum % rule.Modulus) + rule.Modulus) % rule.Modulus);
        return rule.Signs.Length == 0 ? rest == 0 : number.Length > rule.Weights.Count && rule.Signs[rest] == number[rule.Weights.Count];
    }

    private static int Remainder97(string text) => text.Aggregate(0, static (rest, c) =>
        char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97);

    // The last two digits are 97 minus the remainder of the others, which a 2 precedes for those born since 2000 in Belgium.
    private static bool IsComplement97(string number)
    {
        var (body, check) = (number[..^2], int.Parse(number[^2..]));
        return 97 - Remainder97(body) == check || 97 - Remainder97("2" + body) == check;
    }

    // ISO/IEC 7064, MOD 11,10.
    private static bool IsMod1110(string number)
    {
        var product = 10;
        foreach (var c in number.AsSpan(0, number.Length - 1))
        {
            var sum = (c - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == number[^1] - '0';
    }

    private static bool IsVerhoeff(string number)
    {
        var check = 0;
        for (var i = 0; i < number.Length; i++)
        {
            check = Products[check][Permutations[i % 8][number[^(i + 1)] - '0'] - '0'] - '0';
        }

        return check == 0;
    }

    // Chile: weights 2 to 7 from the right, again and again.
    private static bool IsRut(string number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length - 1; i++)
        {
            sum += (number[^(i + 2)] - '0') * ((i % 6) + 2);
        }

        return "0K987654321"[sum % 11] == number[^1];
    }

    private static bool IsTaxCode(string number)
    {
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit(number[i]) ? number[i] - '0' : number[i] - 'A' + 10;
            sum += i % 2 == 0 ? OddPlaces[value] : value < 10 ? value : value - 10;
        }

        return sum % 26 == number[15] - 'A';
    }
}
