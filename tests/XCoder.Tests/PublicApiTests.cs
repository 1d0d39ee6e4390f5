using System.Reflection;
using System.Text;
using XCoder.Agents;
using XCoder.Analysis.Model;

namespace XCoder.Tests;

/// <summary>What others can call. A change here is a change for them: it is approved by hand.</summary>
public class PublicApiTests
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler writes into every record.
    private static readonly string[] OfRecords = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "op_Equality", "op_Inequality", "get_EqualityContract"];

    [Theory]
    [InlineData(typeof(Snippet), "public-api.txt")]
    [InlineData(typeof(RowWorkspace), "public-api-agents.txt")]
    public void PublicTypes_OfALibrary_AreTheApprovedOnes(Type anyOfIt, string approved)
    {
        var text = new StringBuilder();
        foreach (var type in anyOfIt.Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (var member in type.GetMembers(Members).Select(Describe).OfType<string>().Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        Snapshot.Matches(text.ToString(), approved);
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsSealed ? "sealed class" : "class";

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: true } => null,
        FieldInfo field => field.DeclaringType!.IsEnum ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}" : $"{field.Name}: {Name(field.FieldType)}",
        PropertyInfo property => $"{property.Name}: {Name(property.PropertyType)} {{{(property.CanRead ? " get;" : "")}{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method when method.IsSpecialName || OfRecords.Contains(method.Name) => null,
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{method.Name}({Parameters(method)}): {Name(method.ReturnType)}",
        _ => null,
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? " = default" : "")}"));

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
