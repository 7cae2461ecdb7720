package com.mobileapiconnect.bridge.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The gateways that this bridge serves, by name: all beans of that type, and those that are files. */
@Component
public class Gateways {

    private final Map<String, Gateway.Receiving> receiving;
    private final Map<String, Gateway.Pushing> pushing;

    private final ObjectProvider<GatewayFiles> files;

    /** @param files asked for later: they need what needs gateways */
    Gateways(List<Gateway> all, ObjectProvider<GatewayFiles> files) {
        this.files = files;
        this.receiving = byName(all, Gateway.Receiving.class);
        this.pushing = byName(all, Gateway.Pushing.class);
    }

    private static <G extends Gateway> Map<String, G> byName(List<Gateway> all, Class<G> kind) {
        return all.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .collect(Collectors.toMap(Gateway::name, Function.identity(), Gateways::neverTwo, TreeMap::new));
    }

    private static <G extends Gateway> G neverTwo(G one, G other) {
        throw new IllegalStateException("Two gateways have the name " + one.name() + ": "
                + one.getClass().getName() + " and " + other.getClass().getName());
    }

    /** Finds the gateway of this name that SMS come from. */
    public Optional<Gateway.Receiving> receiving(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        Gateway.Receiving bean = receiving.get(name);
        return bean != null ? Optional.of(bean) : files().flatMap(all -> all.find(name));
    }

    /**
     * Returns whether the gateway of this name asks at its own URL for SMS to send; none that is a file does. Files are
     * not looked at, because this is asked by a thread of the store while the bridge starts.
     */
    public boolean asks(@Nullable String name) {
        return name != null && receiving.get(name) instanceof Gateway.Asking;
    }

    /** Lists the names of gateways that SMS can come from, in order. */
    public Set<String> receiving() {
        Set<String> names = new TreeSet<>(receiving.keySet());
        files().ifPresent(all -> names.addAll(all.names()));
        return names;
    }

    private Optional<GatewayFiles> files() {
        return Optional.ofNullable(files.getIfAvailable());
    }

    /** Finds the gateway of this name that SMS are pushed to. */
    public Optional<Gateway.Pushing> pushing(@Nullable String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(pushing.get(name));
    }

    /** Lists the names of gateways that SMS can be pushed to, in order. */
    public Set<String> pushing() {
        return pushing.keySet();
    }
}
