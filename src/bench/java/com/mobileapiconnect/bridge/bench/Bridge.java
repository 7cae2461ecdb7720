package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls to a bridge's API that set a run up and clear it away. */
final class Bridge {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI url;
    private final String apiKey;
    private final String http;
    private final List<String> made = new ArrayList<>();

    /** @param authority whom its targets have to trust, in PEM; null: nobody in particular */
    Bridge(URI url, String apiKey, @Nullable String authority) {
        this.url = url;
        this.apiKey = apiKey;
        this.http = authority == null ? "null" : "{\"tls\":{\"ca\":\"" + authority.replace("\n", "\\n") + "\"}}";
    }

    void setWebhook(String target, String secret) throws IOException {
        call(
                "PUT",
                "/v1/webhooks",
                "{\"url\":\"%s\",\"enabled\":true,\"secret\":\"%s\",\"http\":%s}".formatted(target, secret, http));
    }

    void addConnection(String name, String target, String secret) throws IOException {
        addConnection(name, target, secret, "\"enabled\":true");
    }

    /** @param more further fields, as JSON */
    void addConnection(String name, String target, String secret, String more) throws IOException {
        String body = "{\"name\":\"%s\",\"outboundUrl\":\"%s\",\"secret\":\"%s\",\"http\":%s,%s}"
                .formatted(name, target, secret, http, more);
        made.add("/v1/connections/" + field(call("POST", "/v1/connections", body), "id"));
    }

    /** Its token. */
    String addDevice(String name) throws IOException {
        String answer = call("POST", "/v1/devices", "{\"name\":\"%s\",\"number\":\"911234500000\"}".formatted(name));
        made.add("/v1/devices/" + field(answer, "id"));
        return field(answer, "token");
    }

    /** Deletes what was added, so that the next run does not deliver to a sink that is gone. */
    void clear() throws IOException {
        call("PUT", "/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/\",\"enabled\":false}");
        for (String path : made) {
            call("DELETE", path + "?discard=true", null);
        }
        made.clear();
    }

    private String call(String method, String path, @Nullable String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) url.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + apiKey);
        if (body != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        var stream = Optional.ofNullable(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        String answer = stream.isEmpty() ? "" : new String(stream.get().readAllBytes(), StandardCharsets.UTF_8);
        if (status >= 300) {
            throw new IOException(method + " " + path + " was answered " + status + " " + answer);
        }
        return answer;
    }

    private static String field(String json, String name) throws IOException {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new IOException("No \"" + name + "\" in " + json);
        }
        return matcher.group(1);
    }
}
