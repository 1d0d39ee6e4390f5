using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>What the store knows of a file, enough to see whether it changed.</summary>
/// <param name="Id">Row id.</param>
/// <param name="Hash">SHA-256 of its bytes, hex.</param>
/// <param name="Extractor">What extraction depended on.</param>
/// <param name="Licence">Its licence, which other files may say.</param>
public sealed record FileState(long Id, string Hash, string Extractor, Licence? Licence);
