package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.thread.Pulse;
import com.mobileapiconnect.bridge.thread.Threads;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Asks the HTTP server as a phone without a key would: any answer says that it accepts, polls and works. So does any
 * other request that ends, because under load an answer may be late.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ServerPulse implements Pulse, Filter, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ServerPulse.class);
    private static final byte[] REQUEST = "GET /v1/inbound HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 10_000;

    private final @Nullable InetAddress bound;
    private final ExecutorService asker = Threads.one("server-pulse");
    private final AtomicBoolean asking = new AtomicBoolean();
    private final LongAdder ended = new LongAdder();
    private long endedBefore;
    private volatile int port;

    ServerPulse(ServerProperties server) {
        this.bound = server.getAddress();
    }

    @EventListener
    void started(ServletWebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    @Override
    public String name() {
        return "the HTTP server's acceptor, poller or request threads";
    }

    /** Does nothing while an earlier question is open, which is as good a question. */
    @Override
    public void ask(Runnable alive) {
        long now = ended.sum();
        if (now != endedBefore) {
            endedBefore = now;
            alive.run();
        }
        if (port > 0 && asking.compareAndSet(false, true)) {
            asker.execute(() -> {
                try {
                    knock();
                    alive.run();
                } catch (IOException e) {
                    LOG.debug("The server does not answer itself", e);
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            ended.increment();
        }
    }

    private void knock() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST);
            LOG.trace("The server answered itself {}", socket.getInputStream().read());
        }
    }

    private InetAddress address() {
        return bound == null || bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    }

    @Override
    public void destroy() {
        asker.shutdownNow();
    }
}
