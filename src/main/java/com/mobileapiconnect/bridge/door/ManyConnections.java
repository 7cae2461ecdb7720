package com.mobileapiconnect.bridge.door;

import com.mobileapiconnect.bridge.thread.AsNeeded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Gives the server its doors. Keeps the heap small when ten thousand phones keep their connections open and all send at
 * once: Tomcat gives each connection two buffers of 8 KiB; here they are smaller, and larger contents are read past them
 * and written in parts.
 */
@Component
@EnableConfigurationProperties(ConnectionSettings.class)
final class ManyConnections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, DisposableBean {

    private static final String READ_BYTES = "1024";
    private static final String WRITE_BYTES = "2048"; // nearly every answer

    private static final int NO_BOUND = -1;
    /** Threads that look by which door a request comes in while all turns are taken. */
    private static final int SPARE_THREADS = 8;

    private final ConnectionSettings settings;
    private final UnansweredPhones phones;
    private final TrustedProxies proxies;
    /** The threads that are to be ended with the bridge. */
    private final List<AsNeeded> ended = new ArrayList<>();

    ManyConnections(ConnectionSettings settings, UnansweredPhones phones) {
        this.settings = settings;
        this.phones = phones;
        this.proxies = TrustedProxies.of(settings.trustedProxies());
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.setProtocol(CallerProtocol.class.getName());
        tomcat.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", READ_BYTES);
            connector.setProperty("socket.appWriteBufSize", WRITE_BYTES);
            if (connector.getProtocolHandler() instanceof CallerProtocol protocol) {
                open(protocol); // here, because Spring Boot sets bounds of its own after the protocol's customizers
            }
        });
        if (!proxies.none()) {
            tomcat.addEngineValves(new ForwardedFor(proxies));
        }
    }

    private void open(CallerProtocol protocol) {
        boolean virtual = protocol.getExecutor() instanceof VirtualThreadExecutor;
        int turns = settings.allTurns(virtual ? 0 : protocol.getMaxThreads());
        // Threads of the system's for everything but phones: nothing interrupts a virtual thread that computes, so a
        // few
        // long requests on all processors would leave none to the phones.
        Executor others = virtual ? threads("others", Doors.share(Door.OTHER, turns)) : null;
        Doors doors = new Doors(turns, protocol::execute, others, System::nanoTime);
        phones.comeInBy(doors.of(Door.INTAKE));
        int connections = settings.mostConnections();
        int arriving = settings.mostArriving();
        protocol.setMaxConnections(NO_BOUND); // of Tomcat's, which lets further ones wait without an answer
        if (!virtual) {
            protocol.setExecutor(threads("server", Math.max(protocol.getMaxThreads(), doors.all() + SPARE_THREADS)));
        }
        protocol.admitBy(new Admission(
                new Shares<>(connections, settings.mostOfOneAddress()),
                new WaitingRoom<>(arriving, Math.max(1, arriving / 2)),
                doors,
                proxies,
                settings.patience().toNanos()));
    }

    private Executor threads(String name, int most) {
        AsNeeded threads = new AsNeeded(name, most);
        ended.add(threads);
        return threads;
    }

    @Override
    public void destroy() {
        ended.forEach(AsNeeded::close);
    }
}
