using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat;

public sealed class ChatCertificateTests
{
    [Theory]
    [InlineData("127.0.0.1", 1)]
    [InlineData("127.0.0.1", -1)]
    [InlineData("other.example", 1)]
    public async Task Ask_ACertificateThatIsNotTrusted_IsNamedAndNothingIsSent(string name, int days)
    {
        using var certificate = Certificate(name, days);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var bytes = ServeAsync(listener, certificate);
        await using var setup = new ChatSetup(endpoint: new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"));

        var exception = await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync());

        Assert.Contains("certificate", exception.Message);
        Assert.Contains("Nothing was sent", exception.Message);
        Assert.Equal(0, await bytes);
    }

    // How many bytes a client sends over the first connection after it has seen the certificate.
    private static async Task<int> ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var secure = new SslStream(client.GetStream());
        try
        {
            await secure.AuthenticateAsServerAsync(certificate);
            return await secure.ReadAsync(new byte[1]);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return 0;
        }
    }

    private static X509Certificate2 Certificate(string name, int days)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-10), now.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
