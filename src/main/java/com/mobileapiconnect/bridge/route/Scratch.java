package com.mobileapiconnect.bridge.route;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentResolver;

/**
 * A text as a started Camel context in which every endpoint is a stub: nothing comes in by one, and nothing leaves. The
 * languages and beans are real, unless the caller gives others.
 */
public final class Scratch implements AutoCloseable {

    private final DefaultCamelContext camel;

    private Scratch(DefaultCamelContext camel) {
        this.camel = camel;
    }

    /**
     * Starts it; whoever calls bounds the time. Throws what Camel throws.
     *
     * @param errors the text that is for every route
     * @param beans  in place of the bridge's own, by name
     */
    static Scratch start(
            RouteContexts contexts, RouteText errors, RouteText text, Outside outside, Map<String, ?> beans)
            throws Exception {
        DefaultCamelContext camel =
                contexts.make("scratch-" + text.name(), new ScratchBeans(contexts.beans(), beans, outside));
        boolean started = false;
        try {
            camel.getCamelContextExtension()
                    .addContextPlugin(ComponentResolver.class, (scheme, any) -> Stubs.of(scheme, outside));
            outside.prepare(camel);
            if (text.name().equals(errors.name())) {
                RouteContexts.load(camel, text);
            } else {
                RouteContexts.load(camel, errors, text);
            }
            camel.start();
            started = true;
            return new Scratch(camel);
        } finally {
            if (!started) {
                camel.stop();
            }
        }
    }

    public CamelContext camel() {
        return camel;
    }

    @Override
    public void close() {
        camel.stop();
    }
}
