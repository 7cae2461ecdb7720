package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Streams of events, as browsers keep them open. */
final class Streams implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<HttpResponse<InputStream>> all = new ArrayList<>();
    private final RunningBridge bridge;

    Streams(RunningBridge bridge) {
        this.bridge = bridge;
    }

    /** A stream, with all that was read of it. */
    static final class One {

        private final HttpResponse<InputStream> response;
        private final StringBuffer seen = new StringBuffer();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        private One(HttpResponse<InputStream> response) {
            this.response = response;
            Thread reader = new Thread(this::read, "reader of a stream");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    seen.append(line).append('\n');
                }
            } catch (IOException e) {
                seen.append("cut: ").append(e.getMessage());
            } finally {
                end.complete(null);
            }
        }

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String seen() {
            return seen.toString();
        }

        boolean hasEnded() {
            return end.isDone();
        }
    }

    One open(Browser browser, String path) {
        One one = new One(send(browser, path, "text/event-stream"));
        all.add(one.response);
        return one;
    }

    /** Asks for something, and reads nothing of it. */
    void unread(Browser browser, String path) {
        all.add(send(browser, path, "*/*"));
    }

    private HttpResponse<InputStream> send(Browser browser, String path, String type) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(bridge.url() + path))
                .header("Accept", type)
                .header("Cookie", browser.cookie.isEmpty() ? "none=1" : browser.cookie)
                .timeout(Duration.ofMinutes(2))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (HttpResponse<InputStream> each : all) {
            each.body().close();
        }
    }
}
