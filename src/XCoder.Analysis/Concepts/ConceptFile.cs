using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Concepts;

/// <summary>Concepts in a file: what they were made from, their members, marks of the snippets, and the SHA-256 of it all.</summary>
internal sealed class ConceptFile(string path, ConceptOptions options)
{
    private const string Format = "xcoder concepts 1";

    /// <summary>The concepts if the file holds those of this index; null where it holds others, is damaged or is not there.</summary>
    public ConceptAnalysis? Read(SemanticIndex index)
    {
        try
        {
            using var reader = Open();
            if (reader is null || reader.ReadString() != Key(index))
            {
                return null;
            }

            var marks = RawArrays.Read<SnippetMarks>(reader.BaseStream, index.Nodes.Snippets.Length);
            var concepts = new Concept[Count(reader)];
            for (var i = 0; i < concepts.Length; i++)
            {
                concepts[i] = ReadConcept(reader, index.Nodes);
            }

            return new ConceptAnalysis(index, concepts, marks);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            return null;
        }
    }

    /// <summary>Ids and contents of the concepts in the file, whatever they were made from; none where it is damaged or not there.</summary>
    public IReadOnlyCollection<KnownConcept> ReadKnown()
    {
        try
        {
            using var reader = Open();
            if (reader is null)
            {
                return [];
            }

            reader.BaseStream.Position = reader.BaseStream.Length - sizeof(long);
            reader.BaseStream.Position = reader.ReadInt64();
            var known = new KnownConcept[Count(reader)];
            for (var i = 0; i < known.Length; i++)
            {
                var id = reader.ReadString();
                known[i] = new KnownConcept(id, RawArrays.Read<ulong>(reader.BaseStream, reader.ReadInt32()));
            }

            return known;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            return [];
        }
    }

    /// <summary>Writes the concepts with the content keys of the nodes.</summary>
    public void Write(ConceptAnalysis analysis, ulong[] keys)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true);
        writer.Write(Format);
        writer.Write(Key(analysis.Index));
        writer.Flush();
        RawArrays.Write<SnippetMarks>(memory, analysis.Marks);
        writer.Write(analysis.Concepts.Count);
        foreach (var concept in analysis.Concepts)
        {
            Write(writer, concept);
        }

        var start = memory.Position;
        writer.Write(analysis.Concepts.Count);
        foreach (var concept in analysis.Concepts)
        {
            writer.Write(concept.Id);
            writer.Write(concept.Members.Count);
            writer.Flush();
            RawArrays.Write<ulong>(memory, [.. concept.Members.Select(node => keys[node])]);
        }

        writer.Write(start);
        writer.Flush();
        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        memory.Position = 0;
        RawArrays.WriteFile(path, memory.CopyTo);
    }

    private string Key(SemanticIndex index) => ExtractorKeys.Hash(index.Key, options.ToString(), index.Nodes.Snippets.Length.ToString(CultureInfo.InvariantCulture));

    // What the file holds without its hash, after the format; null where that is not this one or the hash does not fit.
    private BinaryReader? Open()
    {
        var bytes = WorkspaceFile.Read(path) ?? [];
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
        {
            return null;
        }

        var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        return reader.ReadString() == Format ? reader : null;
    }

    // No more than there are bytes.
    private static int Count(BinaryReader reader) =>
        reader.ReadInt32() is var count && count >= 0 && count <= reader.BaseStream.Length ? count : throw new InvalidDataException($"{count} concepts do not fit the file.");

    private static void Write(BinaryWriter writer, Concept concept)
    {
        writer.Write(concept.Id);
        writer.Write(concept.Label);
        RawArrays.WriteTexts(writer, concept.Words);
        writer.Write(concept.Representative);
        writer.Write(concept.Cohesion);
        writer.Write(concept.Members.Count);
        writer.Flush();
        RawArrays.Write<int>(writer.BaseStream, [.. concept.Members]);
        RawArrays.Write<float>(writer.BaseStream, [.. concept.Strengths]);
    }

    private static Concept ReadConcept(BinaryReader reader, SemanticNodes nodes)
    {
        var (id, label, words) = (reader.ReadString(), reader.ReadString(), RawArrays.ReadTexts(reader));
        var (representative, cohesion, count) = (reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32());
        var members = RawArrays.Read<int>(reader.BaseStream, count);
        var strengths = RawArrays.Read<float>(reader.BaseStream, count);
        if (Array.Exists(members, node => (uint)node >= nodes.Functions) || !members.Contains(representative))
        {
            throw new InvalidDataException("A concept has members that are no functions of the index.");
        }

        return new Concept
        {
            Id = id,
            Label = label,
            Words = words,
            Members = members,
            Strengths = strengths,
            Representative = representative,
            Languages = [.. members.Select(node => nodes.Languages[nodes.Language[node]]).Distinct().Order(StringComparer.Ordinal)],
            Cohesion = cohesion,
        };
    }

    private static bool IsDamage(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException or OverflowException;
}
