package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.PropertySchema;
import com.mobileapiconnect.bridge.mapping.MappingCheck;
import com.mobileapiconnect.bridge.message.Trimmed;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code properties} of a connection by the schema of its connector. A PUT replaces all properties except secrets
 * that it leaves out; these are kept if the connector is the same.
 */
final class PropertyFields {

    private static final String NAME = "properties";
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_VALUES = 1_000;
    private static final int DEEPEST = 8;

    private final Fields target;
    private final PropertySchema schema;
    private final TargetProperties old;
    /** Names whose fault has been reported already. */
    private final Set<String> faulty = new TreeSet<>();

    private PropertyFields(Fields target, PropertySchema schema, TargetProperties old) {
        this.target = target;
        this.schema = schema;
        this.old = old;
    }

    /** @param sameUrl whether the URL leads to the receiver of the stored secrets */
    static TargetProperties read(
            Fields target, Connector connector, Target old, boolean sameUrl, Consumer<Checked> rules) {
        JsonNode given = target.raw(NAME);
        String unfit = given == null ? null : unfit(given);
        if (unfit != null) {
            target.wrong(NAME, unfit);
            return TargetProperties.NONE;
        }
        boolean removed = target.has(NAME) && given == null;
        boolean other = !connector.name().equals(old.connector());
        return new PropertyFields(
                        target, connector.properties(), removed || other ? TargetProperties.NONE : old.properties())
                .read(sameUrl, rules);
    }

    /** Properties that their schema is content with. */
    record Checked(JsonNode plain, BiConsumer<String, String> wrong) {}

    private TargetProperties read(boolean sameUrl, Consumer<Checked> rules) {
        Fields given = target.objectOrEmpty(NAME);
        int before = given.faults();
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        Set<String> secret = schema.secrets();
        for (String name : given.names()) {
            JsonNode value = given.raw(name);
            if (value != null && !secret.contains(name)) {
                plain.set(name, value);
            }
        }
        TargetProperties properties = new TargetProperties(plain, secrets(given, sameUrl && leadsLike(plain)));
        schema.check(properties.opened(), (path, message) -> {
            if (!faulty.contains(path)) {
                given.wrong(path, message);
            }
        });
        names(given, plain);
        if (given.faults() == before) {
            rules.accept(new Checked(plain, given::wrong));
        }
        return properties;
    }

    /** Refuses a mapping or a template with a name that no message has. */
    private void names(Fields given, JsonNode plain) {
        for (String name : schema.mappings()) {
            MappingCheck.fields(plain.path(name), (path, flaw) -> given.wrong(name + "." + path, flaw));
        }
        for (String name : schema.templates()) {
            if (plain.path(name).isTextual()) {
                MappingCheck.text(plain.path(name).textValue(), name, given::wrong);
            }
        }
    }

    /**
     * Returns whether all properties that are addresses are unchanged; otherwise a caller could have a stored secret
     * sent to himself.
     */
    private boolean leadsLike(JsonNode plain) {
        return schema.addresses().stream()
                .allMatch(name -> plain.path(name).equals(old.plain().path(name)));
    }

    private Map<String, Redacted> secrets(Fields given, boolean mayKeep) {
        Map<String, Redacted> secrets = new LinkedHashMap<>();
        for (String name : schema.secrets()) {
            int before = given.faults();
            Redacted secret = SecretField.optional(
                    given, name, SecretField.LONGEST, old.secrets().get(name), mayKeep);
            if (secret != null) {
                secrets.put(name, secret);
                String padded = secret == old.secrets().get(name) ? null : Trimmed.fault(secret.reveal());
                if (secret.isUnknown()) {
                    faulty.add(name); // what the real one will be, the schema cannot know
                } else if (padded != null) {
                    given.wrong(name, padded);
                }
            }
            if (given.faults() > before) {
                faulty.add(name);
            }
        }
        return secrets;
    }

    private static @Nullable String unfit(JsonNode given) {
        if (!given.isObject()) {
            return "must be an object";
        }
        if (depth(given) > DEEPEST) {
            return "must not be nested deeper than " + DEEPEST;
        }
        if (values(given) > MOST_VALUES) {
            return "must have at most " + MOST_VALUES + " values in all";
        }
        if (!finite(given)) {
            return "must not have a number beyond 1.7e308";
        }
        return given.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
                ? "must be at most " + (MOST_BYTES >> 10) + " KiB of JSON"
                : null;
    }

    private static boolean finite(JsonNode node) {
        for (JsonNode inner : node) {
            if (!finite(inner)) {
                return false;
            }
        }
        return !node.isDouble() || Double.isFinite(node.doubleValue());
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode inner : node) {
            deepest = Math.max(deepest, depth(inner));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }

    private static int values(JsonNode node) {
        int values = node.size();
        for (JsonNode inner : node) {
            values += values(inner);
        }
        return values;
    }
}
