package com.mobileapiconnect.bridge.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests that are wrong in one of the many ways there are; the same seed gives the same ones. */
public final class FuzzRequests {

    private static final String[] KEYS_OF_NOBODY = {
        "Bearer nonsense", "Bearer ", "Basic YTpi", "bearer", "\u0001", "Bearer a b"
    };
    private static final String[] TARGETS = {
        "/",
        "//",
        "/v1",
        "/v1/%00",
        "/v1/..%2f..%2fetc",
        "/v1/devices/..;/keys",
        "/v1/\u00e4",
        "/v1/inbound;a=b",
        "/actuator",
        "/actuator/env",
        "/actuator/prometheus",
        "/actuator/health/../env",
        "http://other.example/v1/keys",
        "*",
        "/v1/messages?%",
        "/v1/messages?limit=%ff",
        "/v1/messages?cursor=%00&cursor=[]",
        "/%",
        "/v1/{id}",
        "/error",
        "/v1/deliveries?since=" + "9".repeat(300),
        "/" + "a/".repeat(2000),
        "v1/keys",
        ""
    };
    private static final String[] METHODS = {
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND", "G\0T", ""
    };
    private static final String[] VERSIONS = {
        "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9", "http/1.1", ""
    };
    private static final String[] HEADERS = {
        "Content-Length: -1",
        "Content-Length: 7\r\nContent-Length: 8",
        "Content-Length: x",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked\r\nContent-Length: 3",
        "Transfer-Encoding: identity, chunked",
        "Expect: 100-continue",
        "Expect: nothing",
        "Upgrade: h2c\r\nConnection: Upgrade",
        "Connection: close, close, keep-alive",
        "Content-Encoding: gzip",
        "Content-Type: ///",
        "Content-Type: a/b; charset=no-such",
        "Content-Type: multipart/form-data",
        "Content-Type: application/x-www-form-urlencoded",
        "Accept: ;;;",
        "Accept: a/b",
        "Accept-Language: " + "x,".repeat(200),
        "Cookie: a=\"",
        "Host: other",
        "Host: [",
        "X: a\r\n folded",
        "X\0Y: z",
        ": none",
        "no colon",
        "Range: bytes=9-1",
        "If-None-Match: \"",
        "If-Modified-Since: yesterday",
        "Origin: null",
        "X-Forwarded-Proto: javascript",
        "Forwarded: for=\"",
        "Access-Control-Request-Method: PUT\r\nOrigin: http://x"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "7",
        "-0.0",
        "1e999999",
        "1".repeat(200),
        "[]",
        "{}",
        "\"\"",
        "\"x\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "[[[[",
        "\"" + "y".repeat(20_000) + "\"",
        "{\"a\":{\"b\":{}}}",
        "\"http://127.0.0.1:9/\"",
        "\"http://[::1\"",
        "\"PT-5S\"",
        "\"P9999999999D\"",
        "NaN",
        "'x'",
        "\"${sys:user.home}\"",
        "\"{{env:HOME}}\"",
        "\"2026-99-99T00:00:00Z\"",
        "[1,\"2\",null,{}]"
    };
    private static final String[] FIELDS = {
        "name",
        "number",
        "sims",
        "adapter",
        "signingKey",
        "url",
        "enabled",
        "secret",
        "redelivery",
        "concurrency",
        "ratePerSecond",
        "ordered",
        "outboundUrl",
        "connector",
        "when",
        "properties",
        "from",
        "to",
        "text",
        "id",
        "messages",
        "receivedAt",
        "sim",
        "status",
        "target",
        "since",
        "until",
        "dryRun",
        "allowedNetworks",
        "priority",
        "then",
        "continue",
        "\\u0000",
        ""
    };

    private final Random random;
    private final List<String> operations;
    private final List<String> parameters;
    private final List<String> keys;

    /**
     * @param operations {@code GET /v1/devices/{id}}
     * @param parameters names that may stand in a query
     * @param keys       good ones, of every kind
     */
    FuzzRequests(long seed, List<String> operations, List<String> parameters, List<String> keys) {
        this.random = new Random(seed);
        this.operations = List.copyOf(operations);
        this.parameters = List.copyOf(parameters);
        this.keys = List.copyOf(keys);
    }

    byte[] next() {
        return switch (random.nextInt(10)) {
            case 0 -> noise(1 + random.nextInt(600));
            case 1, 2 -> badHttp();
            case 3 -> request("POST /v1/inbound", good(), List.of(), body());
            case 4 -> request("POST /v1/inbound", good(), List.of(), chunks());
            case 5 -> cut(request(operation(), key(), List.of(oneOf(HEADERS)), body()));
            default -> request(operation(), key(), List.of(), body());
        };
    }

    private String operation() {
        String operation = operations.get(random.nextInt(operations.size()));
        StringBuilder line = new StringBuilder(operation.replaceAll("\\{\\w+}", pathValue()));
        for (int i = random.nextInt(3); i > 0; i--) {
            line.append(line.indexOf("?") < 0 ? '?' : '&')
                    .append(parameters.get(random.nextInt(parameters.size())))
                    .append('=')
                    .append(queryValue());
        }
        return line.toString();
    }

    private String pathValue() {
        return oneOf(
                "x",
                "dlv_00000000000000000000000000",
                "msg_",
                "%00",
                "con_%ff",
                "a".repeat(3000),
                "%F0%9F%98%80",
                "..",
                "1",
                "webhook");
    }

    private String queryValue() {
        return oneOf(
                "",
                "0",
                "-1",
                "501",
                "99999999999",
                "%00",
                "%ff%fe",
                "null",
                "true",
                "pending",
                "%F0%9F%98%80",
                "yesterday",
                "2026-06-12T14:32:00.000Z",
                "+292278994-08-17T07:12:55.807Z",
                "-999999999-01-01T00:00:00Z",
                "x".repeat(5000),
                "%27%3B--",
                "webhook",
                "%25",
                "*",
                "5");
    }

    private @Nullable String key() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> oneOf(KEYS_OF_NOBODY);
            default -> good();
        };
    }

    private String good() {
        return "Bearer " + keys.get(random.nextInt(keys.size()));
    }

    private byte[] badHttp() {
        StringBuilder head = new StringBuilder(oneOf(METHODS) + " " + oneOf(TARGETS) + " " + oneOf(VERSIONS));
        head.append(random.nextInt(20) == 0 ? "\n" : "\r\n");
        if (random.nextInt(10) > 0) {
            head.append("Host: localhost\r\n");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(oneOf(HEADERS)).append("\r\n");
        }
        switch (random.nextInt(12)) {
            case 0 ->
                head.append("X-Long: ")
                        .append("x".repeat(1 << (8 + random.nextInt(9))))
                        .append("\r\n");
            case 1 -> head.append("X-Many: 1\r\n".repeat(random.nextInt(400)));
            case 2 -> head.append("Authorization: ").append(good()).append("\r\n".repeat(random.nextInt(2)));
            default -> head.append("Authorization: ").append(good()).append("\r\n");
        }
        byte[] bytes = join(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), body());
        return random.nextInt(4) == 0 ? cut(bytes) : bytes;
    }

    private byte[] request(String line, @Nullable String key, List<String> more, byte[] body) {
        boolean chunked = body.length > 0 && body[0] == '\0';
        StringBuilder head = new StringBuilder(line + " HTTP/1.1\r\nHost: localhost\r\n");
        if (key != null) {
            head.append("Authorization: ").append(key).append("\r\n");
        }
        more.forEach(header -> head.append(header).append("\r\n"));
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body.length > 0) {
            int wrong = random.nextInt(8) == 0 ? random.nextInt(40) - 20 : 0;
            head.append("Content-Length: ")
                    .append(Math.max(0, body.length + wrong))
                    .append("\r\n");
        }
        head.append("\r\n");
        byte[] sent = chunked ? java.util.Arrays.copyOfRange(body, 1, body.length) : body;
        return join(head.toString().getBytes(StandardCharsets.ISO_8859_1), sent);
    }

    private byte[] body() {
        return switch (random.nextInt(9)) {
            case 0 -> new byte[0];
            case 1 -> noise(random.nextInt(300));
            case 2 ->
                ("[".repeat(random.nextInt(3000)) + "{\"a\":".repeat(random.nextInt(3000)))
                        .getBytes(StandardCharsets.US_ASCII);
            case 3 -> cut(object().getBytes(StandardCharsets.UTF_8));
            case 4 -> spoilt(object().getBytes(StandardCharsets.UTF_8));
            case 6 -> ("{\"from\":\"1\",\"text\":" + oneOf(VALUES) + "}").getBytes(StandardCharsets.UTF_8);
            case 5 -> ("{\"messages\":[" + object() + "," + object() + "]}").getBytes(StandardCharsets.UTF_8);
            default -> object().getBytes(StandardCharsets.UTF_8);
        };
    }

    private String object() {
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(6); i >= 0; i--) {
            json.append('"')
                    .append(oneOf(FIELDS))
                    .append("\":")
                    .append(oneOf(VALUES))
                    .append(i > 0 ? "," : "");
        }
        return json.append('}').toString();
    }

    /** Marked by a first byte that is not sent. */
    private byte[] chunks() {
        StringBuilder chunks = new StringBuilder("\0");
        for (int i = random.nextInt(4); i >= 0; i--) {
            String data = cutText(object());
            String size = oneOf(
                    Integer.toHexString(data.length()),
                    "0",
                    "ffffffff",
                    "-1",
                    "zz",
                    "7fffffffffffffff",
                    "",
                    Integer.toHexString(data.length()) + ";ext=\"" + "e".repeat(random.nextInt(3000)));
            chunks.append(size)
                    .append(random.nextInt(10) == 0 ? "\n" : "\r\n")
                    .append(data)
                    .append("\r\n");
        }
        return chunks.append(
                        oneOf("0\r\n\r\n", "0\r\nTrailer: x\r\n\r\n", "0\r\n" + "T: x\r\n".repeat(2000) + "\r\n", ""))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private String cutText(String text) {
        return random.nextBoolean() ? text : text.substring(0, random.nextInt(text.length()));
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] cut(byte[] bytes) {
        return bytes.length == 0 ? bytes : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] spoilt(byte[] bytes) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }

    private static byte[] join(byte[] head, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + body.length);
        out.writeBytes(head);
        out.writeBytes(body);
        return out.toByteArray();
    }
}
