namespace XCoder.Analysis.Repositories.Detect;

/// <summary>File names that only generators give.</summary>
internal static class GeneratedNames
{
    private static readonly string[] MinifiedEndings = [".min.js", ".min.mjs", ".min.cjs"];

    private static readonly string[] Endings =
    [
        // Protocol buffers, gRPC, Thrift, FlatBuffers
        ".pb.go", ".pb.gw.go", ".pulsar.go", "_pb2.py", "_pb2.pyi", "_pb2_grpc.py", ".pb.cc", ".pb.h", ".pb.c", ".pb.cpp", ".pb.hpp",
        ".pb.swift", ".grpc.swift", ".pb.dart", ".pbenum.dart", ".pbjson.dart", ".pbserver.dart", ".pbgrpc.dart",
        "_pb.js", "_pb.d.ts", "_grpc_pb.js", "_grpc_pb.d.ts", "_pb.rb", "_services_pb.rb", "_generated.h", "_generated.rs",
        // .NET
        ".g.cs", ".g.i.cs", ".designer.cs", ".generated.cs", ".assemblyinfo.cs", ".assemblyattributes.cs",
        // Dart
        ".g.dart", ".freezed.dart", ".gr.dart", ".mocks.dart",
        // Others
        ".generated.ts", ".generated.tsx", ".generated.js", ".generated.swift", ".generated.go",
    ];

    private static readonly string[] Names = ["lex.yy.c", "y.tab.c", "y.tab.h", "routeTree.gen.ts"];

    /// <summary>Whether the name says so.</summary>
    public static bool IsGenerated(ReadOnlySpan<char> name) => EndsInOne(name, Endings) || Names.AsSpan().Contains(name.ToString());

    /// <summary>Whether the name says that the text is compressed.</summary>
    public static bool IsMinified(ReadOnlySpan<char> name) => EndsInOne(name, MinifiedEndings);

    private static bool EndsInOne(ReadOnlySpan<char> name, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && name.Length > ending.Length)
            {
                return true;
            }
        }

        return false;
    }
}
