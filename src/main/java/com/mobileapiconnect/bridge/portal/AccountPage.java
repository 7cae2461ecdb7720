package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The things of a tenant that are no messages: its keys, the log of changes, and its configuration as a file. */
@Component
class AccountPage implements PortalPage {

    private static final String PATH = "/account";
    private static final String KEYS = "/v1/keys";
    private static final String CONFIG = "/v1/config";
    private static final List<String> PARTS =
            List.of("webhook", "operations", "guards", "devices", "keys", "connections", "rules");
    private static final List<String> WAYS = List.of("created", "changed", "removed");

    @Override
    public Place place() {
        return Place.ACCOUNT;
    }

    /**
     * A value that changes inside a thing.
     *
     * @param before null for none
     * @param after  null for none
     */
    record Value(String field, JsonNode before, JsonNode after) {

        /** Returns whether it is a secret that the file gives, which nobody is shown. */
        boolean isSecret() {
            return before.isBoolean() && before.equals(after);
        }

        static String words(JsonNode value) {
            return value.isTextual() ? value.textValue() : value.toString();
        }
    }

    /** A thing that a file makes, changes or removes. */
    record Entry(
            String id,
            String name,
            @Nullable String token,
            @Nullable String key,
            List<Value> changes) {

        /** Returns what is shown this once; null if there is nothing. */
        @Nullable String secret() {
            return token == null ? key : token;
        }
    }

    /** @param way created, changed or removed */
    record Changed(String way, Entry entry) {}

    record Part(String name, List<Changed> changes) {}

    /**
     * @param applied whether the changes were made; otherwise they would be
     * @param leftOut number of values that change and are not shown, because there are too many
     */
    record Difference(
            boolean applied,
            List<Part> parts,
            int leftOut,
            List<String> needsSecret,
            @Nullable String job) {}

    record Fault(String field, String message) {}

    /**
     * The configuration.
     *
     * @param difference null before a file was given
     */
    record Config(String yaml, boolean discard, @Nullable Difference difference, List<Fault> faults) {}

    @Override
    public Reply show(Visit visit) {
        return switch (visit.part(0)) {
            case "" -> keys(KeyForms.of(visit, KEYS, PATH));
            case "log" -> Reply.page("log.title", "accountlog", ChangeLog.of(visit, "/v1/audit", PATH + "/log", true));
            case "configuration" -> config(new Config(export(visit), false, null, List.of()));
            case "configuration.yaml" ->
                new Reply.File(
                        "application/yaml",
                        Map.of("Content-Disposition", "attachment; filename=\"erp-bridge.yaml\""),
                        export(visit).getBytes(StandardCharsets.UTF_8));
            default -> Reply.to(PATH);
        };
    }

    private static String export(Visit visit) {
        return visit.get(CONFIG).orThrow().json().asText();
    }

    private static Reply keys(KeyForms.Keys keys) {
        return Reply.page("keys", "account", keys);
    }

    private static Reply config(Config config) {
        return Reply.page("config.title", "configuration", config);
    }

    @Override
    public Reply act(Visit visit) {
        return switch (visit.part(0)) {
            case "keys" -> keys(KeyForms.make(visit, KEYS, PATH));
            case "revoke" -> {
                KeyForms.revoke(visit, KEYS);
                yield Reply.to(PATH + "?said=revoked");
            }
            default -> compare(visit);
        };
    }

    /** Shows what a file would change, or changes it. */
    private static Reply compare(Visit visit) {
        String yaml = visit.form().raw("yaml");
        boolean discard = visit.form().has("discard");
        Answer answer = visit.call(Call.send("PUT", CONFIG, yaml.getBytes(StandardCharsets.UTF_8))
                .with("dryRun", visit.form().has("apply") ? null : "true")
                .with("discard", discard ? "true" : null));
        if (answer.status() == 422 || answer.status() == 400 || answer.status() == 409) {
            return config(new Config(yaml, discard, null, faults(answer)));
        }
        return config(new Config(yaml, discard, difference(answer.orThrow().json()), List.of()));
    }

    private static List<Fault> faults(Answer answer) {
        List<Fault> faults = new ArrayList<>();
        answer.errors().forEach((field, message) -> faults.add(new Fault(field, message)));
        return faults.isEmpty() ? List.of(new Fault("", answer.detail())) : faults;
    }

    private static List<Value> values(JsonNode changes) {
        List<Value> values = new ArrayList<>();
        changes.forEach(
                each -> values.add(new Value(each.path("field").asText(), each.path("before"), each.path("after"))));
        return values;
    }

    private static Difference difference(JsonNode json) {
        List<Part> parts = new ArrayList<>();
        for (String part : PARTS) {
            List<Changed> changes = new ArrayList<>();
            for (String way : WAYS) {
                json.path(part)
                        .path(way)
                        .forEach(each -> changes.add(new Changed(
                                way,
                                new Entry(
                                        each.path("id").asText(),
                                        each.path("name").asText(),
                                        each.path("token").textValue(),
                                        each.path("key").textValue(),
                                        values(each.path("changes"))))));
            }
            if (!changes.isEmpty()) {
                parts.add(new Part(part, changes));
            }
        }
        int leftOut = json.path("changesLeftOut").asInt();
        List<String> needs = new ArrayList<>();
        json.path("needsSecret").forEach(each -> needs.add(each.path("name").asText()));
        return new Difference(
                json.path("applied").asBoolean(),
                parts,
                leftOut,
                needs,
                json.path("job").textValue());
    }
}
