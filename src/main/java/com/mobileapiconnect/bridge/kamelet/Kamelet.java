package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.connector.BadConnectorException;
import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.Kind;
import com.mobileapiconnect.bridge.connector.PropertySchema;
import com.mobileapiconnect.bridge.kamelet.Binding.Bound;
import com.mobileapiconnect.bridge.kamelet.Binding.PathOptions;
import com.mobileapiconnect.bridge.route.RouteText;
import com.mobileapiconnect.bridge.route.Templates;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connector's file: a standard Kamelet.
 *
 * @param connector  as the catalogue offers it
 * @param isOffered  whether a connection may name it; others are for routes, and for Camel programs elsewhere
 * @param route      of its template, with the names of properties in it
 * @param isShared   whether the route is the same for all connections
 */
record Kamelet(
        Connector connector,
        boolean isOffered,
        RouteText file,
        RouteText route,
        PathOptions pathOptions,
        boolean isShared) {

    /** The variable in which a route has the mapped fields, as JSON. */
    static final String FIELDS = "fields";

    static final String NEEDS = "mobileapiconnect.com/needs";
    static final String OFFERED = "mobileapiconnect.com/offered";
    private static final String TYPE = "camel.apache.org/kamelet.type";
    private static final String SINK = "sink";
    private static final String SYSTEM = "erp:";
    /** A value that is text of no URI, for whatever has to take any. */
    static final String HOSTILE = "?a=b&c={{d}}#e";

    /** Throws a {@link com.mobileapiconnect.bridge.route.RouteRefusedException} for a text that is no connector. */
    static Kamelet read(RouteText file, Kind kind, PathOptions pathOptions) {
        JsonNode tree = file.tree();
        require(
                file,
                "/apiVersion",
                tree.path("apiVersion").asText().startsWith("camel.apache.org/"),
                "apiVersion has to be camel.apache.org/v1");
        require(file, "/kind", tree.path("kind").asText().equals("Kamelet"), "kind has to be Kamelet");
        String name = tree.at("/metadata/name").asText();
        require(
                file,
                "/metadata/name",
                name.equals(file.name()),
                "metadata.name has to be " + file.name() + ", as the file is called");
        JsonNode definition = tree.at("/spec/definition");
        require(file, "/spec", definition.isObject(), "spec needs a definition");
        require(file, "/spec/definition", !definition.path("title").asText().isBlank(), "definition needs a title");
        JsonNode template = tree.at("/spec/template");
        require(file, "/spec", template.isObject(), "spec needs a template");
        require(
                file,
                "/spec/template",
                template.path("beans").isMissingNode(),
                "beans are not made in a template: the bridge has those that connectors use");
        JsonNode from = template.has("route") ? template.at("/route/from") : template.path("from");
        require(file, "/spec/template", from.isObject(), "template needs a from");
        boolean isSink = tree.at("/metadata/labels").path(TYPE).asText(SINK).equals(SINK);
        boolean offered =
                isSink && tree.at("/metadata/annotations").path(OFFERED).asBoolean(true);
        require(
                file,
                "/spec/template",
                !offered || from.path("uri").asText().equals("kamelet:source"),
                "the template of a connector begins with kamelet:source");
        RouteText route = Templates.route(file, template);
        ObjectNode schema = schema(definition);
        Bound sample = Binding.bind(route, PropertySchema.of(schema).names(), any -> "", pathOptions);
        for (String secret : PropertySchema.of(schema).secrets()) {
            if (sample.inLogs().containsKey(secret)) {
                throw Templates.refused(
                        route,
                        sample.inLogs().get(secret),
                        "The property " + secret + " is a password, and would be logged in clear",
                        "leave it out of the message");
            }
        }
        for (String text : PropertySchema.of(schema).templates()) {
            // The systems of erp: fill it themselves; a route would have it as it is written.
            require(
                    file,
                    "/spec/definition/properties/" + text + "/format",
                    !offered || route.tree().toString().contains("\"" + SYSTEM),
                    "Nobody fills the names in " + text + ": a text of format template is for a step erp: alone;"
                            + " take format mapping");
        }
        return new Kamelet(
                connector(file, plainInPaths(schema, sample.inPaths()), kind),
                offered,
                file,
                route,
                pathOptions,
                !sample.any());
    }

    private static void require(RouteText file, String pointer, boolean holds, String message) {
        if (!holds) {
            throw Templates.refused(file, pointer, message, null);
        }
    }

    private static ObjectNode schema(JsonNode definition) {
        ObjectNode schema = definition.deepCopy();
        if (!schema.has("type")) {
            schema.put("type", "object");
        }
        return schema;
    }

    /** A value that stands in the path of an address has to be plain. */
    private static ObjectNode plainInPaths(ObjectNode schema, Set<String> inPaths) {
        for (String name : inPaths) {
            ObjectNode plain = schema.withArray("allOf")
                    .addObject()
                    .putObject("properties")
                    .putObject(name);
            plain.put("pattern", "^" + Binding.PLAIN + "$");
            plain.putObject("not").put("pattern", "\\.\\.");
        }
        return schema;
    }

    private static Connector connector(RouteText file, ObjectNode schema, Kind kind) {
        String needs = file.tree().at("/metadata/annotations").path(NEEDS).asText();
        List<String> list = Arrays.stream(needs.split(","))
                .map(String::strip)
                .filter(need -> !need.isEmpty())
                .toList();
        try {
            return new Connector(
                    file.name(),
                    schema.path("title").asText(),
                    schema.path("description").asText(),
                    PropertySchema.of(schema),
                    kind,
                    list,
                    true);
        } catch (BadConnectorException e) {
            throw Templates.refused(file, "/spec/definition", String.valueOf(e.getMessage()), null);
        }
    }

    String name() {
        return connector.name();
    }

    /** Returns the route with the values of a connection. */
    Bound bind(Function<String, @Nullable String> values) {
        return Binding.bind(route, connector.properties().names(), values, pathOptions);
    }

    /** Returns the system to which its only step gives deliveries; null if it has another step. */
    @Nullable String system() {
        JsonNode steps = route.tree().at("/0/route/from/steps");
        JsonNode to = steps.path(0).path("to");
        String uri = to.isTextual() ? to.asText() : to.path("uri").asText();
        return steps.size() == 1 && uri.startsWith(SYSTEM) ? uri.substring(SYSTEM.length()) : null;
    }
}
