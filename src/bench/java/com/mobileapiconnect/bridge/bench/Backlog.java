package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.URI;

/** Very many targets for a backlog, which {@link Unfinished} then makes without the hours that it would take to come together. */
public final class Backlog {

    private Backlog() {}

    /**
     * {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Backlog --url http://127.0.0.1:8080
     * --api-key sk_live_… --targets 1000 --receiver http://127.0.0.1:9000/all}: on a running bridge a device and the
     * targets. When it is stopped {@link Unfinished} adds the deliveries, and it can be started on them.
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args, "url", "api-key", "targets", "receiver");
        Bridge bridge = new Bridge(URI.create(options.required("url")), options.required("api-key"), null);
        bridge.addDevice("backlog");
        int targets = (int) options.number("targets", 1000);
        for (int i = 0; i < targets; i++) {
            bridge.addConnection(
                    "backlog " + i, options.required("receiver"), "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        }
    }
}
