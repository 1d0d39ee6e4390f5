namespace XCoder.Analysis.Model;

/// <summary>
/// A row of <c>grammars/containers.json</c>: a kind of file that is no code itself but holds parts that are, such as a notebook.
/// </summary>
internal sealed record Container
{
    /// <summary>Name for people, for example <c>Jupyter notebook</c>.</summary>
    public required string Name { get; init; }

    /// <summary>File name endings with the dot, in lower case; they match any case.</summary>
    public required IReadOnlyList<string> Extensions { get; init; }

    /// <summary>
    /// Maximum size of a file in bytes, where most of it is not read; the limit of other files then holds for its code. 0 for none of
    /// its own.
    /// </summary>
    public long MaxBytes { get; init; }

    /// <summary>How the parts stand in the file.</summary>
    public required ContainerParts Parts { get; init; }

    /// <summary>Id of the language of a part that does not name one.</summary>
    public required string Language { get; init; }

    /// <summary>Names of languages in such files, in any case, and the ids of the languages that they mean.</summary>
    public IReadOnlyDictionary<string, string> Languages { get; init; } = new Dictionary<string, string>();

    /// <summary>Name of the element that holds code.</summary>
    public string Element { get; init; } = "";

    /// <summary>The element's attributes that name its language; the first that is there counts.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Names of elements whose content is not looked at; <c>*</c> for all others.</summary>
    public IReadOnlyList<string> Opaque { get; init; } = [];

    /// <summary>
    /// Names of opaque elements that may hold others of their name. The content of one with a language of its own is mere text.
    /// </summary>
    public IReadOnlyList<string> Nesting { get; init; } = [];

    /// <summary>What may stand in cells beside code.</summary>
    public IReadOnlyList<CellMagics> Magics { get; init; } = [];
}

/// <summary>How the parts of a container stand in its file.</summary>
internal enum ContainerParts
{
    /// <summary>As elements of a markup, like HTML's <c>script</c>.</summary>
    Elements,

    /// <summary>As cells of a notebook in JSON.</summary>
    Cells,
}

/// <summary>The commands to the tool around a language (IPython's magics) that stand in cells of that language.</summary>
internal sealed record CellMagics
{
    /// <summary>Ids of the languages whose cells may hold them.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>
    /// Regular expression of the beginning of a cell that is handed to a command, whose name and argument are its groups; null for none.
    /// </summary>
    public string? Cell { get; init; }

    /// <summary>
    /// The commands after which a cell is code, and the id of its language; empty for the notebook's. Cells handed to others are not
    /// read.
    /// </summary>
    public IReadOnlyDictionary<string, string> Cells { get; init; } = new Dictionary<string, string>();

    /// <summary>The commands that write their cell to the file that they name, whose ending tells the language.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The commands that hand their cell to the program that they name, as a <c>#!</c> line does.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>
    /// Regular expressions of lines that hold a command, which is the group. They are matched where a statement may begin; a line
    /// includes those that a backslash joins to it.
    /// </summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Whether only the first line of a cell can be a command.</summary>
    public bool FirstLine { get; init; }
}
