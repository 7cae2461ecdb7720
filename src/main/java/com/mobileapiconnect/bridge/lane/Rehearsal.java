package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/** The steps of {@code outbox:} in a route that is tried out: they decide as they always do, and nothing leaves. */
public final class Rehearsal {

    private static final String SCHEME = "outbox:";

    private Rehearsal() {}

    /** Gives an exchange what the route of deliveries gets of an attempt. */
    public static void begin(Exchange exchange, Attempt attempt) {
        DueConsumer.fill(exchange, attempt);
    }

    /** Returns whether a URI is a step of {@code outbox:}. */
    public static boolean isStep(String uri) {
        return uri.startsWith(SCHEME);
    }

    /** Returns what a step decides; null if it sends. */
    public static @Nullable Outcome decide(String uri, Exchange exchange) throws URISyntaxException {
        int query = uri.indexOf('?');
        String step = (query < 0 ? uri : uri.substring(0, query))
                .substring(SCHEME.length())
                .replace("/", "");
        if (step.equals("send")) {
            return null;
        }
        Map<String, Object> options =
                new HashMap<>(query < 0 ? Map.of() : URISupport.parseQuery(uri.substring(query + 1)));
        URISupport.resolveRawParameterValues(options);
        StepOptions given =
                new StepOptions(SCHEME + step, options, exchange.getContext().getRegistry());
        return Decision.named(step, given).of(exchange);
    }
}
