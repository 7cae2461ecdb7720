package com.mobileapiconnect.bridge.crash;

import java.util.List;

/**
 * A target of the suite's: the forward-all webhook or a connection.
 *
 * @param path        at the receivers
 * @param maxAttempts with one, a receiver that refuses leaves something to replay
 */
record Destination(String path, int concurrency, boolean ordered, int maxAttempts) {

    static final List<Destination> ALL = List.of(
            new Destination("/webhook", 8, false, 1000),
            new Destination("/erp", 8, false, 1000),
            new Destination("/narrow", 2, false, 1000),
            new Destination("/ordered", 4, true, 1000),
            new Destination("/given-up", 8, false, 1));

    private static final String SETTINGS = """
            {%s,"secret":"%s","concurrency":%d,"ordered":%b,"redelivery":
            {"initialDelay":"PT0.3S","multiplier":2,"maxDelay":"PT2S","maxAttempts":%d,"timeout":"PT30S"}}""";

    boolean isWebhook() {
        return path.equals("/webhook");
    }

    /** What it is set up with; the same again but for the secret chooses a new one. */
    String settings(String url, String secret) {
        String where =
                isWebhook() ? "\"url\":\"" + url + "\"" : "\"name\":\"%s\",\"outboundUrl\":\"%s\"".formatted(path, url);
        return SETTINGS.formatted(where, secret, concurrency, ordered, maxAttempts);
    }
}
