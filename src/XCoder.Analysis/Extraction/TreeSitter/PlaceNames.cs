using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>A node that may name functions inside it: a variable, a call, a default export.</summary>
internal sealed class NameGiver
{
    public required int Event { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    public bool HasErrors { get; init; }

    /// <summary>From <see cref="CaptureRole.Call"/> to <see cref="CaptureRole.Default"/>.</summary>
    public CaptureRole Role { get; set; }

    public string? Name { get; set; }

    public int NameStart { get; set; } = -1;

    /// <summary>Name of what is called, without the arguments of calls inside; empty if it has none.</summary>
    public string? Callee { get; set; }

    public int CalleeStart { get; set; } = -1;

    public int CalleeEnd { get; set; }

    public string? Title { get; set; }

    public int TitleStart { get; set; } = -1;

    /// <summary>The first function that goes to it.</summary>
    public Definition? First { get; set; }

    /// <summary>Number of functions that go to it.</summary>
    public int Candidates { get; set; }

    /// <summary>Number of functions that go by it.</summary>
    public int Users { get; set; }
}

/// <summary>What is around a function that may take its name from there.</summary>
/// <param name="Value">What the function's value, or that of the calls around it, goes to.</param>
/// <param name="Titled">The innermost call around it that has a title.</param>
/// <param name="Called">The innermost call around it.</param>
internal sealed record NamesAround(NameGiver? Value, NameGiver? Titled, NameGiver? Called);

/// <summary>
/// Names functions by what is around them, once a file is read: by the variable, property or field that one goes to; else
/// by its own name; else by the call and its title; else by the file.
/// </summary>
internal static class PlaceNames
{
    private const int MostBeside = 100;

    /// <summary>Names the functions and extends each to the node that names it, if it names no other.</summary>
    /// <param name="definitions">The definitions of one file, which are reordered: by start, outer ones first.</param>
    public static void Resolve(List<Definition> definitions)
    {
        var givers = new NameGiver?[definitions.Count];
        var isAny = false;
        for (var i = 0; i < givers.Length; i++)
        {
            if (definitions[i].Around is { } around)
            {
                givers[i] = Name(definitions[i], around);
                isAny |= givers[i] is not null;
            }
        }

        // From the end, so that inner functions come before outer ones. What a function moves past moves to its place.
        for (var i = givers.Length - 1; isAny && i >= 0;)
        {
            var giver = givers[i];
            givers[i] = null;
            i -= giver is { Users: 1 } && Extend(definitions, givers, i, giver) ? 0 : 1;
        }
    }

    private static NameGiver? Name(Definition definition, NamesAround around)
    {
        var isFunction = !definition.IsType;
        if (around.Value is { Role: CaptureRole.Binding or CaptureRole.Field, Name: not null } value && value.First == definition
            && (value.Candidates == 1 || around.Titled is null))
        {
            (definition.Name, definition.NameStart) = (value.Name, value.NameStart);
            definition.Form = isFunction ? "lambda" : definition.Form;
            return Used(value);
        }

        if (definition.Name is not null)
        {
            return null;
        }

        var call = around.Titled ?? (around.Value is { Role: CaptureRole.Default } ? null : around.Called);
        definition.Form = isFunction ? "callback" : definition.Form;
        definition.IsNamedByPlace = true;
        if (call is not null)
        {
            definition.Name = $"{call.Callee} {call.Title}".Trim();
            definition.Name = definition.Name.Length == 0 ? null : definition.Name;
            return Used(call);
        }

        if (around.Value is { } whole && whole.First == definition)
        {
            definition.Form = isFunction ? "lambda" : definition.Form;
            (definition.Name, definition.NameStart, definition.IsNamedByPlace) = (whole.Name, whole.NameStart, whole.Name is null);
            return Used(whole);
        }

        return null;
    }

    private static NameGiver Used(NameGiver giver)
    {
        giver.Users++;
        return giver;
    }

    /// <summary>
    /// Extends a function to the node that names it. What else is in that node, before or after the function, becomes part
    /// of it; if that is much, as where calls nest without end, the function stays as it is.
    /// </summary>
    /// <returns>Whether the function moved before others, so that another one is at its index.</returns>
    private static bool Extend(List<Definition> definitions, NameGiver?[] givers, int index, NameGiver giver)
    {
        var definition = definitions[index];
        var first = index;
        for (; first > 0 && definitions[first - 1].Start >= giver.Start; first--)
        {
            if (definitions[first - 1].Start < giver.CalleeEnd || index - first == MostBeside)
            {
                return false; // the earlier part of a chain of calls is something else
            }
        }

        var after = FirstFrom(definitions, index + 1, definition.End);
        var last = after;
        for (; last < definitions.Count && definitions[last].Start < giver.End; last++)
        {
            if (last - after == MostBeside)
            {
                return false;
            }
        }

        var wrapper = definition.Wrapper;
        while (wrapper is not null && (wrapper.Start > giver.Start || wrapper.End < giver.End))
        {
            wrapper = wrapper.Outer;
        }

        for (var i = first; i < last; i = i + 1 == index || i == index ? after : i + 1)
        {
            if (i != index && definitions[i] is var beside && beside.Parent == definition.Parent)
            {
                beside.Parent = definition;
                beside.Wrapper = beside.Wrapper == wrapper ? null : beside.Wrapper;
                for (var outer = wrapper; outer is not null; outer = outer.Outer)
                {
                    outer.Definitions--;
                }
            }
        }

        (definition.Event, definition.Start, definition.End) = (giver.Event, giver.Start, giver.End);
        definition.Wrapper = wrapper;
        definition.HasErrors |= giver.HasErrors;
        for (var i = index; i > first; i--)
        {
            (definitions[i], givers[i]) = (definitions[i - 1], givers[i - 1]);
        }

        (definitions[first], givers[first]) = (definition, null);
        return first < index;
    }

    /// <summary>Index of the first definition from <paramref name="low"/> on that starts at or behind a position.</summary>
    private static int FirstFrom(List<Definition> definitions, int low, int start)
    {
        var high = definitions.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = definitions[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
