using XCoder.Analysis.Extraction;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

// dump LANGUAGE FILE [--tokens]
var catalog = LanguageCatalog.Open(Environment.GetEnvironmentVariable("XCODER_GRAMMARS"));
using var extractor = new TreeSitterExtractor(catalog);
var file = new SourceFile(Path.GetFileName(args[2]), File.ReadAllBytes(args[2]), 0);
var watch = System.Diagnostics.Stopwatch.StartNew();
var result = extractor.Extract(file, catalog.Find(args[1])!);
Console.Write(result is null ? "timeout" : SnippetListing.Format(result, args.Contains("--tokens"), file.Text));
Console.Error.WriteLine($"errors: {result?.HasErrors}, {watch.Elapsed.TotalMilliseconds} ms");
return 0;
