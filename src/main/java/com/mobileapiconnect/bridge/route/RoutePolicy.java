package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.setting.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The components, languages, beans and settings that a route may use: lists of what is allowed, because whoever edits a
 * route has the operator's key and not the machine.
 */
@Component
class RoutePolicy {

    /** Parts of Camel's YAML that make objects or run code. */
    private static final Set<String> NEVER = Set.of(
            "beans",
            "customLoadBalancer",
            "dataFormats",
            "dynamicRouter", // asks again until it is told to end, and a constant never does
            "kamelet",
            "pausable",
            "policy",
            "rest",
            "restConfiguration",
            "resumable",
            "routeTemplate",
            "saga",
            "script",
            "serviceCall",
            "templateBean",
            "templatedRoute",
            "tokenizer",
            "transacted");

    private static final Set<String> LANGUAGES = Set.of(
            "constant",
            "csimple",
            "datasonnet",
            "exchangeProperty",
            "groovy",
            "header",
            "hl7terser",
            "java",
            "joor",
            "jq",
            "js",
            "jsonpath",
            "mvel",
            "ognl",
            "python",
            "simple",
            "spel",
            "tokenize",
            "variable",
            "wasm",
            "xpath",
            "xquery",
            "xtokenize");

    /** Attributes whose value is the name of a bean. */
    private static final Set<String> BEANS = Set.of(
            "aggregationRepository",
            "aggregateController",
            "aggregationStrategy",
            "comparator",
            "executorService",
            "idempotentRepository",
            "messageIdRepository",
            "onExceptionOccurred",
            "onPrepare",
            "onPrepareFailure",
            "onPrepareProcessor",
            "onRedelivery",
            "processor",
            "redeliveryPolicyRef",
            "ref",
            "routePolicy",
            "timeoutCheckerExecutorService");

    /** Attributes whose value is the name of a class. */
    private static final Set<String> CLASSES =
            Set.of("beanType", "collectionType", "exception", "exceptionType", "resultType", "type", "unmarshalType");

    /** The bridge's own components, whose options decide about a delivery or a device. */
    private static final Set<String> OURS = Set.of("hook", "outbox", "phone");

    /** Camel's components that would open a port, or paths, of their own. */
    private static final Set<String> HTTP_SERVERS =
            Set.of("jetty", "netty-http", "platform-http", "rest", "rest-api", "servlet", "undertow", "vertx-http");

    private static final Pattern HARMLESS_CLASS = Pattern.compile("[a-z]+|byte\\[]|[A-Z][A-Za-z]*"
            + "|java\\.(lang|util|math|time)\\.[A-Z][A-Za-z]*|(java|javax|org)\\.[a-zA-Z.]+Exception"
            + "|com\\.mobileapiconnect\\.bridge\\.[a-z]+\\.[A-Za-z]+Exception");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    /** Finds a bean in a URI or an attribute: {@code #name}, or {@code #class:} and the like, which make one. */
    private static final Pattern BEAN =
            Pattern.compile("(?:^|=)#(?:(bean|class|type|autowired|property)(?::|$))?([^&#?]*)");

    private static final int DEEPEST_PLACEHOLDER = 10;

    private final RouteSettings settings;
    private final Environment environment;
    private final Brought brought;

    RoutePolicy(RouteSettings settings, Environment environment, Brought brought) {
        this.settings = settings;
        this.environment = environment;
        this.brought = brought;
    }

    List<RouteFault> check(RouteText text) {
        List<RouteFault> faults = new ArrayList<>();
        walk(text, text.tree(), "", "", faults);
        for (EndpointUse use : EndpointUse.all(text)) {
            endpoint(text, use, faults);
        }
        return faults;
    }

    /** Returns whether a text may have a key of this name. */
    boolean offers(String key) {
        return !NEVER.contains(key)
                && (!LANGUAGES.contains(key) || settings.languages().contains(key));
    }

    /** Returns the components whose endpoints a text may name, but for those of plugins. */
    List<String> components() {
        return settings.components();
    }

    /** Returns an endpoint with the values of settings that it names; unchanged where one is not set. */
    EndpointUse resolved(EndpointUse use) {
        return use.resolved(this::resolved);
    }

    /** Returns a text as Camel will have it: with its settings, and the defaults of those that are not set. */
    private String resolved(String text) {
        String before = text;
        for (int i = 0; i < DEEPEST_PLACEHOLDER; i++) { // one may stand in the default of another
            Matcher names = PLACEHOLDER.matcher(before);
            StringBuilder resolved = new StringBuilder();
            while (names.find()) {
                String value = value(names.group(1));
                names.appendReplacement(resolved, Matcher.quoteReplacement(value == null ? names.group() : value));
            }
            String after = names.appendTail(resolved).toString();
            if (after.equals(before)) {
                break;
            }
            before = after;
        }
        return before;
    }

    private void walk(RouteText text, JsonNode node, String pointer, String parent, List<RouteFault> faults) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> part : node.properties()) {
                String inner = pointer + "/" + RouteYaml.escaped(part.getKey());
                if (!parent.equals("parameters")) {
                    part(text, parent, part, inner, faults);
                }
                walk(text, part.getValue(), inner, part.getKey(), faults);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(text, node.get(i), pointer + "/" + i, parent.equals("exception") ? parent : "", faults);
            }
        } else if (node.isTextual()) {
            text(text, node.asText(), pointer, parent, faults);
        }
    }

    private void part(
            RouteText text, String parent, Map.Entry<String, JsonNode> part, String pointer, List<RouteFault> faults) {
        String key = part.getKey();
        String value = part.getValue().asText("");
        if (NEVER.contains(key)) {
            faults.add(RouteFault.at(text.key(pointer), key + " is not allowed in a route", null));
        } else if (EndpointUse.BY_EXPRESSION.contains(key) && !EndpointUse.isConstant(part.getValue())) {
            faults.add(RouteFault.at(
                    text.key(pointer),
                    key + " takes its URIs as a constant: nothing of a message chooses where it goes",
                    "use choice, with a to for each place"));
        } else if (key.equals("language") && parent.equals("language")) {
            language(text, value, pointer, faults);
        } else if (LANGUAGES.contains(key)) {
            if (!settings.languages().contains(key)) {
                refused(text, "language", key, pointer, "languages", settings.languages(), faults);
            }
        } else if (key.equals("method") && !parent.equals("bean")) {
            faults.add(RouteFault.at(text.key(pointer), "A route calls no methods of beans", null));
        } else if (BEANS.contains(key) && part.getValue().isTextual() && !value.startsWith("#")) {
            bean(text, value, pointer, faults);
        } else if (CLASSES.contains(key)
                && !HARMLESS_CLASS.matcher(value).matches()
                && part.getValue().isTextual()) {
            faults.add(RouteFault.at(text.place(pointer), "The class " + value + " is not allowed in a route", null));
        }
    }

    private void language(RouteText text, String name, String pointer, List<RouteFault> faults) {
        if (!settings.languages().contains(name) && !brought.language(name)) {
            refused(text, "language", name, pointer, "languages", settings.languages(), faults);
        }
    }

    private void bean(RouteText text, String name, String pointer, List<RouteFault> faults) {
        if (!settings.beans().contains(name) && !brought.bean(name)) {
            refused(text, "bean", name, pointer, "beans", settings.beans(), faults);
        }
    }

    private void text(RouteText text, String value, String pointer, String key, List<RouteFault> faults) {
        Matcher names = PLACEHOLDER.matcher(value);
        while (names.find()) {
            placeholder(text, names.group(1), pointer, faults);
        }
        if (key.equals("exception") && !HARMLESS_CLASS.matcher(value).matches()) {
            faults.add(RouteFault.at(text.place(pointer), "The class " + value + " is not allowed in a route", null));
        }
        String resolved = resolved(value);
        String flaw = SimpleFlaw.in(value);
        if (flaw == null && SimpleFlaw.in(resolved) != null) { // without the values of settings
            flaw = value + " looks beyond the message with its settings, which a route may not";
        }
        if (flaw != null) {
            faults.add(RouteFault.at(text.place(pointer), flaw, "properties and headers can be read"));
        }
        if (resolved.strip().startsWith("resource:") && !key.equals("description")) {
            faults.add(RouteFault.at(
                    text.place(pointer), "A route reads no files and no URLs: " + value, "write the text here"));
        }
        Matcher beans = BEAN.matcher(resolved);
        while (!key.equals("expression") && !resolved.contains("${") && beans.find()) {
            String kind = beans.group(1);
            if (kind == null || kind.equals("bean")) {
                bean(text, beans.group(2), pointer, faults);
            } else {
                faults.add(RouteFault.at(text.place(pointer), "#" + kind + " is not allowed in a route", null));
            }
        }
    }

    private void placeholder(RouteText text, String written, String pointer, List<RouteFault> faults) {
        String name = name(written);
        boolean hasDefault = written.contains(":") || written.startsWith("?");
        if (!allowed(name)) {
            boolean exists = environment.getProperty(name) != null;
            String message = exists || written.contains(":")
                    ? "The setting " + name + " is not for routes"
                    : "The setting " + name + " in {{" + written + "}} is not set";
            faults.add(RouteFault.at(
                    text.place(pointer), message, "allowed are " + String.join(", ", settings.placeholders())));
        } else if (!hasDefault && environment.getProperty(name) == null) {
            faults.add(RouteFault.at(
                    text.place(pointer), "The setting " + name + " in {{" + written + "}} is not set", null));
        }
    }

    private static String name(String written) {
        String name = written.strip().replaceFirst("^[?!]", "");
        return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    }

    private boolean allowed(String name) {
        return settings.placeholders().stream()
                .anyMatch(each ->
                        each.endsWith("*") ? name.startsWith(each.substring(0, each.length() - 1)) : name.equals(each));
    }

    private @Nullable String value(String written) {
        String value = allowed(name(written)) ? environment.getProperty(name(written)) : null;
        return value == null && written.contains(":") ? written.substring(written.indexOf(':') + 1) : value;
    }

    private void endpoint(RouteText text, EndpointUse written, List<RouteFault> faults) {
        EndpointUse use = resolved(written);
        String scheme = use.scheme();
        if (use.isPlaceholder()) {
            return; // told already: it is not set
        } else if (scheme.contains("${") || (use.dynamic() && use.uri().startsWith("${"))) {
            faults.add(RouteFault.at(
                    text.place(use.pointer()), "The component of a URI stands in the text, not in a message", null));
        } else if (use.dynamic() && scheme.equals("sql")) {
            faults.add(RouteFault.at(
                    text.place(use.pointer()),
                    "Nothing of a message becomes a part of a statement",
                    "take to, and write a value as :#${body}"));
        } else if (use.dynamic() && (OURS.contains(scheme) || use.uri().contains("language:"))) {
            faults.add(RouteFault.at(
                    text.place(use.pointer()),
                    "Nothing of a message becomes a part of a URI of " + scheme,
                    "name a property, as in outbox:reject?reasonFrom=why"));
        } else if (HTTP_SERVERS.contains(scheme) && !brought.component(scheme)) {
            faults.add(RouteFault.at(
                    text.place(use.pointer()),
                    "A route serves HTTP at /hooks/… alone, and not by " + scheme,
                    "begin it with hook:name"));
        } else if (!settings.components().contains(scheme) && !brought.component(scheme)) {
            refused(text, "component", scheme, use.pointer(), "components", settings.components(), faults);
        }
    }

    private static void refused(
            RouteText text,
            String what,
            String name,
            String pointer,
            String setting,
            List<String> allowed,
            List<RouteFault> faults) {
        String hint = Nearest.to(name, allowed)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("bridge.routes." + setting + " says which are: " + String.join(", ", allowed));
        faults.add(RouteFault.at(
                text.place(pointer), "The " + what + " " + name + " is not among those that routes may use", hint));
    }
}
