using BenchmarkDotNet.Running;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Benchmarks;
using XCoder.Benchmarks.Chat;
using XCoder.Benchmarks.Concepts;
using XCoder.Benchmarks.Differential;
using XCoder.Benchmarks.Embeddings;
using XCoder.Benchmarks.Folders;
using XCoder.Benchmarks.Fuzzing;
using XCoder.Benchmarks.Generation;
using XCoder.Benchmarks.Micro;
using XCoder.Benchmarks.Mining;
using XCoder.Benchmarks.Redaction;
using XCoder.Benchmarks.Search;
using XCoder.Benchmarks.Semantic;
using XCoder.Benchmarks.TextSearch;
using XCoder.Benchmarks.Verification;

const string Usage = """
    XCoder.Benchmarks micro [BenchmarkDotNet options]
    XCoder.Benchmarks parse FOLDER [--rounds N]       parse alone: bytes, seconds, MB/s on one and two threads
    XCoder.Benchmarks extract FOLDER [--rounds N]     parse and extraction by turns, and their ratio
    XCoder.Benchmarks embed FOLDER [--model DIR] [--device cpu] [--count N] [--threads N] [--rounds N]
                             from extracted snippets to vectors: snippets a second
    XCoder.Benchmarks devices FOLDER [--model DIR] [--count N]   the vectors of CPU and CUDA; fails where they differ
    XCoder.Benchmarks fuzz [--inputs N] [--seed S] [--roslyn N] [--threads N] [--language ID] [--output FOLDER]
    XCoder.Benchmarks fuzz --input K [--seed S]       one input alone, as the message of a failure says
    XCoder.Benchmarks fuzz --input 0 --language ID --file PATH
    XCoder.Benchmarks tokenize TOKENIZER TEXTS [--output FILE] [--rounds N]   ids of texts (a JSON string a line) and MB/s
    XCoder.Benchmarks search [--rows N] [--dimension D] [--queries Q] [--k K] [--threads T] [--precision half|single]
                             [--partitioned 0|1] [--partitions P] [--probes P] [--centres C] [--noise PERCENT]
                             [--workspace DIR]        vectors of a workspace, and noisy copies of them
    XCoder.Benchmarks questions WORKSPACE [--scope all] [--wording hard] [--questions FILE]   search in words against a plain BM25
    XCoder.Benchmarks graph  [--rows N] [--threads T] [--partitions P] [--probes P] [--label-probes P] [--axes A] [--candidates C]
                             [--add N] [--exact N] and what `search` says of vectors
    XCoder.Benchmarks plane  [--rows N] [--threads T] [--rounds N] [--repulsion PERCENT] and what `search` says of vectors
    XCoder.Benchmarks map WORKSPACE PAGE [--points N] [--threads T]   a page with the map and the concepts of a semantic index
    XCoder.Benchmarks concepts [EDGES] [--nodes N] [--degree D] [--threshold THOUSANDTHS] [--members N] [--output FILE]
    XCoder.Benchmarks semantic WORKSPACE [--model DIR] [--threads T] [--keep 1]    the whole semantic pass, and other thresholds after it
    XCoder.Benchmarks guard WORKSPACE [--show N] [--seed S] [--kinds ID,ID] [--snippets N]   what the guard finds in a workspace, MB/s, and a sample of it
    XCoder.Benchmarks chat [--requests N] [--in-flight N] [--delay MS] [--bytes N] [--streaming 0|1] [--faults PERCENT]
                             the chat gateway against a server on loopback, in a process of its own
    XCoder.Benchmarks generate WORKSPACE [--rows N] [--in-flight N] [--epoch N] [--delay MS] [--languages ID,ID] [--faults PERCENT]
                             rows by agents against a server on loopback, in a process of its own; with faults, compared with none
    XCoder.Benchmarks differential WORKSPACE [--rows N] [--skip N] [--threads T] [--mutants N] [--output FILE] [--id ROW]
                             translation rows: source and target run with the same values; planted faults in those that agree
    XCoder.Benchmarks pairs WORKSPACE --output FILE   all candidates for translation pairs with their signals, a line each
    XCoder.Benchmarks fit TABLE [--output FILE]       the model of translation pairs from judged ones, and its precision on left-out projects
    XCoder.Benchmarks sandbox [--runs N] [--parallel N]   what the sandbox adds to a program's own time; fails above the limit
    XCoder.Benchmarks encoder FOLDER TOKENIZER [--layers 6] [--width 384]    a synthetic encoder for `embed`
    XCoder.Benchmarks synthesize FOLDER --bytes N     a tree of edited copies of this repository's sources
    """;

var arguments = new Arguments(args);
try
{
    switch (arguments.Next())
    {
        case "micro":
            BenchmarkSwitcher.FromTypes([typeof(ExtractionBenchmarks), typeof(TokenBenchmarks)]).Run(args.Length > 1 ? args[1..] : ["--filter", "*"], new InProcessConfig());
            return 0;
        case "questions":
            return QuestionsRun.Run(arguments);
        case "parse":
            return FolderRun.Run(arguments.Require("FOLDER"), arguments.Number("rounds", 5), withExtraction: false);
        case "extract":
            return FolderRun.Run(arguments.Require("FOLDER"), arguments.Number("rounds", 5), withExtraction: true);
        case "embed":
            return EmbedRun.Run(arguments.Require("FOLDER"), arguments.Text("model") ?? Path.Combine(AppContext.BaseDirectory, "models", "default"), DeviceChoice.Parse(arguments.Text("device") ?? "cpu"), (int)arguments.Number("count", int.MaxValue), (int)arguments.Number("threads", 1), arguments.Number("rounds", 5));
        case "devices":
            return DeviceRun.Run(arguments.Require("FOLDER"), arguments.Text("model") ?? Path.Combine(AppContext.BaseDirectory, "models", "default"), (int)arguments.Number("count", 5000));
        case "fuzz":
            return FuzzRun.Run(arguments);
        case FuzzWorker.Command:
            return FuzzWorker.Run(arguments);
        case "tokenize":
            return TokenizeRun.Run(arguments);
        case "search":
            return SearchRun.Run(arguments);
        case "graph":
            return GraphRun.Run(arguments);
        case "plane":
            return UmapRun.Run(arguments);
        case "map":
            return MapRun.Run(arguments.Require("WORKSPACE"), arguments.Require("PAGE"), (int)arguments.Number("points", new MapOptions().MaxPoints), (int)arguments.Number("threads", 2));
        case "concepts":
            return ConceptRun.Run(arguments);
        case "semantic":
            return SemanticRun.Run(arguments.Require("WORKSPACE"), arguments.Text("model") ?? Path.Combine(AppContext.BaseDirectory, "models", "default"), (int)arguments.Number("threads", 2), arguments.Number("keep", 0) == 1);
        case "pairs":
            return PairsRun.Run(arguments);
        case "fit":
            return PairsFit.Run(arguments);
        case "differential":
            return DifferentialRun.Run(arguments);
        case "guard":
            return RedactionRun.Run(arguments);
        case "chat":
            return ChatRun.Run(arguments);
        case ChatRun.ServerCommand:
            return ChatRun.Serve(arguments);
        case "generate":
            return GenerateRun.Run(arguments);
        case GenerateRun.ServerCommand:
            return GenerateRun.Serve(arguments);
        case "sandbox":
            return SandboxRun.Run(arguments);
        case "encoder":
            return SyntheticEncoder.Write(arguments.Require("FOLDER"), arguments.Require("TOKENIZER"), (int)arguments.Number("layers", 6), (int)arguments.Number("width", 384));
        case "synthesize":
            return SyntheticTree.Write(arguments.Require("FOLDER"), arguments.Number("bytes", 64 << 20));
        default:
            throw new ArgumentException("Name a command.");
    }
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(Usage);
    return 2;
}
