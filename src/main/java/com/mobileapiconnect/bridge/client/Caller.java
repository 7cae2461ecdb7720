package com.mobileapiconnect.bridge.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The side that wants a call made. Unless it says so, a method runs on the loop, and never waits. */
public interface Caller {

    /** Returns the owner of the call's connection: a kept-alive one serves calls of an equal owner alone. */
    Object owner();

    /** Returns the tenant of whose share of the memory of calls this call may take. */
    String tenantId();

    /**
     * Returns the addresses that the call may connect to, in the order in which they are tried; asked for only if no
     * connection is there. The future ends by the deadline, and its failure is the call's.
     *
     * @param host as in the URL, without the brackets of an IPv6 address
     */
    CompletableFuture<List<InetSocketAddress>> addresses(String host, int port);

    /**
     * Returns the certificates of a call by https; null for those that the Java runtime trusts. Called on a thread that
     * may take its time.
     */
    @Nullable SSLContext tls();

    /** Returns the end of the call, by {@link System#nanoTime}. */
    long deadlineNanos();

    /** Notes that there is a connection, to which the request is being written. */
    default void connected() {}

    /** Notes that the deadline ends the call, just before it does. */
    void timeOut();

    /** Returns the number of bytes of the answer's body to keep. */
    int keptBytes();

    /** Takes the answer: its head as soon as that is there, then all of it, or what there was when the call ended. */
    void answered(Answer answer);
}
