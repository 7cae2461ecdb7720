package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.route.RouteFault.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads, checks and starts the templates of connectors as the deployer does it with routes. */
@Component
public class Templates {

    private static final String TEMPLATE = "/spec/template";

    private final RouteContexts contexts;
    private final RouteCheck check;
    private final RouteCatalogue catalogue;
    private final RouteSettings settings;
    private final TimeBox timeBox = new TimeBox();

    Templates(RouteContexts contexts, RouteCheck check, RouteCatalogue catalogue, RouteSettings settings) {
        this.contexts = contexts;
        this.check = check;
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** Throws a {@link RouteRefusedException} for a text that cannot be read. */
    public static RouteText read(String name, byte[] yaml) {
        return RouteYaml.read(name, yaml);
    }

    /** Returns the refusal of a text for what stands at this place. */
    public static RouteRefusedException refused(RouteText text, String pointer, String message, @Nullable String hint) {
        return new RouteRefusedException(RouteFault.at(text.place(pointer), message, hint));
    }

    /** Returns the route of a whole connector's text, with its places there. */
    public static RouteText route(RouteText whole, JsonNode template) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        boolean isRoute = template.has("route");
        String at = TEMPLATE + (isRoute ? "/route" : "");
        ObjectNode route = json.objectNode();
        if (isRoute) {
            route.setAll((ObjectNode) template.get("route"));
        } else {
            route.set("from", template.path("from"));
        }
        route.put("id", whole.name());
        JsonNode tree = json.arrayNode().add(json.objectNode().set("route", route));
        return new RouteText(whole.name(), tree.toString(), tree, moved(whole.values(), at), moved(whole.keys(), at));
    }

    private static Map<String, Place> moved(Map<String, Place> places, String from) {
        Map<String, Place> moved = new HashMap<>();
        places.forEach((pointer, place) -> {
            if (pointer.startsWith(from + "/")) {
                moved.put("/0/route" + pointer.substring(from.length()), place);
            }
        });
        Place whole = places.get(from);
        if (whole != null) {
            List.of("", "/0", "/0/route").forEach(outer -> moved.put(outer, whole));
        }
        return moved;
    }

    /**
     * Checks a route and starts it once among stubs; throws a {@link RouteRefusedException}.
     *
     * @param sample with plain values in the place of properties
     * @param bound  with references in their place
     */
    public void check(RouteText sample, RouteText bound) {
        check.template(enteredDirectly(sample), enteredDirectly(bound));
    }

    /** Returns a route that begins directly: its own beginning is ours, and no component that a route may use. */
    private static RouteText enteredDirectly(RouteText route) {
        JsonNode tree = route.tree().deepCopy();
        if (tree.at("/0/route/from") instanceof ObjectNode from
                && from.path("uri").asText().equals("kamelet:source")) {
            from.put("uri", "direct:source");
        }
        return new RouteText(route.name(), tree.toString(), tree, route.values(), route.keys());
    }

    /** Returns whether an option beside a URI becomes a part of the URI's path. */
    public boolean isInPath(String scheme, String option) {
        return catalogue.isInPath(scheme, option);
    }

    /**
     * Starts a route among stubs, sends an exchange through, and ends it, all within the time that a route has to start.
     *
     * @param fill gives the exchange what it brings
     */
    public void rehearse(RouteText route, Outside outside, Consumer<Exchange> fill) {
        RouteText entered = enteredDirectly(route);
        Scratch scratch = check.scratch(entered, outside, Map.of());
        try (scratch) {
            timeBox.call("The preview by " + route.name(), settings.startWithin(), () -> {
                Route only = scratch.camel().getRoutes().get(0);
                Exchange exchange = only.getEndpoint().createExchange();
                fill.accept(exchange);
                ((DefaultConsumer) only.getConsumer()).getProcessor().process(exchange);
                if (exchange.getException() != null) {
                    throw exchange.getException();
                }
                return exchange;
            });
        } catch (Throwable e) {
            throw StartFault.refusal(route, e);
        }
    }

    /** Starts a route, within the time that a route has; throws a {@link RouteRefusedException} if it does not start. */
    public RunningTemplate start(RouteText route, Map<String, ?> beans) {
        try {
            return timeBox.call(
                    "The start of " + route.name(),
                    settings.startWithin(),
                    () -> RunningTemplate.start(contexts, route, beans));
        } catch (Throwable e) {
            throw StartFault.refusal(route, e);
        }
    }

    /** Ends a route on a thread that may wait. */
    public void end(RunningTemplate running) {
        timeBox.later(running::close);
    }
}
