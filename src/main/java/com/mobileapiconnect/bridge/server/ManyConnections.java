package com.mobileapiconnect.bridge.server;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Keeps the heap small when ten thousand phones keep their connections open and all send at once. Tomcat gives each
 * connection two buffers of 8 KiB; here they are smaller, and larger contents are read past them and written in parts.
 * With virtual threads Tomcat would also begin every request at once, so here they wait for their turn.
 */
@Component
final class ManyConnections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String READ_BYTES = "1024";
    private static final String WRITE_BYTES = "2048"; // nearly every answer
    /** Memory that a request takes while it is answered, generously. */
    private static final long BYTES_EACH = 1_000_000;

    private static final int FEWEST = 200;

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", READ_BYTES);
            connector.setProperty("socket.appWriteBufSize", WRITE_BYTES);
        });
        tomcat.addProtocolHandlerCustomizers(handler -> {
            if (handler.getExecutor() instanceof VirtualThreadExecutor virtual) {
                handler.setExecutor(inTurn(virtual));
            }
        });
    }

    private static Executor inTurn(Executor virtual) {
        long fit = Runtime.getRuntime().maxMemory() / BYTES_EACH;
        Semaphore turns = new Semaphore((int) Math.max(FEWEST, Math.min(fit, Integer.MAX_VALUE)), true);
        return task -> virtual.execute(() -> {
            turns.acquireUninterruptibly();
            try {
                task.run();
            } finally {
                turns.release();
            }
        });
    }
}
