using System.Text;
using XCoder.Analysis.Extraction.Containers;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction.Containers;

public class MagicReaderTests
{
    private static readonly Container Notebook = LanguageCatalog.Open().Containers.Single(row => row.Parts == ContainerParts.Cells);

    private static readonly LanguageDetector Detector = new(LanguageCatalog.Open().Languages);

    // Commands stand in «guillemets» in the expected text.
    [Theory]
    [InlineData("%matplotlib inline\nimport numpy", "«%matplotlib inline»\nimport numpy")]
    [InlineData("!pip install -q a b\n", "«!pip install -q a b»\n")]
    [InlineData("!!ls", "«!!ls»")]
    [InlineData("x = 1\r\n%time f()\r\ny = 2\r\n", "x = 1\r\n«%time f()»\r\ny = 2\r\n")]
    [InlineData("if x:\n    !ls \"it's\n    y()\n%cd ..", "if x:\n    «!ls \"it's»\n    y()\n«%cd ..»")]
    [InlineData("!pip install a \\\n  b \\\n  c\nd", "«!pip install a \\\n  b \\\n  c»\nd")]
    [InlineData("files = !ls *.py", "files = «!ls *.py»")]
    [InlineData("a.b[0], c = %time f(x)", "a.b[0], c = «%time f(x)»")]
    [InlineData("np.array?", "«np.array?»")]
    [InlineData("np.array??\nx", "«np.array??»\nx")]
    [InlineData("?np.array", "«?np.array»")]
    [InlineData("%timeit?", "«%timeit?»")]
    [InlineData(",f a b", "«,f a b»")]
    // What looks like one in the middle of a statement is none.
    [InlineData("x = (a\n     %b)\n%c", "x = (a\n     %b)\n«%c»")]
    [InlineData("x = a \\\n  %b\n!c", "x = a \\\n  %b\n«!c»")]
    [InlineData("s = '''\n!no\n%no\n'''\n!yes", "s = '''\n!no\n%no\n'''\n«!yes»")]
    [InlineData("s = \"\"\"a\\\"\"\"\n!no\nwhat?\n\"\"\"\n", "s = \"\"\"a\\\"\"\"\n!no\nwhat?\n\"\"\"\n")]
    [InlineData("f(\"(\", '[', # {\n%a)\n%b", "f(\"(\", '[', # {\n%a)\n«%b»")]
    [InlineData("# is it so?\nprint('why?')\nx = 'a=%s' % b", "# is it so?\nprint('why?')\nx = 'a=%s' % b")]
    [InlineData("if a != b: pass\nx[a % b] = c %d\nassert x == y", "if a != b: pass\nx[a % b] = c %d\nassert x == y")]
    [InlineData("it's\n!x", "it's\n«!x»")]
    [InlineData(")\n!x", ")\n«!x»")]
    [InlineData("%%time\nx = 1\n!y", "«%%time»\nx = 1\n«!y»")]
    [InlineData("\n\n%%capture out\nx = 1", "\n\n«%%capture out»\nx = 1")]
    [InlineData("x\n%%time", "x\n«%%time»")]
    [InlineData("%%bash\nls $x", "bash: «%%bash»\nls $x")]
    [InlineData("%%sh", "bash: «%%sh»")]
    [InlineData("%% bash -s \"a\"\nls", "bash: «%% bash -s \"a\"»\nls")]
    [InlineData("%%writefile a.py\nx = 1", "«%%writefile a.py»\nx = 1")]
    [InlineData("%%writefile -a 'src/a b.py'\ndef f(): pass", "«%%writefile -a 'src/a b.py'»\ndef f(): pass")]
    [InlineData("%%file {folder}/run.sh\r\nls", "bash: «%%file {folder}/run.sh\r»\nls")]
    [InlineData("%%writefile app.cpp\nint main() {}", "cpp: «%%writefile app.cpp»\nint main() {}")]
    [InlineData("%%writefile notes.txt\nx = 1", "none")]
    [InlineData("%%writefile\nx = 1", "none")]
    [InlineData("%%writefile .py\nx = 1", "none")]
    [InlineData("%%writefile README\n#!/bin/bash\nls", "bash: «%%writefile README»\n#!/bin/bash\nls")]
    [InlineData("%%script bash --bg\nls", "bash: «%%script bash --bg»\nls")]
    [InlineData("%%script python3\nx = 1", "«%%script python3»\nx = 1")]
    [InlineData("%%script env ruby\nputs 1", "ruby: «%%script env ruby»\nputs 1")]
    [InlineData("%%script false\nx = 1", "none")]
    [InlineData("%%capture out\n\n%%bash\nls", "bash: «%%capture out\n\n%%bash»\nls")]
    [InlineData("%%capture\n%%time\nx = 1", "«%%capture»\n«%%time»\nx = 1")]
    [InlineData("%%time\n%%writefile a.py\nx = 1", "«%%time»\n«%%writefile a.py»\nx = 1")]
    [InlineData("%%time\n%%latex\nx", "none")]
    [InlineData("%%time", "«%%time»")]
    [InlineData("%%time\n\n", "«%%time»\n\n")]
    [InlineData("%scala\nval x = 1", "scala: «%scala»\nval x = 1")]
    [InlineData("%sql\nselect 1", "none")]
    [InlineData("%sql select 1\nx = 1", "«%sql select 1»\nx = 1")]
    [InlineData("%python\nx = 1", "«%python»\nx = 1")]
    [InlineData("%%html\n<b>", "none")]
    [InlineData("%%sql\nselect 1", "none")]
    // What a cell leaves open costs its own statement.
    [InlineData("x = 1\nprint(1,\n  2\n\n", "x = 1\n«print(1,\n  2»\n\n")]
    [InlineData("def f():\n    x = [\n", "def f():\n    «x = [»\n")]
    [InlineData("def f(:\n    pass", "«def f(:\n    pass»")]
    [InlineData("s = '''a\nb", "«s = '''a\nb»")]
    [InlineData("s = 'a\nb", "s = 'a\nb")]
    [InlineData("x)\ny", "x)\ny")]
    [InlineData("", "")]
    public void Read_OfACellOfPython_TellsCommandsFromCode(string cell, string expected) => Assert.Equal(expected, Marked("python", cell));

    [Theory]
    [InlineData("julia", ";ls", "«;ls»")]
    [InlineData("julia", "]add Example", "«]add Example»")]
    [InlineData("julia", "x = [1\n]\n", "x = [1\n]\n")]
    [InlineData("r", "x %>%\n%in% y\n?plot", "x %>%\n%in% y\n?plot")]
    [InlineData("ruby", "%w[a b]\n!x", "%w[a b]\n!x")]
    public void Read_OfAnotherLanguage_KnowsItsCommandsOnly(string language, string cell, string expected) =>
        Assert.Equal(expected, Marked(language, cell));

    [Theory]
    [InlineData("(")]
    [InlineData("'")]
    [InlineData("\"\"\"")]
    [InlineData("\\\n")]
    [InlineData("!a\\\n")]
    [InlineData("x?\n")]
    [InlineData("x=!a\n")]
    [InlineData("a.b, ")]
    [InlineData("\n")]
    [InlineData("%")]
    public void Read_OfAHostileCell_EndsAndHasRangesInOrder(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 300_000 / part.Length));
        var commands = Reader("python").Read(Encoding.UTF8.GetBytes(text)).Commands;

        var end = 0;
        Assert.All(commands, command =>
        {
            Assert.True(end <= command.Start && command.Start < command.End && command.End <= text.Length);
            end = command.End;
        });
    }

    private static MagicReader Reader(string language) => new(Notebook.Magics.FirstOrDefault(magics => magics.Languages.Contains(language)),
        static (name, code) => Detector.Detect(name, code)?.Id);

    private static string Marked(string language, string cell)
    {
        var (found, commands, _) = Reader(language).Read(Encoding.UTF8.GetBytes(cell));
        var text = new StringBuilder(cell);
        foreach (var (start, end) in commands.Reverse())
        {
            text.Insert(end, '»').Insert(start, '«');
        }

        return found switch { null => "none", "" => $"{text}", _ => $"{found}: {text}" };
    }
}
