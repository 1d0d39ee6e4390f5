using System.Buffers.Binary;
using System.Security.Cryptography;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class GitObjectsTests : IDisposable
{
    private readonly ScratchRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    // Every way in which git may keep objects; packs hold chains of deltas of both kinds.
    [Theory]
    [InlineData]
    [InlineData("repack", "-adfq", "--depth=50", "--window=50")]
    [InlineData("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=50", "--window=50")]
    [InlineData("-c", "pack.indexVersion=1", "repack", "-adfq", "--depth=50")]
    [InlineData("-c", "core.compression=0", "repack", "-adfFq")]
    public void Read_EveryObject_IsWhatGitShows(params string[] pack)
    {
        WriteHistory(FullRun.IsWanted ? 30 : 14);
        if (pack.Length > 0)
        {
            _repository.Git(pack);
            _repository.Git("prune-packed");
            _repository.Git("pack-refs", "--all");
        }

        var all = _repository.Git("cat-file", "--batch-check", "--batch-all-objects").Split('\n').Select(line => line.Split(' ')).ToList();
        Assert.True(all.Count > 60, $"{all.Count} objects");
        using var objects = GitObjects.Open(_repository.Find());
        foreach (var parts in all)
        {
            var found = Assert.NotNull(objects.Read(parts[0]));
            Assert.Equal(parts[1], found.Type.ToString().ToLowerInvariant());
            Assert.Equal(parts[2], found.Bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (found.Type == GitObjectType.Blob)
            {
                Assert.Equal(parts[0], GitObjects.BlobId(found.Bytes));
            }
        }
    }

    [Fact]
    public void Read_UnknownName_IsNull()
    {
        WriteHistory(1);
        using var objects = GitObjects.Open(_repository.Find());
        Assert.Null(objects.Read(new string('a', 40)));
        Assert.Contains("not in this clone", Assert.Throws<GitException>(() => objects.Read(new string('a', 40), GitObjectType.Tree)).Message);
    }

    [Fact]
    public void Read_SharedClone_ReadsTheAlternates()
    {
        WriteHistory(3);
        _repository.Git("clone", "-q", "--shared", ".", "inner/shared");
        var commit = _repository.Git("rev-parse", "HEAD");

        using var objects = GitObjects.Open(_repository.Find("inner/shared"));
        Assert.Equal(GitObjectType.Commit, Assert.NotNull(objects.Read(commit)).Type);
    }

    // An alternate may lie anywhere, but only under the names that were asked for does its content come in; and no link is followed.
    [Fact]
    public void Read_AlternateBehindALinkOrInACircle_IsNotFollowed()
    {
        WriteHistory(1);
        using var other = new ScratchRepository();
        other.Write("secret.txt", "secret");
        other.Commit();
        var secret = other.Git("hash-object", "secret.txt");
        _repository.Folder.Link("linked", Path.Join(other.Root, ".git/objects"));
        _repository.Folder.Write(".git/objects/info/alternates", $"# a note\n{_repository.Root}/linked\n{_repository.Root}/.git/objects\n/no/such/folder\n\0\n");
        using (var objects = GitObjects.Open(_repository.Find()))
        {
            Assert.Null(objects.Read(secret));
        }

        _repository.Folder.Write(".git/objects/info/alternates", $"{other.Root}/.git/objects\n");
        using var followed = GitObjects.Open(_repository.Find());
        Assert.Equal("secret"u8.ToArray(), Assert.NotNull(followed.Read(secret)).Bytes);
    }

    [Fact]
    public void Open_ObjectsBehindALink_IsRefused()
    {
        WriteHistory(1);
        Directory.Move(Path.Join(_repository.Root, ".git/objects"), Path.Join(_repository.Root, "moved"));
        _repository.Folder.Link(".git/objects", "../moved");

        Assert.Contains("link", Assert.Throws<GitException>(() => GitObjects.Open(_repository.Find())).Message);
    }

    [Theory]
    [InlineData("pack")]
    [InlineData("ab")]
    public void Read_FolderOfObjectsBehindALink_IsNotFollowed(string folder)
    {
        WriteHistory(1);
        var id = _repository.Git("hash-object", "-w", "file.txt");
        if (folder == "pack")
        {
            _repository.Git("repack", "-adq");
            _repository.Git("prune-packed");
        }

        var path = Path.Join(_repository.Root, ".git/objects", folder == "pack" ? "pack" : id[..2]);
        Directory.Move(path, Path.Join(_repository.Root, "moved"));
        File.CreateSymbolicLink(path, Path.Join(_repository.Root, "moved"));

        using var objects = GitObjects.Open(_repository.Find());
        Assert.Null(objects.Read(id));
    }

    [Fact]
    public void Open_Sha256_IsRefusedByName()
    {
        using var other = new ScratchRepository("--object-format=sha256");
        Assert.Contains("sha256", Assert.Throws<GitException>(() => GitObjects.Open(other.Find())).Message);
    }

    [Theory]
    [InlineData("blob", 100L)] // more than there is
    [InlineData("blob", 2L)] // less than there is
    [InlineData("blob", 1L << 40)]
    [InlineData("blob", -1L)]
    [InlineData("blubb", 5L)]
    public void Read_LooseObjectThatLies_IsDamagedOrTooLarge(string type, long size)
    {
        var id = _repository.Loose(type, "12345"u8.ToArray(), size);
        using var objects = GitObjects.Open(_repository.Find());
        Assert.ThrowsAny<GitException>(() => objects.Read(id));
    }

    [Fact]
    public void Read_LooseObjectUnderAForeignName_IsDamaged()
    {
        var id = _repository.Loose("blob", "12345"u8.ToArray());
        var forged = new string('c', 40);
        _repository.Folder.Write($".git/objects/cc/{forged[2..]}", File.ReadAllBytes(Path.Join(_repository.Root, $".git/objects/{id[..2]}/{id[2..]}")));

        using var objects = GitObjects.Open(_repository.Find());
        Assert.Contains("another hash", Assert.Throws<GitException>(() => objects.Read(forged)).Message);
    }

    [Fact]
    public void Read_LargerThanAsked_IsTooLarge()
    {
        WriteHistory(20);
        _repository.Write("large.txt", new string('x', 100_000));
        _repository.Commit();
        var id = _repository.Git("rev-parse", "HEAD:large.txt");
        for (var i = 0; i < 2; i++)
        {
            using var objects = GitObjects.Open(_repository.Find());
            Assert.Throws<GitTooLargeException>(() => objects.Read(id, 1000));
            Assert.Equal(100_000, Assert.NotNull(objects.Read(id, 100_000)).Bytes.Length);
            _repository.Git("repack", "-adfq");
            _repository.Git("prune-packed");
        }
    }

    // A pack that is cut off anywhere, or has any byte changed, gives an error or another object's absence: no crash, no false content.
    [Fact]
    public void Read_DamagedPack_NeverGivesOtherContent()
    {
        WriteHistory(12);
        _repository.Git("repack", "-adfq", "--depth=50");
        _repository.Git("prune-packed");
        var names = _repository.Git("cat-file", "--batch-check", "--batch-all-objects").Split('\n').Select(line => line[..40]).ToList();
        foreach (var ending in (string[])[".pack", ".idx"])
        {
            var path = Directory.GetFiles(Path.Join(_repository.Root, ".git/objects/pack"), "*" + ending).Single();
            var whole = File.ReadAllBytes(path);
            File.Delete(path); // git has written it read-only
            var random = new Random(7);
            for (var round = 0; round < 60; round++)
            {
                byte[] damaged = round % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
                for (var i = 0; i < round % 3 && damaged.Length > 0; i++)
                {
                    damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
                }

                File.WriteAllBytes(path, damaged);
                using var objects = GitObjects.Open(_repository.Find());
                foreach (var name in names)
                {
                    try
                    {
                        _ = objects.Read(name); // hashed: what is returned is right
                    }
                    catch (GitException)
                    {
                    }
                }
            }

            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    public void Read_DeltasInACircle_AreDamaged()
    {
        var (a, b) = (Enumerable.Repeat((byte)0x11, 20).ToArray(), Enumerable.Repeat((byte)0x22, 20).ToArray());
        WritePack((a, 7, b, Delta(5, 5)), (b, 7, a, Delta(5, 5)));

        using var objects = GitObjects.Open(_repository.Find());
        Assert.Contains("damaged", Assert.Throws<GitException>(() => objects.Read(Convert.ToHexStringLower(a))).Message);
    }

    // Each delta makes of its base sixteen times as much; the sizes it claims are checked before memory is taken.
    [Fact]
    public void Read_DeltaThatGrowsWithoutEnd_IsTooLarge()
    {
        var entries = new List<(byte[] Id, int Type, byte[]? Base, byte[] Content)> { (Id(0), 3, null, new byte[1 << 16]) };
        for (var (i, size) = (1, 1L << 16); i < 8; i++, size *= 16)
        {
            entries.Add((Id(i), 7, Id(i - 1), Copies(size, 16)));
        }

        WritePack([.. entries]);
        using var objects = GitObjects.Open(_repository.Find());
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<GitTooLargeException>(() => objects.Read(Convert.ToHexStringLower(Id(7))));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 512 << 20);

        static byte[] Id(int number) => Enumerable.Repeat((byte)(0x30 + number), 20).ToArray();
    }

    [Fact]
    public void Read_MoreThanTheBudget_Ends()
    {
        WriteHistory(5);
        using var objects = GitObjects.Open(_repository.Find(), new GitBudget(300));
        Assert.Contains("MiB", Assert.Throws<GitException>(() =>
        {
            foreach (var name in _repository.Git("rev-list", "--all").Split('\n'))
            {
                _ = objects.Read(name);
            }
        }).Message);
    }

    // What is kept unpacked is hashed and parsed again each time it is asked for.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_TheSameObjectAgainAndAgain_TakesFromTheBudget(bool isPacked)
    {
        var content = new byte[100_000];
        var id = GitObjects.BlobId(content);
        if (isPacked)
        {
            WritePack((Convert.FromHexString(id), 3, null, content));
        }
        else
        {
            _repository.Loose("blob", content);
        }

        using var objects = GitObjects.Open(_repository.Find(), new GitBudget(1_050_000));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(content, Assert.NotNull(objects.Read(id)).Bytes);
        }

        Assert.Contains("MiB", Assert.Throws<GitException>(() => objects.Read(id)).Message);
    }

    // Blocks of a compressed stream may hold nothing, so a head may stand behind any number of bytes.
    [Fact]
    public void Read_LooseObjectBehindBlocksOfNothing_TakesThemFromTheBudget()
    {
        var id = _repository.Loose("blob", "12345"u8.ToArray());
        var path = Path.Join(_repository.Root, $".git/objects/{id[..2]}/{id[2..]}");
        byte[] whole = File.ReadAllBytes(path), nothing = [0, 0, 0, 0xff, 0xff];
        File.WriteAllBytes(path, [.. whole[..2], .. Enumerable.Repeat(nothing, 20_000).SelectMany(static block => block), .. whole[2..]]);

        using var objects = GitObjects.Open(_repository.Find(), new GitBudget(250_000));
        Assert.Throws<GitTooLargeException>(() => objects.Read(id, 2));
        Assert.Equal("12345"u8.ToArray(), Assert.NotNull(objects.Read(id)).Bytes);
        Assert.Contains("MiB", Assert.Throws<GitException>(() => objects.Read(id, 2)).Message);
    }

    // Larger than what git's own data need, if so much is asked for: as it is, and as a delta of such a base.
    [Fact]
    public void Read_MoreThanGitNeeds_IsReadWhereAskedFor()
    {
        var large = new byte[(64 << 20) + 100];
        byte[] longer = [.. large, .. "abc"u8];
        var (id, other) = (GitObjects.BlobId(large), GitObjects.BlobId(longer));
        using var delta = new MemoryStream();
        Size(delta, large.Length);
        Size(delta, longer.Length);
        for (var at = 0; at < large.Length; at += 0xffffff)
        {
            var size = Math.Min(0xffffff, large.Length - at);
            delta.Write([0xff, (byte)at, (byte)(at >> 8), (byte)(at >> 16), (byte)(at >> 24), (byte)size, (byte)(size >> 8), (byte)(size >> 16)]);
        }

        delta.Write([3, .. "abc"u8]);
        WritePack((Convert.FromHexString(id), 3, null, large), (Convert.FromHexString(other), 7, Convert.FromHexString(id), delta.ToArray()));

        using var objects = GitObjects.Open(_repository.Find());
        Assert.Throws<GitTooLargeException>(() => objects.Read(id));
        Assert.Throws<GitTooLargeException>(() => objects.Read(other));
        Assert.Throws<GitTooLargeException>(() => objects.Read(other, large.Length));
        foreach (var most in (int[])[200_000_000, int.MaxValue])
        {
            Assert.True(Assert.NotNull(objects.Read(id, most)).Bytes.AsSpan().SequenceEqual(large));
            Assert.True(Assert.NotNull(objects.Read(other, most)).Bytes.AsSpan().SequenceEqual(longer));
        }
    }

    // More than an array can hold, whatever limit was asked for.
    [Fact]
    public void Read_MoreThanAnArrayHolds_IsTooLarge()
    {
        var id = _repository.Loose("blob", "12345"u8.ToArray(), int.MaxValue);
        using var objects = GitObjects.Open(_repository.Find());
        Assert.Throws<GitTooLargeException>(() => objects.Read(id, int.MaxValue));
    }

    // All deltas of a chain are in memory before the first is applied.
    [Fact]
    public void Read_ChainOfLargeDeltas_Ends()
    {
        var content = new byte[63 << 20];
        (content[0], content[1]) = (5, 5);
        WritePack([(Id(0), 3, null, "12345"u8.ToArray()), .. Enumerable.Range(1, 5).Select(i => (Id(i), 7, (byte[]?)Id(i - 1), content))]);

        using var objects = GitObjects.Open(_repository.Find());
        Assert.Contains("MiB of deltas", Assert.Throws<GitException>(() => objects.Read(Convert.ToHexStringLower(Id(5)))).Message);

        static byte[] Id(int number) => Enumerable.Repeat((byte)(0x30 + number), 20).ToArray();
    }

    // The type of every object, however it is kept, without unpacking it.
    [Theory]
    [InlineData]
    [InlineData("repack", "-adfq", "--depth=50", "--window=50")]
    [InlineData("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=50", "--window=50")]
    public void TypeOf_EveryObject_IsWhatGitShows(params string[] pack)
    {
        WriteHistory(10);
        if (pack.Length > 0)
        {
            _repository.Git(pack);
            _repository.Git("prune-packed");
        }

        using var objects = GitObjects.Open(_repository.Find());
        foreach (var line in _repository.Git("cat-file", "--batch-check", "--batch-all-objects").Split('\n'))
        {
            Assert.Equal(line.Split(' ')[1], objects.TypeOf(line[..40])?.ToString().ToLowerInvariant());
        }

        Assert.Null(objects.TypeOf(new string('a', 40)));
    }

    [Fact]
    public void TypeOf_DeltasInACircle_IsNull()
    {
        var (a, b) = (Enumerable.Repeat((byte)0x11, 20).ToArray(), Enumerable.Repeat((byte)0x22, 20).ToArray());
        WritePack((a, 7, b, Delta(5, 5)), (b, 7, a, Delta(5, 5)));

        using var objects = GitObjects.Open(_repository.Find());
        Assert.Null(objects.TypeOf(Convert.ToHexStringLower(a)));
    }

    [Theory]
    [InlineData("")] // no sizes
    [InlineData("05")]
    [InlineData("0505")] // no instructions
    [InlineData("0505059061")] // an insertion that is cut off
    [InlineData("050500")] // the reserved instruction
    [InlineData("0505910006")] // copies more than the base has
    [InlineData("050591ff05")] // from outside the base
    [InlineData("0605910005")] // another base
    [InlineData("0504910005")] // more than it says
    [InlineData("ffffffffffffffffff0505")]
    public void Apply_DamagedDelta_IsNull(string delta) => Assert.Null(GitDelta.Apply("12345"u8, Convert.FromHexString(delta)));

    [Fact]
    public void Apply_CopiesAndInserts() =>
        Assert.Equal("345ab12"u8.ToArray(), GitDelta.Apply("12345"u8, Convert.FromHexString("0507" + "910203" + "026162" + "9002")));

    private static byte[] Delta(int from, int to) => [(byte)from, (byte)to, 0x90, (byte)to];

    // A delta that copies all of its base so many times.
    private static byte[] Copies(long size, int times)
    {
        using var delta = new MemoryStream();
        Size(delta, size);
        Size(delta, size * times);
        for (var i = 0; i < times; i++)
        {
            for (var at = 0L; at < Math.Min(size, 1 << 20); at += 0xffffff)
            {
                delta.Write([0xff, (byte)at, (byte)(at >> 8), (byte)(at >> 16), (byte)(at >> 24), 0xff, 0xff, 0xff]);
            }
        }

        return delta.ToArray();
    }

    private static void Size(Stream delta, long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            delta.WriteByte((byte)(value | 0x80));
        }

        delta.WriteByte((byte)value);
    }

    private void WriteHistory(int commits)
    {
        var lines = Enumerable.Range(0, 200).Select(i => $"line {i} of a text that is long enough for deltas").ToList();
        for (var i = 0; i < commits; i++)
        {
            lines[i * 7 % 200] = $"changed in {i}";
            _repository.Write("file.txt", string.Join('\n', lines));
            _repository.Write($"folder/{i}.txt", $"{i}");
            _repository.Commit();
        }

        _repository.Git("tag", "-a", "v1", "-m", "tag");
    }

    [Fact]
    public void Read_ALooseObjectWithAGigabyteBehindIt_ReadsNoMoreThanTheObject()
    {
        var id = _repository.Loose("blob", "text"u8.ToArray());
        using (var file = File.OpenWrite(Path.Join(_repository.Root, $".git/objects/{id[..2]}/{id[2..]}")))
        {
            file.SetLength(1 << 30);
        }

        using var objects = GitObjects.Open(_repository.Find(), new GitBudget(1 << 20));

        Assert.Equal("text", System.Text.Encoding.UTF8.GetString(Assert.NotNull(objects.Read(id)).Bytes));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 16)]
    [InlineData(1L << 40)]
    public void Read_AnOffsetBehindAllFiles_IsDamaged(long offset)
    {
        var id = Convert.FromHexString(new string('a', 40));
        WritePack((id, 3, null, "text"u8.ToArray()));
        var path = Path.Join(_repository.Root, ".git/objects/pack/pack-x.idx");
        var index = File.ReadAllBytes(path);
        var far = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(far, offset);
        BinaryPrimitives.WriteUInt32BigEndian(index.AsSpan(index.Length - 44), 0x80000000);
        File.WriteAllBytes(path, [.. index[..^40], .. far, .. index[^40..]]);
        using var objects = GitObjects.Open(_repository.Find());

        Assert.Contains("is damaged", Assert.Throws<GitException>(() => objects.Read(new string('a', 40))).Message);
    }

    [Fact]
    public void Open_MorePacksThanFilesMayBeOpen_ReadsAllAndRefusesTooMany()
    {
        WriteHistory(3);
        _repository.Git("repack", "-adq");
        var commit = _repository.Git("rev-parse", "HEAD");
        for (var i = 0; i < 200; i++)
        {
            WriteEmptyIndex($"pack-0{i:d4}.idx");
        }

        using (var objects = GitObjects.Open(_repository.Find()))
        {
            Assert.NotNull(objects.Read(commit));
        }

        for (var i = 0; i < 4096; i++)
        {
            WriteEmptyIndex($"pack-0{i:d4}.idx");
        }

        Assert.Contains("git gc", Assert.Throws<GitException>(() => GitObjects.Open(_repository.Find())).Message);
    }

    [Fact]
    public void Read_MoreFilesThanMayBeOpen_ClosesTheFirstAndOpensThemAgain()
    {
        var files = new GitFiles();
        var all = Enumerable.Range(0, 100).Select(i =>
        {
            _repository.Write($"{i}.txt", "text");
            return new GitFile(Path.Join(_repository.Root, $"{i}.txt"), files);
        }).ToList();
        var bytes = new byte[4];

        Assert.All(all, file => Assert.True(file.ReadAll(0, bytes)));
        Assert.Equal(64, all.Count(file => file.IsOpen));
        Assert.All(all, file => Assert.True(file.ReadAll(0, bytes)));
        Assert.False(all[0].ReadAll(long.MaxValue - 1, bytes));
        all.ForEach(file => file.Dispose());
    }

    private void WriteEmptyIndex(string name) =>
        _repository.Folder.Write($".git/objects/pack/{name}", [0xff, (byte)'t', (byte)'O', (byte)'c', 0, 0, 0, 2, .. new byte[1024 + 40]]);

    private void WritePack(params (byte[] Id, int Type, byte[]? Base, byte[] Content)[] entries)
    {
        using var pack = new MemoryStream();
        pack.Write("PACK"u8);
        Number(pack, 2);
        Number(pack, (uint)entries.Length);
        var offsets = new List<uint>();
        foreach (var (_, type, from, content) in entries)
        {
            offsets.Add((uint)pack.Position);
            var size = content.Length;
            var first = (byte)((type << 4) | (size & 15));
            for (size >>= 4; size > 0; size >>= 7)
            {
                pack.WriteByte((byte)(first | 0x80));
                first = (byte)(size & 0x7f);
            }

            pack.WriteByte(first);
            pack.Write(from ?? []);
            pack.Write(ScratchRepository.Deflate(content));
        }

        pack.Write(SHA1.HashData(pack.ToArray()));
        _repository.Folder.Write(".git/objects/pack/pack-x.pack", pack.ToArray());
        var order = Enumerable.Range(0, entries.Length).OrderBy(i => Convert.ToHexString(entries[i].Id), StringComparer.Ordinal).ToList();
        using var index = new MemoryStream();
        index.Write([0xff, (byte)'t', (byte)'O', (byte)'c']);
        Number(index, 2);
        for (var i = 0; i < 256; i++)
        {
            Number(index, (uint)entries.Count(entry => entry.Id[0] <= i));
        }

        order.ForEach(i => index.Write(entries[i].Id));
        order.ForEach(_ => Number(index, 0));
        order.ForEach(i => Number(index, offsets[i]));
        index.Write(new byte[40]);
        _repository.Folder.Write(".git/objects/pack/pack-x.idx", index.ToArray());
    }

    private static void Number(Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }
}
