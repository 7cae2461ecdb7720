package com.mobileapiconnect.bridge.client;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Makes handshakes, and holds a receiver to its certificate. */
final class Tls {

    private final Executor loop;
    private final Supplier<HostnameVerifier> names;
    private final Executor computing;

    /**
     * @param names     asked by the first handshake, on a thread that computes: it may take a while
     * @param computing threads for what takes milliseconds: reading certificates, and the computations of a handshake
     */
    Tls(Executor loop, Supplier<HostnameVerifier> names, Executor computing) {
        this.loop = loop;
        this.names = names;
        this.computing = computing;
    }

    /** Returns a future that ends on the loop, without a value when the receiver has proved who it is. */
    CompletableFuture<Void> shake(Channel channel, Underway call) {
        return CompletableFuture.supplyAsync(() -> new Begun(engine(call), names.get()), computing)
                .thenComposeAsync(begun -> shake(channel, call.route, begun), loop);
    }

    private static SSLEngine engine(Underway call) {
        try {
            SSLEngine engine = context(call.caller.tls()).createSSLEngine(call.route.host(), call.route.port());
            engine.setUseClientMode(true);
            return engine;
        } catch (NoSuchAlgorithmException e) {
            throw new CompletionException(e);
        }
    }

    private record Begun(SSLEngine engine, HostnameVerifier names) {}

    private CompletableFuture<Void> shake(Channel channel, Route route, Begun begun) {
        if (!channel.isActive()) { // a handshake that finds it so never ends
            return CompletableFuture.failedFuture(refusal(new IOException("The receiver closed the connection")));
        }
        CompletableFuture<Void> shaken = new CompletableFuture<>();
        SslHandler handler = new SslHandler(begun.engine(), computing);
        handler.setHandshakeTimeoutMillis(0); // the call has its deadline
        handler.setCloseNotifyFlushTimeoutMillis(0);
        channel.pipeline().addFirst(handler); // before the one that takes what fails
        handler.handshakeFuture().addListener(done -> {
            if (!done.isSuccess()) {
                shaken.completeExceptionally(refusal(Failures.plain(done.cause())));
            } else if (!begun.names().verify(route.host(), handler.engine().getSession())) {
                shaken.completeExceptionally(
                        new SSLPeerUnverifiedException("The certificate is not one of " + route.host()));
            } else {
                shaken.complete(null);
            }
        });
        return shaken;
    }

    private static SSLContext context(@Nullable SSLContext own) throws NoSuchAlgorithmException {
        return own == null ? SSLContext.getDefault() : own;
    }

    private static Throwable refusal(Throwable failure) {
        return failure instanceof SSLException
                ? failure
                : new SSLException("The handshake failed: " + failure.getMessage(), failure);
    }
}
