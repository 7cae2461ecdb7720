package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.ConnectorFiles;
import com.mobileapiconnect.bridge.connector.Kind;
import com.mobileapiconnect.bridge.route.RouteRefusedException;
import com.mobileapiconnect.bridge.route.RouteText;
import com.mobileapiconnect.bridge.route.Templates;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * All connectors that are files: the product's own, read when somebody first asks for one, and those of the directory,
 * which go before the product's of the same name.
 */
@Component
class Kamelets implements ConnectorFiles {

    /** The most files of integrators. */
    static final int MOST_FILES = 100;

    private final ObjectProvider<Templates> templates;
    private final Map<String, Kamelet> files = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, Kamelet> product;

    /** @param templates asked for later: routes need connectors, and connectors need routes */
    Kamelets(ObjectProvider<Templates> templates) {
        this.templates = templates;
    }

    /** Returns the connector's file; also of one that no connection may name. */
    Optional<Kamelet> named(String name) {
        Kamelet file = files.get(name);
        return file != null ? Optional.of(file) : Optional.ofNullable(product().get(name));
    }

    /** Returns all, those that no connection may name among them. */
    Collection<Kamelet> kamelets() {
        Map<String, Kamelet> all = new TreeMap<>(product());
        all.putAll(files);
        return all.values();
    }

    @Override
    public Optional<Connector> find(String name) {
        return named(name).filter(Kamelet::isOffered).map(Kamelet::connector);
    }

    @Override
    public Collection<Connector> all() {
        return kamelets().stream()
                .filter(Kamelet::isOffered)
                .map(Kamelet::connector)
                .toList();
    }

    private Map<String, Kamelet> product() {
        Map<String, Kamelet> known = product;
        return known == null ? load() : known;
    }

    private synchronized Map<String, Kamelet> load() {
        Map<String, Kamelet> known = product;
        if (known != null) {
            return known;
        }
        Map<String, Kamelet> read = new TreeMap<>();
        KameletTexts.all().forEach((name, text) -> {
            try {
                read.put(name, read(Templates.read(name, text), Kind.PRODUCT));
            } catch (RouteRefusedException e) {
                throw new IllegalStateException("The product's connector " + name + " cannot be used", e);
            }
        });
        product = read;
        return read;
    }

    private Kamelet read(RouteText text, Kind kind) {
        return Kamelet.read(text, kind, templates.getObject()::isInPath);
    }

    /** Reads a text of an integrator and checks it as a route is; throws a {@link RouteRefusedException}. */
    Kamelet check(String name, byte[] yaml, Predicate<String> isTaken) {
        RouteText text = Templates.read(name, yaml);
        if (isTaken.test(name)) {
            throw Templates.refused(text, "/metadata/name", "The name " + name + " is one of the bridge's own", null);
        }
        Kamelet kamelet = read(text, Kind.FILE);
        templates
                .getObject()
                .check(
                        sample(kamelet),
                        kamelet.bind(any -> hostile(kamelet, any)).route());
        return kamelet;
    }

    /** The route with values as they will mostly be. */
    private static RouteText sample(Kamelet kamelet) {
        return Binding.withoutBeans(bound(kamelet).route());
    }

    private static Binding.Bound bound(Kamelet kamelet) {
        JsonNode schema = kamelet.connector().properties().json().path("properties");
        return kamelet.bind(name -> {
            JsonNode property = schema.path(name);
            String usual = property.has("default")
                    ? property.get("default").asText()
                    : property.path("enum").path(0).asText("");
            boolean isPlain = usual.matches(Binding.PLAIN) && !usual.isEmpty();
            return isPlain ? usual : property.path("type").asText().equals("string") ? "x" : "1";
        });
    }

    /** A value that becomes a reference wherever it can; where an address has it, a plain one. */
    private static String hostile(Kamelet kamelet, String name) {
        boolean isInPath = kamelet.bind(any -> "").inPaths().contains(name);
        return isInPath ? "x" : Kamelet.HOSTILE;
    }

    void put(Kamelet kamelet) {
        files.put(kamelet.name(), kamelet);
    }

    void remove(String name) {
        files.remove(name);
    }

    int count() {
        return files.size();
    }

    boolean has(String name) {
        return files.containsKey(name);
    }
}
