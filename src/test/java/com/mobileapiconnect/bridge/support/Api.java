package com.mobileapiconnect.bridge.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Drives the HTTP API as somebody's own program would. */
public final class Api {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();
    /** Far longer than the bridge makes anybody wait: a machine that other builds share may stop for a while. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    private final String base;
    private final @Nullable String key;

    public Api(String base, @Nullable String key) {
        this.base = base;
        this.key = key;
    }

    /** What came back. */
    public record Reply(int status, java.net.http.HttpHeaders headers, String text) {

        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }

        public String at(String pointer) {
            return json().at(pointer).asText();
        }

        /** Fails unless the status is one of these. */
        public Reply expect(int... expected) {
            if (Arrays.stream(expected).noneMatch(each -> each == status)) {
                throw new AssertionError("Expected " + Arrays.toString(expected) + " but got " + status + ": " + text);
            }
            return this;
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /**
     * Makes a connection with the tenant's key.
     *
     * @param more further fields as JSON, without braces; may be empty
     * @return its id
     */
    public String connection(String url, String more) {
        String fields = more.isEmpty() ? "" : "," + more;
        return post("/v1/connections", "{\"name\":\"ERP\",\"outboundUrl\":\"" + url + "\"" + fields + "}")
                .expect(201)
                .at("/id");
    }

    /** Sends a sample to a connection at once, as its test button does, and returns the attempt. */
    public JsonNode tryOut(String connection) {
        return post("/v1/connections/" + connection + "/test").expect(200).json();
    }

    /** Deletes the tenant's connections, with all that they have not finished. */
    public void deleteConnections() {
        for (JsonNode connection : get("/v1/connections?limit=500").json().get("data")) {
            delete("/v1/connections/" + connection.get("id").asText() + "?discard=true")
                    .expect(202, 204);
        }
    }

    public Api as(@Nullable String otherKey) {
        return new Api(base, otherKey);
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply post(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply post(String path, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public Reply post(String path) {
        return post(path, "");
    }

    public Reply put(String path, String body) {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply patch(String path, String body) {
        return send(request(path).method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply delete(String path) {
        return send(request(path).DELETE());
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LONGEST_ANSWER);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }
}
