using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spelled">Its type as written, or null.</param>
/// <param name="Type">Its type.</param>
/// <param name="HasDefault">Whether it may be left out.</param>
/// <param name="IsLength">Whether it is the length of the parameter before it.</param>
/// <param name="Rule">The rule of its type, or null where it has none.</param>
internal sealed record CallParameter(string Name, string? Spelled, CallType Type, bool HasDefault, bool IsLength, TypeRule? Rule);
