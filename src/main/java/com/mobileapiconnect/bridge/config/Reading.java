package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reading of a tenant's file: what is wrong with it, what it lacks, and what its ids stand for. */
public final class Reading {

    private final Caller who;
    private final String tenantId;
    private final Instant now;
    private final List<Problem.FieldError> errors = new ArrayList<>();
    private final List<String> lacking = new ArrayList<>();
    private final Map<String, Difference.Entry> entries = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> devices = new HashMap<>();

    /** @param now to the millisecond */
    Reading(Caller who, String tenantId, Instant now) {
        this.who = who;
        this.tenantId = tenantId;
        this.now = now;
    }

    /**
     * A secret that has to be given before anything is sent or taken by its owner.
     *
     * @param field in the file
     * @param id    of the entry that lacks it
     */
    record Need(String field, String id, String name) {}

    /** Returns the person who brings the file. */
    public Caller who() {
        return who;
    }

    public String tenantId() {
        return tenantId;
    }

    public Instant now() {
        return now;
    }

    /** Receives mistakes. */
    public List<Problem.FieldError> errors() {
        return errors;
    }

    /** Receives the paths of secrets that have to be given yet. */
    public List<String> lacking() {
        return lacking;
    }

    /** Reads an entry, whose secrets may be missing. */
    public Fields fields(JsonNode json, String place) {
        return Fields.of(json, place + ".", errors, lacking);
    }

    /** Reads a part that is a mapping. Throws a 422 {@link Problem} if it is none. */
    public Fields mapping(Part part, JsonNode given) {
        if (!given.isObject()) {
            throw Problem.invalid(part.wireName(), "must be a mapping");
        }
        return fields(given, part.wireName());
    }

    /** Reads a part that is a list of mappings. Throws a 422 {@link Problem} if it is none, or too long. */
    public List<JsonNode> list(Part part, JsonNode given, int most) {
        if (!given.isArray() || given.size() > most) {
            throw Problem.invalid(part.wireName(), "must be a list of at most " + most);
        }
        List<JsonNode> items = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (!given.get(i).isObject()) {
                throw Problem.invalid(part.wireName() + "[" + i + "]", "must be a mapping");
            }
            items.add(given.get(i));
        }
        return items;
    }

    /** Notes what an entry of the file is. */
    public void is(String place, String id, String name) {
        entries.put(place, new Difference.Entry(id, name));
    }

    /** Notes that an entry lacks a secret, unless it is known already which one. */
    public void lacksSecret(String place) {
        if (lacking.stream().noneMatch(path -> path.startsWith(place + "."))) {
            lacking.add(place + ".secret");
        }
    }

    /** Notes which id an id or a name in the file stands for. */
    public void stands(String written, String id) {
        ids.put(written, id);
    }

    /** Returns the id that an id or a name in the file stands for; null if it is none of the file's. */
    public @Nullable String idOf(String written) {
        return ids.get(written);
    }

    /** Notes that a device of the file has another id here. */
    public void deviceStands(String written, String id) {
        if (!written.isEmpty() && !written.equals(id)) {
            devices.put(written, id);
        }
    }

    /** Returns an entry whose condition names devices by the ids that they have here. */
    public JsonNode here(JsonNode entry) {
        if (devices.isEmpty() || !entry.path("when").isObject()) {
            return entry;
        }
        JsonNode copy = entry.deepCopy();
        translate(copy.path("when"));
        return copy;
    }

    private void translate(JsonNode condition) {
        if (condition instanceof ObjectNode leaf && leaf.path("field").asText().equals("device")) {
            leaf.set("value", translated(leaf.path("value")));
        } else {
            condition.forEach(this::translate);
        }
    }

    private JsonNode translated(JsonNode value) {
        if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, translated(list.get(i)));
            }
        }
        String id = value.isTextual() ? devices.get(value.textValue()) : null;
        return id == null ? value : TextNode.valueOf(id);
    }

    List<Need> needs() {
        return lacking.stream()
                .map(path -> {
                    Difference.Entry entry = entries.get(path.substring(0, path.indexOf('.')));
                    return new Need(path, entry == null ? "" : entry.id(), entry == null ? "" : entry.name());
                })
                .toList();
    }

    void orThrow() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }
}
