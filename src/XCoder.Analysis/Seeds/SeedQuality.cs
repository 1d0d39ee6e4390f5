namespace XCoder.Analysis.Seeds;

/// <summary>How good a start a function is; each part in [0, 1].</summary>
/// <param name="Documented">1 for documentation of five words or more, less for fewer, 0 for none.</param>
/// <param name="SelfContained">1 where it uses no name that its repository declares elsewhere; half with four.</param>
/// <param name="Substance">Different tokens: 1 from 40 on.</param>
/// <param name="Size">1 from 40 to 400 tokens, falling to both sides.</param>
/// <param name="Tested">1 where test code calls or names it.</param>
public readonly record struct SeedQuality(double Documented, double SelfContained, double Substance, double Size, double Tested)
{
    /// <summary>The parts by weight: documentation and independence 0.3 each, substance 0.2, size and tests 0.1 each; in [0, 1].</summary>
    public double Total => (0.3 * Documented) + (0.3 * SelfContained) + (0.2 * Substance) + (0.1 * Size) + (0.1 * Tested);
}
