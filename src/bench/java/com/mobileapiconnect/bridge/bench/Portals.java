package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Browsers that have a page of the portal open until the bridge ends: each reads the stream that keeps its page up to date.
 */
final class Portals {

    private static final List<String> PAGES = List.of("/", "/messages", "/deliveries", "/messages?status=failed");

    private final URI url;
    private final AtomicLong bytes = new AtomicLong();

    private Portals(URI url) {
        this.url = url;
    }

    /** Signs in {@code count} times; the browsers look at four pages, in turn. */
    static Portals open(URI url, String key, int count) throws IOException {
        Portals portals = new Portals(url);
        for (int i = 0; i < count; i++) {
            portals.look(signIn(url, key), PAGES.get(i % PAGES.size()));
        }
        return portals;
    }

    /** Signs in with an API key, and returns the cookie of the session. */
    static String signIn(URI url, String key) throws IOException {
        HttpURLConnection call =
                (HttpURLConnection) url.resolve("/sign-in").toURL().openConnection();
        call.setInstanceFollowRedirects(false);
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        call.getOutputStream()
                .write(("to=/&key=" + URLEncoder.encode(key, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        if (call.getResponseCode() != HttpURLConnection.HTTP_SEE_OTHER) {
            throw new IllegalArgumentException("The key was not accepted: " + call.getResponseCode());
        }
        return call.getHeaderField("Set-Cookie").replaceFirst(";.*", "");
    }

    private void look(String cookie, String page) throws IOException {
        HttpURLConnection stream = (HttpURLConnection) url.resolve(page).toURL().openConnection();
        stream.setRequestProperty("Cookie", cookie);
        stream.setRequestProperty("Accept", "text/event-stream");
        if (stream.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IllegalStateException("No stream of " + page + ": " + stream.getResponseCode());
        }
        Thread reader = new Thread(() -> read(stream), "portal " + page);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(HttpURLConnection stream) {
        byte[] buffer = new byte[8192];
        try (InputStream events = stream.getInputStream()) {
            for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException e) {
            // the bridge has ended
        }
    }

    /** Returns how many kilobytes all of them have read since the last call. */
    long kilobytes() {
        return bytes.getAndSet(0) / 1000;
    }
}
