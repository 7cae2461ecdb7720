package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mobileapiconnect.bridge.setting.Nearest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The components, options and languages that there are: those on the class path, by Camel's own catalogue. */
@Component
class RouteCatalogue {

    private static final JsonMapper JSON = new JsonMapper();

    private final RouteContexts contexts;

    RouteCatalogue(RouteContexts contexts) {
        this.contexts = contexts;
    }

    /** Returns whether an option of a component is a part of the path of its URIs. */
    boolean isInPath(String scheme, String option) {
        return component(scheme)
                .path("properties")
                .path(option)
                .path("kind")
                .asText()
                .equals("path");
    }

    /** Returns the description of a component and its options; one that is in no catalogue has none. */
    JsonNode component(String scheme) {
        return read(PluginHelper.getRuntimeCamelCatalog(contexts.catalogue()).componentJSonSchema(scheme));
    }

    /** Returns the description of a step, or of another part of a text, and its options. */
    JsonNode part(String name) {
        try {
            return contexts.catalogue() instanceof CatalogCamelContext described
                    ? read(described.getEipParameterJsonSchema(name))
                    : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode read(@Nullable String described) {
        try {
            return described == null ? MissingNode.getInstance() : JSON.readTree(described);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    List<RouteFault> check(RouteText text, RoutePolicy policy) {
        List<RouteFault> faults = new ArrayList<>();
        for (EndpointUse use : EndpointUse.all(text)) {
            endpoint(text, policy.resolved(use), faults);
        }
        languages(text, text.tree(), "", faults);
        return faults;
    }

    private void endpoint(RouteText text, EndpointUse use, List<RouteFault> faults) {
        CamelContext context = contexts.catalogue();
        String scheme = use.scheme();
        if (context.getComponent(scheme, true, false) == null) {
            faults.add(RouteFault.at(
                    text.place(use.pointer()),
                    "There is no component " + scheme + " on the class path",
                    "a plugin can bring one"));
            return;
        }
        RuntimeCamelCatalog catalogue = PluginHelper.getRuntimeCamelCatalog(context);
        if (catalogue.componentJSonSchema(scheme) == null) {
            byComponent(text, use, context, faults);
        } else if (!use.dynamic()) {
            byCatalogue(text, use, catalogue, faults);
        }
    }

    /** A component that is in no catalogue, like the bridge's own, looks at its URI itself. */
    private static void byComponent(RouteText text, EndpointUse use, CamelContext context, List<RouteFault> faults) {
        if (use.dynamic()) {
            return;
        }
        try {
            Map<String, Object> parameters = new HashMap<>();
            use.parameters()
                    .properties()
                    .forEach(each ->
                            parameters.put(each.getKey(), each.getValue().asText()));
            String uri = parameters.isEmpty()
                    ? use.uri()
                    : URISupport.appendParametersToURI(use.uri(), new HashMap<>(parameters));
            parameters.putAll(URISupport.parseQuery(query(use.uri())));
            context.getComponent(use.scheme()).createEndpoint(uri, parameters);
        } catch (Exception e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            faults.add(RouteFault.at(text.place(use.pointer()), String.valueOf(reason.getMessage()), null));
        }
    }

    private static String query(String uri) {
        return uri.contains("?") ? uri.substring(uri.indexOf('?') + 1) : "";
    }

    private static void byCatalogue(
            RouteText text, EndpointUse use, RuntimeCamelCatalog catalogue, List<RouteFault> faults) {
        Map<String, String> options = new HashMap<>();
        try {
            if (use.uri().contains(":")) { // otherwise all of it is in the parameters
                options.putAll(catalogue.endpointProperties(use.uri()));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            faults.add(RouteFault.at(text.place(use.pointer()), "The URI cannot be read: " + e.getMessage(), null));
            return;
        }
        for (Map.Entry<String, JsonNode> each : use.parameters().properties()) {
            options.put(each.getKey(), each.getValue().asText());
        }
        EndpointValidationResult result = catalogue.validateProperties(use.scheme(), options);
        if (result.isSuccess()) {
            return;
        }
        Faults of = new Faults(text, use, faults);
        if (result.getUnknown() != null) {
            for (String name : new TreeSet<>(result.getUnknown())) {
                of.add(
                        name,
                        "The option " + name + " of " + use.scheme() + " is unknown",
                        nearest(name, options(catalogue, use.scheme())));
            }
        }
        if (result.getRequired() != null) {
            for (String name : result.getRequired()) {
                of.add(name, use.scheme() + " needs " + name, null);
            }
        }
        wrong(of, result.getInvalidEnum(), "has to be one of its names");
        wrong(of, result.getInvalidBoolean(), "has to be true or false");
        wrong(of, result.getInvalidInteger(), "has to be a number");
        wrong(of, result.getInvalidNumber(), "has to be a number");
        wrong(of, result.getInvalidDuration(), "has to be a duration");
        wrong(of, result.getInvalidReference(), "has to name a bean as #name");
    }

    private static void wrong(Faults faults, @Nullable Map<String, String> values, String what) {
        if (values != null) {
            values.forEach(
                    (name, value) -> faults.add(name, "The option " + name + " " + what + ", not " + value, null));
        }
    }

    /** @param use where the options stand */
    private record Faults(RouteText text, EndpointUse use, List<RouteFault> into) {

        void add(String option, String message, @Nullable String hint) {
            String around = use.pointer().substring(0, use.pointer().lastIndexOf('/'));
            boolean beside = use.parameters().has(option);
            into.add(RouteFault.at(
                    beside ? text.key(around + "/parameters/" + RouteYaml.escaped(option)) : text.place(use.pointer()),
                    message,
                    hint));
        }
    }

    private static List<String> options(RuntimeCamelCatalog catalogue, String scheme) {
        return read(catalogue.componentJSonSchema(scheme)).path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static @Nullable String nearest(String name, List<String> names) {
        return Nearest.to(name, names).map(near -> "did you mean " + near + "?").orElse(null);
    }

    private void languages(RouteText text, JsonNode node, String pointer, List<RouteFault> faults) {
        if (node.isObject()) {
            JsonNode language = node.at("/language/language");
            if (language.isTextual()) {
                exists(text, language.asText(), pointer + "/language/language", faults);
            }
            node.properties()
                    .forEach(part ->
                            languages(text, part.getValue(), pointer + "/" + RouteYaml.escaped(part.getKey()), faults));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                languages(text, node.get(i), pointer + "/" + i, faults);
            }
        }
    }

    private void exists(RouteText text, String name, String pointer, List<RouteFault> faults) {
        try {
            contexts.catalogue().resolveLanguage(name);
        } catch (NoSuchLanguageException e) {
            faults.add(RouteFault.at(text.place(pointer), "There is no language " + name + " on the class path", null));
        }
    }
}
