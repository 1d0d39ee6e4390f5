using XCoder.Analysis.Text;

namespace XCoder.Tests.Analysis.Text;

public class NameWordsTests
{
    [Theory]
    [InlineData("readFieldBegin", "read field begin")]
    [InlineData("read_field_begin", "read field begin")]
    [InlineData("ReadFieldBegin", "read field begin")]
    [InlineData("HTTPServer", "http server")]
    [InlineData("__init__", "init")]
    [InlineData("a", "a")]
    [InlineData("", "")]
    public void Split_ANameOfAnyStyle_GivesItsWords(string name, string words) => Assert.Equal(words, string.Join(' ', NameWords.Split(name)));
}
