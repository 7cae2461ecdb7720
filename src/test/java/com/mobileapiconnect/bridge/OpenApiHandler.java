package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JobAnswer;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Versioned;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the code of an operation says about it. */
record OpenApiHandler(String operation, HandlerMethod method) {

    private static final Map<Class<?>, String> SCHEMES = Map.of(
            Caller.OfTenant.class, "tenantKey",
            Caller.OfDevice.class, "deviceToken",
            Caller.OfOperator.class, "operatorKey",
            Caller.class, "tenantKeyoperatorKey");

    /** All under /v1, by name: {@code GET /v1/devices/{id}}. */
    static Map<String, OpenApiHandler> all(RequestMappingHandlerMapping mappings) {
        Map<String, OpenApiHandler> all = new TreeMap<>();
        mappings.getHandlerMethods().forEach((info, handler) -> info.getPatternValues().stream()
                .filter(path -> path.startsWith("/v1"))
                .flatMap(
                        path -> info.getMethodsCondition().getMethods().stream().map(method -> method + " " + path))
                .forEach(name -> all.put(name, new OpenApiHandler(name, handler))));
        all.put("POST /v1/inbound", entry("POST /v1/inbound", "phone", Caller.OfDevice.class, boolean.class));
        for (String method : List.of("POST", "GET")) {
            String name = method + " /v1/inbound/{adapter}/{deviceToken}";
            all.put(name, entry(name, "gateway", String.class, String.class));
        }
        return all;
    }

    private static OpenApiHandler entry(String operation, String method, Class<?>... parameters) {
        try {
            return new OpenApiHandler(operation, new HandlerMethod(new Entries(), method, parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The phones' entries are servlets; this is how they would declare themselves as handlers. */
    static final class Entries {
        @ResponseStatus(HttpStatus.ACCEPTED)
        public void phone(Caller.OfDevice caller, @RequestParam boolean partial) {}

        public void gateway(@PathVariable String adapter, @PathVariable String deviceToken) {}
    }

    /** The name of the security scheme; empty when it needs no key. */
    String scheme() {
        return parameters()
                .map(Parameter::getType)
                .filter(SCHEMES::containsKey)
                .map(SCHEMES::get)
                .collect(Collectors.joining());
    }

    Set<String> query() {
        Set<String> names = named(RequestParam.class);
        names.addAll(takes(Page.Request.class) ? List.of("limit", "cursor") : List.of());
        return names;
    }

    Set<String> path() {
        return named(PathVariable.class);
    }

    boolean takesJson() {
        return takes(JsonBody.class);
    }

    boolean takesIfMatch() {
        return takes(IfMatch.class);
    }

    /** Whether it answers with an object that has a version. */
    boolean tellsVersion() {
        return Versioned.class.isAssignableFrom(method.getReturnType().getParameterType());
    }

    /** Its answers when all goes well; where a job may do the rest, there are two. */
    Set<String> successes() {
        if (method.getMethod().getGenericReturnType().getTypeName().contains(JobAnswer.class.getName())) {
            return Set.of("202", "204");
        }
        return List.of(
                                "POST /v1/deliveries/replay",
                                "POST /v1/connections/{id}/backfill",
                                "POST /v1/rules/replay",
                                "POST /v1/devices/{id}/import")
                        .contains(operation)
                ? Set.of("200", "202")
                : Set.of(success());
    }

    String success() {
        ResponseStatus status = method.getMethodAnnotation(ResponseStatus.class);
        return status == null ? "200" : String.valueOf(status.value().value());
    }

    /** Errors that are possible with every handler of its kind; it may have more. */
    Set<String> errors() {
        Set<String> statuses = new TreeSet<>();
        if (!scheme().isEmpty()) {
            statuses.addAll(List.of("401", "403", "429"));
            statuses.addAll(operation.startsWith("GET") ? List.of() : List.of("503"));
        }
        statuses.addAll(takesJson() ? List.of("400", "413", "422") : List.of());
        boolean ofPhones = scheme().equals("deviceToken") || operation.contains(" /v1/inbound/");
        statuses.addAll(ofPhones ? List.of() : List.of("422")); // a query parameter that it does not take
        statuses.addAll(takesIfMatch() ? List.of("400", "412") : List.of());
        boolean makesIt = operation.equals("PUT /v1/resources/{name}");
        statuses.addAll(path().isEmpty() || makesIt ? List.of() : List.of("404"));
        return statuses;
    }

    private boolean takes(Class<?> type) {
        return parameters().anyMatch(parameter -> parameter.getType() == type);
    }

    private Set<String> named(Class<? extends Annotation> annotation) {
        return parameters()
                .filter(parameter -> parameter.isAnnotationPresent(annotation))
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<Parameter> parameters() {
        return Arrays.stream(method.getMethod().getParameters());
    }
}
