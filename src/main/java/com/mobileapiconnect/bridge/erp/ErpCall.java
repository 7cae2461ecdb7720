package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A delivery on its way through the route of its connector. */
public final class ErpCall {

    private static final String PROPERTY = "erp.call";

    private final ErpWrite write;
    private @Nullable CompletableFuture<Outcome> under; // guarded by this
    private boolean cancelled; // guarded by this

    public ErpCall(ErpWrite write) {
        this.write = write;
    }

    /** Gives it to an exchange, for the step {@code erp:}. */
    public void goesAs(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static @Nullable ErpCall of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, ErpCall.class);
    }

    public ErpWrite write() {
        return write;
    }

    Attempt attempt() {
        return write.attempt();
    }

    /** Returns the write of a delivery with the body that a route has made; null if it has none. */
    public static @Nullable ErpWrite write(Exchange exchange) {
        ErpCall call = of(exchange);
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return call == null || body == null ? null : call.write().with(body);
    }

    /** Notes what the system does for it now. */
    synchronized void awaits(CompletableFuture<Outcome> call) {
        under = call;
        if (cancelled) {
            call.cancel(true);
        }
    }

    /** Ends what the system does for it. */
    public synchronized void cancel() {
        cancelled = true;
        if (under != null) {
            under.cancel(true);
        }
    }
}
