package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.util.function.Supplier;

/** Where a sink listens: plain or with TLS. */
interface Server extends AutoCloseable {

    int port();

    String scheme();

    /** Asks between two requests, so that the handler's state is seen as it is. */
    <T> T ask(Supplier<T> question);

    /** CPU time of its threads; to be called within a question. */
    long cpuNanos();

    @Override
    void close() throws IOException;
}
