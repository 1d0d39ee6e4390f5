namespace XCoder.Agents.Redaction;

/// <summary>A kind of secrets or personal data.</summary>
/// <param name="Id">Its id, under which it is counted: <c>aws-access-key</c>.</param>
/// <param name="Placeholder">Word of its placeholder: <c>AWS_ACCESS_KEY</c> becomes <c>&lt;AWS_ACCESS_KEY&gt;</c>.</param>
internal sealed record SensitiveKind(string Id, string Placeholder)
{
    public static readonly SensitiveKind Email = new("email", "EMAIL");
    public static readonly SensitiveKind Address4 = new("ip-address", "IP_ADDRESS");
    public static readonly SensitiveKind Address6 = new("ip-address", "IPV6_ADDRESS");
    public static readonly SensitiveKind HardwareAddress = new("mac-address", "MAC_ADDRESS");
    public static readonly SensitiveKind PrivateKey = new("private-key", "PRIVATE_KEY");
    public static readonly SensitiveKind Password = new("password", "PASSWORD");
    public static readonly SensitiveKind Secret = new("secret", "SECRET");
    public static readonly SensitiveKind UrlPassword = new("url-password", "PASSWORD");
}
