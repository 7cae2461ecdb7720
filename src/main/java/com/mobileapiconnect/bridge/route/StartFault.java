package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.route.RouteFault.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says of a failure of Camel where in the text its cause stands: Camel quotes what is wrong, and not its place. */
final class StartFault {

    private static final int SHORTEST = 3;

    private final RouteText text;
    private final List<Throwable> chain = new ArrayList<>();

    private StartFault(RouteText text, Throwable failure) {
        this.text = text;
        for (Throwable t = failure; t != null && chain.size() < 50; t = t.getCause()) {
            chain.add(t);
        }
    }

    static RouteRefusedException refusal(RouteText text, Throwable failure) {
        return failure instanceof RouteRefusedException known
                ? known
                : new RouteRefusedException(new StartFault(text, failure).fault());
    }

    private RouteFault fault() {
        for (Throwable t : chain) {
            if (t instanceof MarkedYamlEngineException yaml) {
                Place place = yaml.getProblemMark()
                        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
                        .orElse(Place.NOWHERE);
                return RouteFault.at(place, yaml.getProblem(), null);
            }
        }
        String routeId =
                chain.stream().flatMap(t -> routeId(t).stream()).findFirst().orElse(null);
        List<String> reasons = new ArrayList<>();
        chain.forEach(t -> {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                reasons.add(0, t.getMessage()); // the innermost quotes the least
            }
        });
        String reason = chain.stream()
                .filter(t -> t.getMessage() != null && !(t instanceof JacksonException)) // who caught that says more
                .map(Throwable::getMessage)
                .reduce((outer, inner) -> inner)
                .orElse(chain.get(chain.size() - 1).getClass().getSimpleName());
        return RouteFault.at(place(routeId, reasons), "The route does not start: " + reason, null);
    }

    private static Optional<String> routeId(Throwable t) {
        if (t instanceof FailedToCreateRouteException made) {
            return Optional.ofNullable(made.getRouteId());
        }
        return t instanceof FailedToStartRouteException started
                ? Optional.ofNullable(started.getRouteId())
                : Optional.empty();
    }

    /** The longest value that the first of the reasons quotes which quotes any; otherwise the route's own id. */
    private Place place(@Nullable String routeId, List<String> reasons) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < text.tree().size(); i++) {
            Map<String, String> ofEntry = new LinkedHashMap<>();
            scalars(text.tree().get(i), "/" + i, ofEntry);
            if (routeId == null || ofEntry.containsValue(routeId)) {
                values.putAll(ofEntry);
            }
        }
        return reasons.stream()
                .map(StartFault::plain)
                .flatMap(said -> values.entrySet().stream()
                        .filter(value -> !value.getKey().endsWith("/id") && quoted(value.getValue(), said))
                        .max(Comparator.comparingInt(value -> value.getValue().length()))
                        .stream())
                .findFirst()
                .or(() -> values.entrySet().stream()
                        .filter(value -> value.getValue().equals(routeId))
                        .findFirst())
                .map(value -> text.place(value.getKey()))
                .orElse(Place.NOWHERE);
    }

    private static boolean quoted(String value, String said) {
        String plain = plain(value);
        return plain.length() >= SHORTEST && said.contains(plain);
    }

    /** Camel normalizes what it quotes: {@code outbux://send} for {@code outbux:send}. */
    private static String plain(String text) {
        return text.replaceAll("[\\s/]+", "");
    }

    private static void scalars(JsonNode node, String pointer, Map<String, String> into) {
        if (node.isValueNode()) {
            into.put(pointer, node.asText());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                scalars(node.get(i), pointer + "/" + i, into);
            }
        } else {
            node.properties()
                    .forEach(part -> scalars(part.getValue(), pointer + "/" + RouteYaml.escaped(part.getKey()), into));
        }
    }
}
