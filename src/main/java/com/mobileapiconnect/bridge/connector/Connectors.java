package com.mobileapiconnect.bridge.connector;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The catalogue: all connectors that features have published. */
@Component
public class Connectors {

    /** The connector of a connection that names none. */
    public static final String DEFAULT = "webhook";

    private final TreeMap<String, Connector> byName = new TreeMap<>();

    Connectors(List<Connector> connectors) {
        for (Connector connector : connectors) {
            if (byName.put(connector.name(), connector) != null) {
                throw new BadConnectorException(
                        "Two connectors are called " + connector.name() + "; rename or remove one.");
            }
        }
    }

    /** Returns the connector if a connection may name it. */
    public Optional<Connector> offered(String name) {
        return Optional.ofNullable(byName.get(name)).filter(Connector::offered);
    }

    /** Returns the names of the connectors that a connection may name, as a list for people. */
    public String names() {
        return byName.values().stream()
                .filter(Connector::offered)
                .map(Connector::name)
                .collect(Collectors.joining(", "));
    }

    /** Returns the connectors that a connection may name, by descending name like other lists of the API. */
    List<Connector> offered() {
        return byName.values().stream()
                .filter(Connector::offered)
                .sorted(Comparator.comparing(Connector::name).reversed())
                .toList();
    }

    /** Throws a {@link BadConnectorException} unless each connector has one sender, and each sender a connector. */
    public void requireSenders(Collection<String> senders) {
        Set<String> seen = new TreeSet<>();
        for (String sender : senders) {
            if (!seen.add(sender)) {
                throw new BadConnectorException("Two senders serve the connector " + sender + "; remove one.");
            }
        }
        Set<String> unserved = new TreeSet<>(byName.keySet());
        unserved.removeAll(senders);
        if (!unserved.isEmpty()) {
            throw new BadConnectorException("No sender serves " + String.join(", ", unserved)
                    + ": a connector needs a Sender bean whose connector() returns its name.");
        }
        Set<String> unknown = new TreeSet<>(senders);
        unknown.removeAll(byName.keySet());
        if (!unknown.isEmpty()) {
            throw new BadConnectorException("No connector is called " + String.join(", ", unknown)
                    + ": a sender needs a Connector bean of the name that its connector() returns.");
        }
    }
}
