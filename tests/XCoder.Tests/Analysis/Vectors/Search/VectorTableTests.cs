using XCoder.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Vectors.Search;

public class VectorTableTests
{
    [Fact]
    public void Widen_OfEveryHalf_IsExact()
    {
        var halves = Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Append((Half)1).ToArray();
        var singles = new float[halves.Length];
        HalfRows.Widen(halves, singles);
        Assert.All(halves.Zip(singles), pair => Assert.True(Half.IsNaN(pair.First) ? float.IsNaN(pair.Second) : BitConverter.SingleToInt32Bits((float)pair.First) == BitConverter.SingleToInt32Bits(pair.Second), $"{pair}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_OfRows_KeepsThem(bool isHalf)
    {
        var table = new VectorTable(3, isHalf);
        for (var i = 0; i < 2500; i++)
        {
            if (i % 2 == 0)
            {
                table.Add([i % 100, 0.5f, -2f]);
            }
            else
            {
                table.Add([(Half)(i % 100), (Half)0.5f, (Half)(-2f)]);
            }
        }

        var row = new float[3];
        table.CopyRow(2401, row);
        Assert.Equal([1f, 0.5f, -2f], row);
        Assert.Equal(2500, table.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.CopyRow(2500, row));
        Assert.Throws<ArgumentException>(() => table.Add([1f, 2f]));
    }

    [Fact]
    public void Over_RowsInMemory_IsNotToBeAddedTo()
    {
        Assert.Throws<ArgumentException>(() => VectorTable.Over(new float[5], 2));
        Assert.Throws<InvalidOperationException>(() => VectorTable.Over(new float[4], 2).Add([1f, 2f]));
    }
}
