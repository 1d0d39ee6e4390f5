namespace XCoder.Agents.Chat;

/// <summary>Ends replies that are too long, and turns redirects into failures.</summary>
internal sealed class BoundedHandler(long maxBytes, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            var host = request.RequestUri?.Authority;
            var target = response.Headers.Location is { IsAbsoluteUri: true } location ? location.Authority : "another path";
            response.Dispose();
            throw new ChatCallException(ChatCallError.Redirect, $"{host} redirects to {CallFailures.Shown(target)}; redirects are not followed, since the key would go along.") { Status = status };
        }

        if (response.Content.Headers.ContentLength > maxBytes)
        {
            response.Dispose();
            throw TooLarge();
        }

        var headers = response.Content.Headers.ToList();
        response.Content = new StreamContent(new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), maxBytes, TooLarge));
        foreach (var (name, values) in headers)
        {
            response.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return response;

        ChatCallException TooLarge() => new(ChatCallError.TooLarge, $"{request.RequestUri?.Authority} sent a reply of more than {maxBytes:N0} bytes.");
    }
}
