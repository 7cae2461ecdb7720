package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that keep the product's way of a message whole, whatever is edited: each of its routes has its own file, and
 * no phone is told that a message was taken which is not durable.
 */
final class ProductRules {

    private static final String ACCEPT = "{{intake.accept}}";
    /** Parts that end an error where nobody hears of it. */
    private static final Set<String> SWALLOWING = Set.of(
            "continued",
            "deadLetterChannel",
            "defaultErrorHandler",
            "handled",
            "jtaTransactionErrorHandler",
            "refErrorHandler",
            "routeConfigurationId",
            "springTransactionErrorHandler");

    private final RouteText text;
    private final Set<String> product;
    private final List<RouteFault> faults = new ArrayList<>();

    private ProductRules(RouteText text, Set<String> product) {
        this.text = text;
        this.product = product;
    }

    /** @param product names of the product's files */
    static List<RouteFault> check(RouteText text, Set<String> product) {
        ProductRules rules = new ProductRules(text, product);
        rules.check();
        return rules.faults;
    }

    private void check() {
        boolean ownRoute = false;
        for (int i = 0; i < text.tree().size(); i++) {
            JsonNode entry = text.tree().get(i);
            String at = "/" + i;
            if (entry.has("from")) {
                fault(at, "A route needs an id", "write it as - route: with id and from");
            } else if (entry.has("route")) {
                ownRoute |= route(entry.get("route"), at + "/route");
            } else if (entry.has("routeConfiguration") && !text.name().equals(ProductTexts.ERRORS)) {
                fault(at, "A routeConfiguration is for every route, and stands in the file errors alone", null);
            }
        }
        if (product.contains(text.name()) && !text.name().equals(ProductTexts.ERRORS) && !ownRoute) {
            fault(
                    "",
                    "The file " + text.name() + " is the product's and must have the route with the id " + text.name(),
                    "give a route of your own a file of its own");
        }
        if (Set.of("intake", "accept", ProductTexts.ERRORS).contains(text.name())) {
            swallows(text.tree(), "");
        }
        if (text.name().equals(ProductTexts.ERRORS)) {
            onlyConfiguration();
        }
    }

    private void onlyConfiguration() {
        for (int i = 0; i < text.tree().size(); i++) {
            if (!text.tree().get(i).has("routeConfiguration")) {
                fault("/" + i, "The file errors holds only routeConfiguration", null);
            }
        }
    }

    /** Returns whether it is the route that the product's file is for. */
    private boolean route(JsonNode route, String at) {
        String id = route.path("id").asText("");
        if (id.isEmpty()) {
            fault(at, "A route needs an id", null);
        } else if (product.contains(id) && !id.equals(text.name())) {
            fault(
                    at + "/id",
                    "The route " + id + " is the product's",
                    "to change it, put your text to the name " + id + "; then it is shown as edited");
        }
        from(route, id, at);
        if (id.equals("intake") && text.name().equals("intake")) {
            topStep(route, at, "to", "uri", ACCEPT, "hands its messages to " + ACCEPT);
        } else if (id.equals("accept") && text.name().equals("accept")) {
            topStep(route, at, "process", "ref", "intake", "has the step process: {ref: intake}");
        }
        return id.equals(text.name());
    }

    private void from(JsonNode route, String id, String at) {
        JsonNode from = route.path("from");
        String uri = from.isTextual() ? from.asText() : from.path("uri").asText();
        String only = uri.startsWith("phone:inbound") ? "intake" : uri.startsWith("outbox:due") ? "deliver" : null;
        if (only != null && !(id.equals(only) && text.name().equals(only))) {
            fault(at + "/from", "Only the product's route " + only + " begins with " + uri, null);
        }
        @Nullable String wanted = text.name().equals(id) ? entry(id) : null;
        if (wanted != null && !uri.equals(wanted)) {
            fault(at + "/from", "The route " + id + " has to begin with " + wanted, null);
        }
        if (product.contains(text.name())
                && !route.path("autoStartup").asText("true").equals("true")) {
            fault(at + "/autoStartup", "A route of the product starts with the bridge", "leave it out");
        }
    }

    private static @Nullable String entry(String id) {
        return switch (id) {
            case "intake" -> "phone:inbound";
            case "accept" -> "direct:accept";
            case "deliver" -> "outbox:due";
            default -> null;
        };
    }

    /** Requires a step that every message passes: not inside another, where it may be left out or its error be caught. */
    private void topStep(JsonNode route, String at, String step, String attribute, String value, String words) {
        JsonNode steps = route.at("/from/steps").isArray() ? route.at("/from/steps") : route.path("steps");
        for (JsonNode each : steps) {
            JsonNode found = each.path(step);
            if (value.equals(
                            found.isTextual()
                                    ? found.asText()
                                    : found.path(attribute).asText())
                    && !found.path("disabled").asBoolean()) {
                return;
            }
        }
        fault(
                at,
                "A phone may be told that a message was taken only when it is durable: this route " + words
                        + ", as a step of its own and not inside another",
                null);
    }

    private void swallows(JsonNode node, String pointer) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> part : node.properties()) {
                String inner = pointer + "/" + RouteYaml.escaped(part.getKey());
                if (SWALLOWING.contains(part.getKey())) {
                    RouteFault.Place place = text.key(inner);
                    faults.add(RouteFault.at(
                            place,
                            part.getKey()
                                    + " can swallow the error of a message that was not kept, and the phone would not"
                                    + " send it again",
                            "leave it out here; in deliver and in routes of your own it is allowed"));
                } else {
                    swallows(part.getValue(), inner);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                swallows(node.get(i), pointer + "/" + i);
            }
        }
    }

    private void fault(String pointer, String message, @Nullable String hint) {
        faults.add(RouteFault.at(text.place(pointer), message, hint));
    }
}
