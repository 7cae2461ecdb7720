package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Metadata;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata}, {@code payload} and {@code signatureHeader} of a target. */
public final class FormFields {

    private static final String PAYLOAD = "payload";
    private static final String INCLUDE = "include";
    private static final String SIGNATURE_HEADER = "signatureHeader";

    private FormFields() {}

    /** @param http the options of the same target: their headers have names of their own */
    public static Form read(Fields fields, HttpOptions http) {
        return new Form(Metadata.read(fields), include(fields.object(PAYLOAD)), header(fields, http));
    }

    private static List<Form.Include> include(@Nullable Fields payload) {
        JsonNode given = payload == null ? null : payload.allow(INCLUDE).raw(INCLUDE);
        if (payload == null || given == null) {
            return List.of();
        }
        Set<Form.Include> include = EnumSet.noneOf(Form.Include.class);
        if (!given.isArray()) {
            payload.wrong(INCLUDE, "must be a list of " + names());
        }
        for (JsonNode each : given) {
            named(each).ifPresentOrElse(include::add, () -> payload.wrong(INCLUDE, "may have only " + names()));
        }
        return List.copyOf(include);
    }

    private static Optional<Form.Include> named(JsonNode name) {
        return Arrays.stream(Form.Include.values())
                .filter(each -> each.wireName().equals(name.textValue()))
                .findFirst();
    }

    private static String names() {
        return Arrays.stream(Form.Include.values()).map(Form.Include::wireName).collect(Collectors.joining(", "));
    }

    private static String header(Fields fields, HttpOptions http) {
        String name = fields.text(SIGNATURE_HEADER, 4096);
        if (name == null || name.equalsIgnoreCase(Form.SIGNATURE)) {
            return Form.SIGNATURE;
        }
        String flaw = StaticHeaders.flawOfSignature(name);
        if (flaw == null
                && http.headers().keySet().stream()
                        .anyMatch(each -> each.equalsIgnoreCase(name) || each.equalsIgnoreCase(name + Form.PREVIOUS))) {
            flaw = "is one of the headers that http sets, or would be during a rotation";
        }
        if (flaw != null) {
            fields.wrong(SIGNATURE_HEADER, flaw);
            return Form.SIGNATURE;
        }
        return name;
    }
}
