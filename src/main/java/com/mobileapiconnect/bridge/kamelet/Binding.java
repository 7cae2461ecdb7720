package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.route.RouteText;
import com.mobileapiconnect.bridge.route.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of properties into the route of a template without making them a part of its syntax. A value in an
 * option of an endpoint that is more than plain characters is a bean that the option names; a value in an expression is a
 * variable; the path of a URI has neither, so only plain characters are taken for it. A property cannot stand anywhere
 * else.
 */
final class Binding {

    /** The characters that can be text of a URI wherever a value may stand, and mean nothing but themselves. */
    static final String PLAIN = "[A-Za-z0-9._@/-]*";

    private static final Pattern IS_PLAIN = Pattern.compile(PLAIN);
    private static final Pattern NAME = Pattern.compile("\\{\\{(\\??)([A-Za-z][A-Za-z0-9_-]*)}}");
    private static final Set<String> URIS = Set.of("uri", "to", "toD", "wireTap", "enrich", "poll");
    private static final Set<String> LOGGED = Set.of("message", "log");
    private static final String VARIABLE = "kamelet_";

    private final RouteText text;
    private final Set<String> properties;
    private final Function<String, @Nullable String> values;
    private final PathOptions pathOptions;

    private final Map<String, Object> beans = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Set<String> inPaths = new TreeSet<>();
    private final Map<String, String> inLogs = new TreeMap<>();
    private boolean any;

    /** Says of an option beside a URI whether it becomes a part of the URI's path. */
    interface PathOptions {
        boolean has(String scheme, String option);
    }

    /**
     * A route with its values.
     *
     * @param beans     that its options name
     * @param variables that its expressions name
     * @param inPaths   properties whose values have to be {@link #PLAIN}
     * @param inLogs    properties whose values are logged, and where the text says so
     * @param any       whether it names any property: otherwise it is the same for all connections
     */
    record Bound(
            RouteText route,
            Map<String, Object> beans,
            Map<String, String> variables,
            Set<String> inPaths,
            Map<String, String> inLogs,
            boolean any) {}

    private Binding(
            RouteText text,
            Set<String> properties,
            Function<String, @Nullable String> values,
            PathOptions pathOptions) {
        this.text = text;
        this.properties = properties;
        this.values = values;
        this.pathOptions = pathOptions;
    }

    /**
     * @param text   the route of a template
     * @param values of the properties; null for one that is not set
     */
    static Bound bind(
            RouteText text,
            Set<String> properties,
            Function<String, @Nullable String> values,
            PathOptions pathOptions) {
        return new Binding(text, properties, values, pathOptions).bind();
    }

    /** Returns a route with a plain text wherever it names a bean of a value. */
    static RouteText withoutBeans(RouteText bound) {
        JsonNode tree = plain(bound.tree().deepCopy());
        return new RouteText(bound.name(), tree.toString(), tree, bound.values(), bound.keys());
    }

    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            names(object).forEach(name -> object.set(name, plain(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, plain(array.get(i)));
            }
        } else if (node.isTextual() && node.textValue().startsWith("#bean:" + VARIABLE)) {
            return TextNode.valueOf("x");
        }
        return node;
    }

    private Bound bind() {
        JsonNode tree = text.tree().deepCopy();
        walk(tree, "", "");
        RouteText route = new RouteText(text.name(), tree.toString(), tree, text.values(), text.keys());
        return new Bound(route, beans, variables, inPaths, inLogs, any);
    }

    private void walk(JsonNode node, String pointer, String key) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                String inner = pointer + "/" + i;
                if (array.get(i).isTextual()) {
                    array.set(i, text(array.get(i).textValue(), inner, key));
                } else {
                    walk(array.get(i), inner, key.equals("steps") ? "" : key);
                }
            }
        } else if (node instanceof ObjectNode object) {
            endpoint(object, pointer);
            for (String name : names(object)) {
                JsonNode part = object.get(name);
                String inner = pointer + "/" + escaped(name);
                if (name.equals("parameters") && part instanceof ObjectNode options) {
                    options(options, scheme(object), inner);
                } else if (name.equals("constant") && has(text(part))) {
                    object.remove(name);
                    object.put("variable", variable(text(part)));
                } else if (part.isTextual()) {
                    object.set(name, text(part.textValue(), inner, key.equals("simple") ? key : name));
                } else {
                    walk(part, inner, name);
                }
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String text(JsonNode expression) {
        return (expression.isObject() ? expression.path("expression") : expression).asText("");
    }

    private JsonNode text(String written, String pointer, String key) {
        if (!has(written)) {
            return TextNode.valueOf(written);
        } else if (URIS.contains(key)) {
            return TextNode.valueOf(plain(written, pointer));
        } else if (LOGGED.contains(key)) {
            logged(written, pointer);
            return TextNode.valueOf(simple(written, pointer));
        } else if (key.equals("simple")) {
            return TextNode.valueOf(simple(written, pointer));
        }
        throw Templates.refused(
                text,
                pointer,
                "A property cannot stand in " + key,
                "it can in options and paths of endpoints, in constant, simple, and the message of a log");
    }

    private void logged(String written, String pointer) {
        NAME.matcher(written)
                .results()
                .map(name -> name.group(2))
                .filter(properties::contains)
                .forEach(name -> inLogs.put(name, pointer));
    }

    /** Moves the options that are written behind a URI and name properties to those beside it. */
    private void endpoint(ObjectNode object, String pointer) {
        for (String name : names(object)) {
            String uri = object.get(name).isTextual() ? object.get(name).textValue() : "";
            int question = uri.indexOf('?');
            if (!URIS.contains(name) || question < 0 || !has(uri.substring(question))) {
                continue;
            }
            List<String> rest = new ArrayList<>();
            Map<String, String> moved = new LinkedHashMap<>();
            for (String pair : uri.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && has(pair) && !has(pair.substring(0, equals))) {
                    moved.put(pair.substring(0, equals), unwrapped(pair.substring(equals + 1)));
                } else if (has(pair)) {
                    throw Templates.refused(
                            text, pointer + "/" + escaped(name), "A property cannot be the name of an option", null);
                } else {
                    rest.add(pair);
                }
            }
            String without = uri.substring(0, question) + (rest.isEmpty() ? "" : "?" + String.join("&", rest));
            ObjectNode place = object;
            if (!name.equals("uri")) { // the short form has no room for parameters
                place = object.putObject(name);
            }
            place.put("uri", without);
            ObjectNode options =
                    place.get("parameters") instanceof ObjectNode known ? known : place.putObject("parameters");
            moved.forEach(options::put);
        }
    }

    /** {@code RAW(…)} around a property says what holds anyway. */
    private static String unwrapped(String value) {
        boolean isRaw =
                value.startsWith("RAW(") && value.endsWith(")") || value.startsWith("RAW{") && value.endsWith("}");
        return isRaw ? value.substring(4, value.length() - 1) : value;
    }

    private static String scheme(ObjectNode object) {
        String uri = object.path("uri").asText("");
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }

    private void options(ObjectNode options, String scheme, String pointer) {
        for (String name : names(options)) {
            String written = options.get(name).isTextual() ? options.get(name).textValue() : "";
            if (!has(written)) {
                continue;
            }
            String inner = pointer + "/" + escaped(name);
            if (scheme.equals("log")) {
                logged(written, inner);
            }
            String value = unwrapped(written);
            if (isLeftOut(value)) {
                options.remove(name);
            } else if (pathOptions.has(scheme, name)) {
                options.put(name, plain(value, inner));
            } else {
                options.put(name, option(inserted(value)));
            }
        }
    }

    private String option(String value) {
        if (!value.isEmpty() && IS_PLAIN.matcher(value).matches()) {
            return value;
        }
        String bean = VARIABLE + "bean" + beans.size();
        beans.put(bean, new Value(value));
        return "#bean:" + bean;
    }

    /** A text that is no {@code String}: in one of those Camel would look for placeholders again. */
    record Value(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Returns whether it is an optional property alone that is not set. */
    private boolean isLeftOut(String written) {
        Matcher name = NAME.matcher(written);
        return name.matches() && isProperty(name) && !name.group(1).isEmpty() && values.apply(name.group(2)) == null;
    }

    private String variable(String written) {
        String name = VARIABLE + "text" + variables.size();
        variables.put(name, inserted(written));
        return name;
    }

    private String simple(String written, String pointer) {
        return replaced(written, name -> {
            int open = written.lastIndexOf("${", name.start());
            if (open >= 0 && written.indexOf('}', open) > name.start()) {
                throw Templates.refused(text, pointer, "A property cannot stand inside ${…}", null);
            }
            variables.put(VARIABLE + name.group(2), value(name));
            return "${variable." + VARIABLE + name.group(2) + "}";
        });
    }

    private String plain(String written, String pointer) {
        return replaced(written, name -> {
            inPaths.add(name.group(2));
            String value = value(name);
            if (!IS_PLAIN.matcher(value).matches() || value.contains("..")) {
                throw Templates.refused(
                        text,
                        pointer,
                        "The property " + name.group(2)
                                + " is a part of an address here: only letters, digits and . _ @ / - can be",
                        null);
            }
            return value;
        });
    }

    private String inserted(String written) {
        return replaced(written, this::value);
    }

    private String value(Matcher name) {
        String value = values.apply(name.group(2));
        return value == null ? "" : value;
    }

    private String replaced(String written, Function<Matcher, String> by) {
        Matcher names = NAME.matcher(written);
        StringBuilder out = new StringBuilder();
        while (names.find()) {
            if (isProperty(names)) {
                names.appendReplacement(out, Matcher.quoteReplacement(by.apply(names)));
            } else {
                names.appendReplacement(out, Matcher.quoteReplacement(names.group()));
            }
        }
        return names.appendTail(out).toString();
    }

    private boolean isProperty(Matcher name) {
        return properties.contains(name.group(2));
    }

    private boolean has(String written) {
        boolean found =
                NAME.matcher(written).results().map(name -> name.group(2)).anyMatch(properties::contains);
        any |= found;
        return found;
    }
}
