package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A place in a text that names an endpoint.
 *
 * @param pointer    of the URI
 * @param parameters beside the URI; an empty object if there are none
 * @param begins     whether messages come from it
 * @param evaluated  whether names of a message in the URI are replaced for each
 */
record EndpointUse(String pointer, String uri, ObjectNode parameters, boolean begins, boolean evaluated) {

    /** Names of steps whose value may be a URI alone. */
    private static final Set<String> SHORT =
            Set.of("to", "toD", "wireTap", "from", "poll", "interceptFrom", "interceptSendToEndpoint");

    private static final Set<String> BEGIN = Set.of("from", "poll", "interceptFrom", "pollEnrich");
    private static final Set<String> DYNAMIC = Set.of("toD", "wireTap");
    private static final Set<String> URIS = Set.of("uri", "deadLetterUri", "afterUri");
    /** Steps whose expression gives URIs. */
    static final Set<String> BY_EXPRESSION =
            Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");

    /** Returns the scheme; empty if the URI has none. */
    String scheme() {
        int colon = uri.indexOf(':');
        return colon < 0
                ? (parameters.isEmpty() && !uri.matches("[a-z][a-z0-9+-]*") ? "" : uri)
                : uri.substring(0, colon);
    }

    /** Returns whether it is a name of a setting, which stands for the URI. */
    boolean isPlaceholder() {
        return uri.startsWith("{{");
    }

    /** Returns whether the URI is made for each message. */
    boolean dynamic() {
        return evaluated && isMade(uri + parameters);
    }

    /** @param settings puts the values of settings into a text */
    EndpointUse resolved(UnaryOperator<String> settings) {
        ObjectNode options = parameters.deepCopy();
        parameters.properties().stream()
                .filter(each -> each.getValue().isTextual())
                .forEach(each -> options.put(
                        each.getKey(), settings.apply(each.getValue().textValue())));
        return new EndpointUse(pointer, settings.apply(uri), options, begins, evaluated);
    }

    /** Returns the URI without its query, as it is known by. */
    String base() {
        return uri.replaceFirst("\\?.*", "").replace("://", ":");
    }

    static List<EndpointUse> all(RouteText text) {
        List<EndpointUse> uses = new ArrayList<>();
        collect(text.tree(), "", "", uses);
        return uses;
    }

    private static void collect(JsonNode node, String pointer, String key, List<EndpointUse> uses) {
        if (node.isTextual() && SHORT.contains(key)) {
            uses.add(use(node.asText(), JsonNodeFactory.instance.objectNode(), pointer, key));
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> part : node.properties()) {
                String inner = pointer + "/" + RouteYaml.escaped(part.getKey());
                if (URIS.contains(part.getKey()) && part.getValue().isTextual()) {
                    uses.add(use(part.getValue().asText(), node.path("parameters"), inner, key));
                } else if (!part.getKey().equals("parameters")) {
                    collect(part.getValue(), inner, part.getKey(), uses);
                }
            }
            if (BY_EXPRESSION.contains(key)) {
                byConstant(node, pointer, key, uses);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, key.equals("steps") ? "" : key, uses);
            }
        }
    }

    private static void byConstant(JsonNode step, String pointer, String key, List<EndpointUse> uses) {
        String at = step.has("expression") ? "/expression/constant" : "/constant";
        JsonNode constant = step.at(at);
        String inner = constant.isObject() ? at + "/expression" : at;
        if (step.at(inner).isTextual()) {
            for (String uri : step.at(inner).asText().split(",")) {
                uses.add(use(uri.strip(), JsonNodeFactory.instance.objectNode(), pointer + inner, key));
            }
        }
    }

    /** Returns whether a text is made anew for each message: of an expression, or by a language that it names. */
    private static boolean isMade(String text) {
        return text.contains("${") || text.contains("language:");
    }

    /** Returns whether a step whose expression gives URIs has them as a constant. */
    static boolean isConstant(JsonNode step) {
        return step.has("constant") || step.path("expression").has("constant");
    }

    private static EndpointUse use(String uri, JsonNode parameters, String pointer, String key) {
        ObjectNode options = parameters instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        return new EndpointUse(pointer, uri.strip(), options, BEGIN.contains(key), DYNAMIC.contains(key));
    }
}
