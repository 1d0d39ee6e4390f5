using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Settings;

/// <summary>
/// Finds and reads files of settings. Those in a repository are not trusted: they are read without following links and only up to 1 MiB,
/// and one that is wrong counts as absent, which takes less out, with a message.
/// </summary>
internal static class SettingsFiles
{
    private const int MaxBytes = 1 << 20;
    private const int MostRulesOfRepository = 1000;

    /// <summary>The settings of a repository: one for each folder that has rules, at most 1,000 rules.</summary>
    /// <param name="name">Name of the repository, with which messages and reasons begin.</param>
    /// <param name="root">Absolute path of the repository's root.</param>
    /// <param name="folders">Folders that hold code, <c>/</c>-separated below the root, without a <c>/</c> at the end; those around them
    /// are looked at, too.</param>
    /// <param name="problems">Receives what is wrong in them.</param>
    public static Dictionary<string, ProjectSettings> Of(string name, string root, IEnumerable<string> folders,
        ICollection<string> problems)
    {
        var (found, rules) = (new Dictionary<string, ProjectSettings>(), 0);
        var seen = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var folder in folders.Order(StringComparer.Ordinal))
        {
            // From the root inwards, and not below what is no folder.
            for (var end = 0; end <= folder.Length; end = Next(folder, end))
            {
                var at = folder[..end];
                if (!seen.TryGetValue(at, out var isPlain))
                {
                    seen[at] = isPlain = at.Length == 0 || Look(Path.Join(root, at)) == EntryKind.Folder;
                    if (isPlain && Read(name, root, at, problems) is { Rules.Count: > 0 } settings)
                    {
                        if (rules + settings.Rules.Count > MostRulesOfRepository)
                        {
                            problems.Add($"{settings.Path} and those after it are not read: together {name} would have more than "
                                + $"{NumberText.Count(MostRulesOfRepository)} rules.");
                            return found;
                        }

                        rules += settings.Rules.Count;
                        found[at] = settings;
                    }
                }

                if (!isPlain)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>The groups that a repository's people decided to keep; null if it has no such file.</summary>
    public static IgnoredGroups? Groups(string name, string root, ICollection<string> problems) =>
        Read(Path.Join(root, IgnoredGroups.FileName), problems) is not { } text ? null
            : Try(() => IgnoredGroups.Read($"{name}/{IgnoredGroups.FileName}", text), problems);

    /// <summary>
    /// The settings that hold for the results of a command: the nearest, from a path up to the root of its work tree; of a path in none,
    /// those beside it.
    /// </summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="problems">Receives what is wrong in them.</param>
    public static ProjectSettings? Nearest(string path, ICollection<string> problems)
    {
        var start = RepositoryLocator.Canonical(path);
        var folder = Directory.Exists(start) ? start : Path.GetDirectoryName(start) ?? "/";
        var root = folder;
        for (var outer = folder; outer is not null; outer = Path.GetDirectoryName(outer))
        {
            if (GitFolder.IsWorkTree(outer))
            {
                root = outer;
                break;
            }
        }

        for (var at = folder; at is not null && at.Length >= root.Length; at = Path.GetDirectoryName(at))
        {
            if (Read(Path.GetFileName(root), root, at == root ? "" : Path.GetRelativePath(root, at), problems) is { } settings)
            {
                return settings;
            }
        }

        return null;
    }

    /// <summary>
    /// The user's own file; null if there is none, or something that is no plain file, such as a pipe without an end, in its place. A link
    /// is followed, because people keep such files elsewhere. A file that came with the code, as it may where HOME is a checkout, is not
    /// the user's.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="around">Paths of the command and the current folder.</param>
    /// <param name="problems">Receives why the file is left out.</param>
    /// <exception cref="SettingsException">It says what it must not or cannot.</exception>
    public static ProjectSettings? Own(string path, IEnumerable<string> around, ICollection<string> problems)
    {
        if (NativeFiles.RealPath(path) is not { } real || Look(real) != EntryKind.File)
        {
            return null;
        }

        var places = around.Select(static place => RepositoryLocator.Canonical(place) + "/").ToList();
        foreach (var (step, _) in PathWalk.Steps(path).Where(step => step.IsLink || step.Path == real))
        {
            if (GitTracking.Roots(step).FirstOrDefault(root =>
                places.Exists(place => place.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal))) is { } root)
            {
                problems.Add($"{path} is not read: {step} is tracked by git in {root}, so it came with the code. If it is your own, "
                    + "name it with --config.");
                return null;
            }
        }

        return Trusted(path);
    }

    /// <summary>Reads a file that the user named, or that stands in the user's own folder. It may set options.</summary>
    /// <exception cref="SettingsException">It does not exist, or says what it must not or cannot.</exception>
    public static ProjectSettings Trusted(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (!File.Exists(full))
            {
                throw new SettingsException(path, "there is no such file.");
            }

            // Devices and pipes say no size.
            using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var text = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            return length <= MaxBytes ? new SettingsReader(path, isTrusted: true).Read(full, text.AsMemory(0, length))
                : throw new SettingsException(path, $"it is larger than {MaxBytes >> 20} MiB.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(path, exception.Message);
        }
    }

    private static ProjectSettings? Read(string name, string root, string folder, ICollection<string> problems)
    {
        var path = Path.Join(root, folder, ProjectSettings.FileName);
        return Read(path, problems) is not { } text ? null
            : Try(() => new SettingsReader($"{name}/{folder}{(folder.Length == 0 ? "" : "/")}{ProjectSettings.FileName}",
                isTrusted: false).Read(path, text), problems);
    }

    private static byte[]? Read(string path, ICollection<string> problems)
    {
        var text = SourceFileReader.ReadSmall(path, MaxBytes, out var reason);
        if (text is null && (reason is SkipReason.Link or SkipReason.TooLarge || (reason is SkipReason.Unreadable
            && Look(path) == EntryKind.File)))
        {
            problems.Add($"{path} is not read: {(reason is SkipReason.Link ? "it is a link" : reason is SkipReason.TooLarge
                ? $"it is larger than {MaxBytes >> 20} MiB" : "it cannot be read")}.");
        }

        return text;
    }

    private static T? Try<T>(Func<T> read, ICollection<string> problems)
        where T : class
    {
        try
        {
            return read();
        }
        catch (SettingsException exception)
        {
            problems.Add(exception.Message + " The file is left out.");
            return null;
        }
    }

    private static int Next(string folder, int end) => end == folder.Length ? end + 1
        : folder.IndexOf('/', end + 1) is var next and >= 0 ? next : folder.Length;

    private static EntryKind Look(string path) => NativeFiles.Look(Encoding.UTF8.GetBytes(path + '\0')).Kind;
}
