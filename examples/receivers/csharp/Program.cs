// A webhook receiver for ERP Bridge: verify the bytes, parse them, do the work once, answer 200.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

const int MaxBody = 1024 * 1024;
const int MaxSeen = 10_000;

string secret = Environment.GetEnvironmentVariable("SECRET") ?? "";
if (secret == "")
{
    Console.Error.WriteLine("SECRET is missing. Start with: SECRET=whsec_… dotnet run");
    return 1;
}
string port = Environment.GetEnvironmentVariable("PORT") ?? "9000";

// Delivery ids already worked on, oldest first. They are gone after a restart: in production, insert the
// id into a table with a unique key, in the same transaction as the work itself. The lock keeps two
// attempts of one delivery apart.
var seen = new HashSet<string>();
var order = new Queue<string>();
var gate = new SemaphoreSlim(1);

// Replace this with your work. If it throws, the answer is 500 and the bridge tries again.
Task Handle(string delivery, string message, int attempt, JsonDocument body)
{
    Console.WriteLine(JsonSerializer.Serialize(new { delivery, message, attempt, @event = body.RootElement }));
    return Task.CompletedTask;
}

async Task HandleOnce(string delivery, string message, int attempt, JsonDocument body)
{
    await gate.WaitAsync();
    try
    {
        if (seen.Contains(delivery)) return;
        await Handle(delivery, message, attempt, body);
        seen.Add(delivery); // only now: a failure above must stay open for the retry
        order.Enqueue(delivery);
        if (order.Count > MaxSeen) seen.Remove(order.Dequeue());
    }
    finally
    {
        gate.Release();
    }
}

// While the bridge rotates its secret it signs with the new and the old one. Accepting either header
// under the one secret we hold means that we can change ours at any moment of the overlap.
bool IsSigned(IHeaderDictionary headers, byte[] body)
{
    byte[] mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body); // the key keeps its "whsec_"
    byte[] expected = Encoding.ASCII.GetBytes("sha256=" + Convert.ToHexString(mac).ToLowerInvariant());
    return new[] { "X-MAC-Signature", "X-MAC-Signature-Previous" }.Any(name =>
        CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(headers[name].ToString())));
}

IResult Refuse(int status, string error) => Results.Json(new { ok = false, error }, statusCode: status);

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
var app = builder.Build();

app.MapPost("/{**path}", async (HttpRequest request) =>
{
    // The raw bytes: a bound model would no longer be what was signed.
    using var bytes = new MemoryStream();
    try
    {
        await request.Body.CopyToAsync(bytes);
    }
    catch (BadHttpRequestException tooLarge)
    {
        return Refuse(tooLarge.StatusCode, "body over 1 MiB");
    }
    byte[] body = bytes.ToArray();
    if (!IsSigned(request.Headers, body)) return Refuse(401, "bad signature");

    string delivery = request.Headers["X-MAC-Delivery"].ToString();
    string message = request.Headers["X-MAC-Message"].ToString();
    if (delivery == "" || message == "" || !int.TryParse(request.Headers["X-MAC-Attempt"], out int attempt))
    {
        return Refuse(400, "X-MAC headers are missing");
    }
    try
    {
        using var parsed = JsonDocument.Parse(body);
        await HandleOnce(delivery, message, attempt, parsed);
    }
    catch (JsonException)
    {
        return Refuse(400, "broken JSON");
    }
    catch (Exception failure)
    {
        Console.Error.WriteLine($"delivery {delivery}: {failure}");
        return Refuse(500, "not processed");
    }
    return Results.Json(new { ok = true }); // also for a repeat: it has arrived
});

app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"listening on {app.Urls.First()}/"));
app.Run();
return 0;
