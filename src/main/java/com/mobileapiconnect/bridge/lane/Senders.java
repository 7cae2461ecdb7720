package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.delivery.LoopSender;
import com.mobileapiconnect.bridge.delivery.Sender;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** All senders by the connector that they serve. */
@Component
class Senders {

    private static final Logger LOG = LoggerFactory.getLogger(Senders.class);

    private final Map<String, Sender> byConnector;
    /** Connectors whose senders wait although they say that they do not. */
    private final Set<String> foundToBlock = ConcurrentHashMap.newKeySet();

    Senders(List<Sender> senders, Connectors connectors) {
        connectors.requireSenders(senders.stream().map(Sender::connector).toList());
        this.byConnector = senders.stream().collect(Collectors.toMap(Sender::connector, Function.identity()));
    }

    Sender of(String connector) {
        Sender sender = find(connector);
        if (sender == null) {
            throw new IllegalStateException("No sender serves the connector " + connector);
        }
        return sender;
    }

    private @Nullable Sender find(String connector) {
        Sender own = byConnector.get(connector);
        return own == null ? byConnector.get(Connectors.FILES) : own;
    }

    /** Returns the connectors that have a sender of their own. */
    Set<String> connectors() {
        Set<String> own = new TreeSet<>(byConnector.keySet());
        own.remove(Connectors.FILES);
        return own;
    }

    /** Returns whether calls of the connector hold the thread that makes them. */
    boolean block(String connector) {
        Sender sender = find(connector);
        return sender == null || sender.blocks() || foundToBlock.contains(connector);
    }

    /** Returns whether calls of the connector may run on the loops. */
    boolean onLoops(String connector) {
        return find(connector) instanceof LoopSender;
    }

    /** Notes that a call of the connector held a quick thread: its calls are made on workers from now on. */
    void foundToBlock(String connector) {
        if (foundToBlock.add(connector)) {
            LOG.warn(
                    "The sender of the connector {} held the thread that called it beyond its deadline, which it must"
                            + " not; from now on its calls are made on threads that may wait",
                    connector);
        }
    }
}
