using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>Identifies the language and looks for syntax errors with the parsers.</summary>
internal sealed class SyntaxGate(ParserGate parsers, ToolchainCatalog toolchains) : IGate
{
    public RowStatus? Pass(GateCase answer)
    {
        answer.Toolchain = toolchains.FindFor(answer.Language, answer.Code, answer.Tests.Own ?? "");
        var parsed = parsers.Check(answer.Language, answer.Code, answer.Toolchain is { } toolchain
            ? ProgramText.Alone(toolchain, answer.Code) : null);
        answer.Results.Add(parsed);
        answer.IsRefusedByParser = parsed.Outcome == GateOutcome.Failed;
        return answer.IsRefusedByParser && (parsed.Gate != ParserGate.Syntax || string.IsNullOrWhiteSpace(answer.Code)) ? RowStatus.Failed
            : null;
    }
}
