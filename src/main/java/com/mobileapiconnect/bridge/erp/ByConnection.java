package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps something for each connection that has been used, until the connection is deleted or leads elsewhere.
 *
 * @param <K> the settings that it is good for, together with the options of the connection's calls
 * @param <V> what is kept
 */
public final class ByConnection<K, V> {

    private final Map<String, Held<K, V>> byTarget = new ConcurrentHashMap<>();
    private final Function<K, V> making;

    private record Held<K, V>(K settings, HttpOptions http, V value) {

        boolean serves(K wanted, Target target) {
            return settings.equals(wanted) && http.equals(target.http());
        }
    }

    public ByConnection(Targets targets, Function<K, V> making) {
        this.making = making;
        targets.watch((before, now) -> {
            if (before != null && now == null) {
                byTarget.remove(before.id());
            }
        });
    }

    public V of(Target target, K settings) {
        return byTarget.compute(
                        target.id(),
                        (id, held) -> held != null && held.serves(settings, target)
                                ? held
                                : new Held<>(settings, target.http(), making.apply(settings)))
                .value();
    }

    /** Returns what is kept, without making it; null if nothing is. */
    public @Nullable V known(Target target, K settings) {
        Held<K, V> held = byTarget.get(target.id());
        return held != null && held.serves(settings, target) ? held.value() : null;
    }
}
