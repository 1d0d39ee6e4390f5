using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands;

/// <summary>Shows the progress of a stage: on a terminal a line with a bar that is redrawn, elsewhere a plain line now and then.</summary>
internal sealed class ProgressDisplay : IProgress<StageProgress>, IDisposable
{
    /// <summary>Least width in columns for a bar.</summary>
    public const int LeastWidthOfBar = 80;

    private const int BarWidth = 20;

    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly TextWriter _writer;
    private readonly IAnsiConsole? _terminal;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _shown;
    private long _began;
    private string _stage = "";
    private long _before;
    private bool _isHeld;
    private StageDrawing? _drawing;

    /// <summary>Creates a display. Its first line appears after an interval of 0.1 s on a terminal and 10 s elsewhere.</summary>
    /// <param name="writer">Receives plain lines.</param>
    /// <param name="terminal">Shows the redrawn line; null without a terminal.</param>
    /// <param name="time">The clock.</param>
    public ProgressDisplay(TextWriter writer, IAnsiConsole? terminal, TimeProvider time)
    {
        (_writer, _terminal, _time) = (writer, terminal is null ? null : new SteadyConsole(terminal), time);
        _shown = time.GetTimestamp();
    }

    private bool IsDue => _time.GetElapsedTime(Volatile.Read(ref _shown)) >= (_terminal is null ? PlainInterval : TerminalInterval);

    /// <summary>Formats a time as mm:ss or h:mm:ss.</summary>
    public static string Time(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 359999)) is var time && time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time:mm\\:ss}"
        : $"{time:mm\\:ss}";

    public void Report(StageProgress value)
    {
        // Most reports come too soon after the last one to be shown.
        if (!IsDue && value.Stage == _stage)
        {
            return;
        }

        lock (_gate)
        {
            if (value.Stage != _stage)
            {
                (_stage, _before, _began) = (value.Stage, value.Done, _time.GetTimestamp());
            }

            if (!IsDue || _isHeld)
            {
                return;
            }

            Volatile.Write(ref _shown, _time.GetTimestamp());
            if (_terminal is null)
            {
                _writer.WriteLine(Line(value));
                return;
            }

            _drawing ??= new StageDrawing(_terminal);
            _drawing.Draw(Line(value), value.Done, value.Total);
        }
    }

    /// <summary>Removes the line so that something else can be written. The next report after the interval draws it again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_drawing is not null)
            {
                _drawing.Dispose();
                _drawing = null;
                Volatile.Write(ref _shown, _time.GetTimestamp());
            }
        }
    }

    /// <summary>Removes the line and draws none while <paramref name="action"/> writes to the same terminal.</summary>
    public void Hold(Action action)
    {
        Clear();
        Set(true);
        try
        {
            action();
        }
        finally
        {
            Set(false);
        }

        void Set(bool isHeld)
        {
            lock (_gate)
            {
                _isHeld = isHeld;
            }
        }
    }

    public void Dispose() => Clear();

    private string Line(StageProgress value)
    {
        var seconds = Math.Max(_time.GetElapsedTime(_began).TotalSeconds, 1e-3);
        var rate = (value.Done - _before) / seconds;
        var line = new StringBuilder(value.Stage);
        Add(value.Item.Length > 0, $" {SafeText.ForTerminal(value.Item)}");
        if (value.Unit.Length > 0)
        {
            Add(true, $"  {value.Done:N0}/{value.Total:N0}{(value.IsTotalOpen ? "+" : "")} {value.Unit}");
            Add(value.Detail.Length == 0, $"  {rate:N0} {value.Unit}/s");
        }
        else
        {
            Add(value.Total > 0, $"  {100 * value.Done / (double)value.Total:0} %");
        }

        Add(value.Bytes > 0, $"  {value.Bytes / seconds / 1e6:0.0} MB/s");
        Add(value.Detail.Length > 0, $"  {SafeText.ForTerminal(value.Detail)}");
        Add(value.Parts > 1, $"  repository {value.PartsDone + 1} of {value.Parts}");
        var rest = Rest(value, seconds, rate);
        Add(rest is not null, $"  ETA {Time(rest ?? 0)}");
        return line.ToString();

        void Add(bool isShown, FormattableString text) => line.Append(isShown ? text.ToString(CultureInfo.InvariantCulture) : "");
    }

    // Remaining seconds, or null if unknown. Repositories differ in size, but only their number is known in advance.
    private static double? Rest(StageProgress value, double seconds, double rate) => value switch
    {
        { Parts: > 1 } when (value.PartsDone + (value.Total == 0 ? 0 : 0.5)) / value.Parts is > 0 and < 1
            and var share => seconds * (1 - share) / share,
        { IsTotalOpen: true } or { Total: 0 } => null,
        _ => rate > 0 ? (value.Total - value.Done) / rate : null,
    };

    // Wraps Spectre's progress in an object, because Spectre runs it inside a call that lasts as long as the work. Only Draw draws, so that
    // no thread of Spectre's writes between other lines.
    private sealed class StageDrawing : IDisposable
    {
        private readonly TaskCompletionSource _end = new();
        private readonly StageColumn _column = new();
        private readonly Task _run;
        private ProgressContext _context = null!;
        private ProgressTask _task = null!;

        public StageDrawing(IAnsiConsole console)
        {
            var hasBar = console.Profile.Width >= LeastWidthOfBar;
            _column.Reserved = hasBar ? BarWidth + 1 : 0;
            _run = new Progress(console) { AutoClear = true, AutoRefresh = false, ExcludeVerticalPadding = true }
                .Columns(hasBar ? [new ProgressBarColumn { Width = BarWidth }, _column] : [_column])
                .StartAsync(context =>
                {
                    (_context, _task) = (context, context.AddTask("-"));
                    return _end.Task;
                });
        }

        public void Draw(string line, long done, long total)
        {
            _column.Line = line;
            _task.IsIndeterminate = total <= 0;
            _task.MaxValue = Math.Max(1, total);
            _task.Value = done;
            _context.Refresh();
        }

        public void Dispose()
        {
            _end.SetResult();
            _run.GetAwaiter().GetResult();
        }
    }

    // The line, cut to the columns that the bar leaves. Spectre's own description column would interpret markup.
    private sealed class StageColumn : ProgressColumn
    {
        public string Line { get; set; } = "";

        public int Reserved { get; set; }

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new SegmentText(SegmentText.Cut(Line, options.ConsoleSize.Width - Reserved - 2, keepEnd: false), null);
    }

    // Spectre's progress hides the cursor. This console does not, so that a killed run leaves the terminal with a cursor.
    private sealed class SteadyConsole(IAnsiConsole inner) : IAnsiConsole, IAnsiConsoleCursor
    {
        public Profile Profile => inner.Profile;

        public IAnsiConsoleCursor Cursor => this;

        public IAnsiConsoleInput Input => inner.Input;

        public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

        public RenderPipeline Pipeline => inner.Pipeline;

        public void Clear(bool home) => inner.Clear(home);

        public void Write(IRenderable renderable) => inner.Write(renderable);

        public void WriteAnsi(Action<AnsiWriter> action) => inner.WriteAnsi(action);

        public void Show(bool show)
        {
        }

        public void SetPosition(int column, int line) => inner.Cursor.SetPosition(column, line);

        public void Move(CursorDirection direction, int steps) => inner.Cursor.Move(direction, steps);
    }
}
