namespace XCoder.Analysis.Repositories.Walk;

/// <summary>
/// Which folders hold other people's code. Names that mean nothing else count everywhere; names that also serve for
/// own code (<c>vendor</c> of Go, PHP, Ruby and Rust, but also a package of the domain; <c>deps</c>) count only
/// where a package manifest stands beside them or a package manager left its mark inside.
/// </summary>
internal static class VendoredFolders
{
    private static readonly HashSet<string> Anywhere =
    [
        "node_modules", "bower_components", "jspm_packages", "web_modules", "third_party", "thirdparty", "third-party",
        "3rdparty", "3rd_party", "3rd-party", "Pods", "Carthage", "site-packages", "dist-packages", "__pycache__",
        "__pypackages__", "Godeps", ".tox", ".nox", ".eggs", ".yarn", ".pnpm-store", ".dart_tool", "elm-stuff",
        ".stack-work", ".terraform", ".bundle", "_opam",
    ];

    // Name, what stands beside it, what stands in it. One hit is enough.
    private static readonly (string Name, string[] Beside, string[] Inside)[] Sometimes =
    [
        ("vendor",
            ["go.mod", "composer.json", "Gemfile", "Cargo.toml", "package.json", "glide.yaml", "Gopkg.toml", "CMakeLists.txt", "meson.build", "configure.ac", ".git"],
            ["modules.txt", "vendor.json", "autoload.php", "composer", "bundle"]),
        ("vendors", ["composer.json", "package.json", "Gemfile"], ["autoload.php"]),
        ("deps", ["mix.exs", "rebar.config"], []),
        (".build", ["Package.swift"], []),
    ];

    // A virtual environment of Python can have any name.
    private static readonly string[] Marks = ["pyvenv.cfg"];

    /// <summary>Whether the folder holds other people's code.</summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="beside">Entries of the folder around it.</param>
    /// <param name="inside">Its own entries.</param>
    public static bool Contains(string name, IReadOnlyList<FolderEntry> beside, IReadOnlyList<FolderEntry> inside)
    {
        if (Anywhere.Contains(name) || Holds(inside, Marks))
        {
            return true;
        }

        foreach (var row in Sometimes)
        {
            if (row.Name == name && (Holds(beside, row.Beside) || Holds(inside, row.Inside)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(IReadOnlyList<FolderEntry> entries, string[] names)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (Array.IndexOf(names, entries[i].Name) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
