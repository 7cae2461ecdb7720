using System.Security.Cryptography;
using System.Text;

static class Webhook
{
    // body: the bytes as they came, before any parsing. header: finds a header, such as name => request.Headers[name].
    public static bool Verify(byte[] body, Func<string, string?> header, string secret)
    {
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);
        var expected = "sha256=" + Convert.ToHexString(mac).ToLowerInvariant();
        return new[] { "X-MAC-Signature", "X-MAC-Signature-Previous" }.Any(name => Equal(header(name), expected));
    }

    // Standard Webhooks: covers the id and the time too, so that nobody can send a recorded request again later.
    public static bool VerifyStandard(byte[] body, Func<string, string?> header, string secret)
    {
        string? id = header("webhook-id"), time = header("webhook-timestamp");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        if (!long.TryParse(time, out var at) || at < now - 300 || at > now + 300) return false;
        var key = Convert.FromBase64String(secret.StartsWith("whsec_") ? secret[6..] : secret);
        var signed = Encoding.UTF8.GetBytes($"{id}.{time}.").Concat(body).ToArray();
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        return (header("webhook-signature") ?? "").Split(' ').Any(given => Equal(given, expected));
    }

    static bool Equal(string? given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(expected));
}
