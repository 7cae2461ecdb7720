package com.mobileapiconnect.bridge.connector;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The catalogue: all connectors that features have published, and those that are files. */
@Component
public class Connectors {

    /** The connector of a connection that names none. */
    public static final String DEFAULT = "webhook";

    /** The name that the sender gives which serves all connectors that are files. */
    public static final String FILES = "*";

    private final TreeMap<String, Connector> byName = new TreeMap<>();
    private final Supplier<@Nullable ConnectorFiles> files;
    /** Found with the first question: each delivery asks, and a look among all beans costs more than the rest of it. */
    private volatile @Nullable ConnectorFiles found;

    @Autowired
    Connectors(List<Connector> connectors, ObjectProvider<ConnectorFiles> files) {
        this(connectors, files::getIfAvailable);
    }

    /** A catalogue without files. */
    Connectors(List<Connector> connectors) {
        this(connectors, () -> null);
    }

    private Connectors(List<Connector> connectors, Supplier<@Nullable ConnectorFiles> files) {
        this.files = files;
        for (Connector connector : connectors) {
            if (byName.put(connector.name(), connector) != null) {
                throw new BadConnectorException(
                        "Two connectors are called " + connector.name() + "; rename or remove one.");
            }
        }
    }

    private static final ConnectorFiles NO_FILES = new ConnectorFiles() {
        @Override
        public Optional<Connector> find(String name) {
            return Optional.empty();
        }

        @Override
        public Collection<Connector> all() {
            return List.of();
        }
    };

    private ConnectorFiles files() {
        ConnectorFiles known = found;
        if (known == null) {
            known = files.get();
            found = known;
        }
        return known == null ? NO_FILES : known;
    }

    /** Returns the connector if a connection may name it. */
    public Optional<Connector> offered(String name) {
        Connector own = byName.get(name);
        return own == null ? files().find(name) : Optional.of(own).filter(Connector::offered);
    }

    /** Returns whether the name is taken by a connector that is no file. */
    public boolean isTaken(String name) {
        return byName.containsKey(name);
    }

    /** Returns the names of the connectors that a connection may name, as a list for people. */
    public String names() {
        return all().map(Connector::name).sorted().collect(Collectors.joining(", "));
    }

    /** Returns the connectors that a connection may name, by descending name like other lists of the API. */
    List<Connector> offered() {
        return all().sorted(Comparator.comparing(Connector::name).reversed()).toList();
    }

    private Stream<Connector> all() {
        return Stream.concat(
                byName.values().stream().filter(Connector::offered),
                files().all().stream().filter(file -> !isTaken(file.name())));
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
        unknown.remove(FILES);
        unknown.removeAll(byName.keySet());
        if (!unknown.isEmpty()) {
            throw new BadConnectorException("No connector is called " + String.join(", ", unknown)
                    + ": a sender needs a Connector bean of the name that its connector() returns.");
        }
    }
}
