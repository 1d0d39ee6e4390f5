namespace XCoder.Agents.Verification.Differential;

/// <summary>A function that can be called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Qualified">Its name behind those of its scopes.</param>
/// <param name="Owner">Name of the type it stands in, or empty.</param>
/// <param name="Place">Where it stands: a key of <see cref="XCoder.Agents.Verification.Toolchains.CallForm.Targets"/>.</param>
/// <param name="Signature">Its declaration.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Code">The code it stands in.</param>
internal sealed record CallFunction(string Name, string Qualified, string Owner, string Place, string Signature, IReadOnlyList<CallParameter> Parameters, string Code);
