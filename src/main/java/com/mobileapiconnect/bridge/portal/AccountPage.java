package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The things of a tenant that are no messages: keys, settings of SMS, opt-outs, the log, the configuration as a file. */
@Component
class AccountPage implements PortalPage {

    private static final String PATH = "/account";
    private static final String CONFIG = "/v1/config";
    private static final int CHANGED_MEANWHILE = 412;
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
     * @param seen    the state of the configuration with which the file was compared, and the file
     */
    record Difference(
            boolean applied,
            String seen,
            List<Part> parts,
            int leftOut,
            List<String> needsSecret,
            @Nullable String job) {}

    record Fault(String field, String message) {}

    /**
     * The configuration.
     *
     * @param difference null before a file was given
     * @param outdated   whether another comparison than this one was to be applied
     */
    record Config(
            String yaml, boolean discard, @Nullable Difference difference, boolean outdated, List<Fault> faults) {}

    @Override
    public Reply show(Visit visit) {
        return switch (visit.part(0)) {
            case "" -> keys(KeyForms.of(visit, KeyForms.OWN, PATH));
            case "sms" -> SmsForms.show(visit);
            case "opt-outs" -> OptOutForms.show(visit);
            case "log" -> Reply.page("log.title", "accountlog", ChangeLog.of(visit, "/v1/audit", PATH + "/log", true));
            case "configuration" -> config(new Config(export(visit), false, null, false, List.of()));
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
            case "keys" -> keys(KeyForms.make(visit, KeyForms.OWN, PATH));
            case "revoke" -> {
                KeyForms.revoke(visit, KeyForms.OWN);
                yield Reply.to(PATH + "?said=revoked");
            }
            case "sms" -> SmsForms.act(visit);
            case "opt-outs" -> OptOutForms.act(visit);
            default -> compare(visit);
        };
    }

    /** Shows what a file would change, or changes exactly that: a comparison that is no longer true is made anew. */
    private static Reply compare(Visit visit) {
        Form form = visit.form();
        String yaml = form.raw("yaml");
        if (!form.has("apply")) {
            return compared(visit, yaml, false, put(visit, yaml, true, ""));
        }
        String seen = form.get("seen");
        String tag = seen.substring(0, Math.max(0, seen.indexOf(' ')));
        if (!tag.isEmpty() && seen.equals(seen(tag, yaml))) {
            Answer applied = put(visit, yaml, false, tag);
            if (applied.status() != CHANGED_MEANWHILE) {
                return compared(visit, yaml, false, applied);
            }
        }
        return compared(visit, yaml, true, put(visit, yaml, true, ""));
    }

    private static Answer put(Visit visit, String yaml, boolean dryRun, String tag) {
        return visit.call(Call.send("PUT", CONFIG, yaml.getBytes(StandardCharsets.UTF_8))
                .with("dryRun", dryRun ? "true" : null)
                .with("discard", visit.form().has("discard") ? "true" : null)
                .ifVersion(tag));
    }

    private static Reply compared(Visit visit, String yaml, boolean outdated, Answer answer) {
        boolean discard = visit.form().has("discard");
        if (answer.status() == 422 || answer.status() == 400 || answer.status() == 409) {
            return config(new Config(yaml, discard, null, false, faults(answer)));
        }
        Difference difference = difference(answer.orThrow().json(), seen(answer.tag(), yaml));
        return config(new Config(yaml, discard, difference, outdated, List.of()));
    }

    /** Names what is compared: text of the form that was changed afterwards has been compared with nothing. */
    private static String seen(String tag, String yaml) {
        return tag + " " + UUID.nameUUIDFromBytes(yaml.strip().getBytes(StandardCharsets.UTF_8));
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

    private static Difference difference(JsonNode json, String seen) {
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
                seen,
                parts,
                leftOut,
                needs,
                json.path("job").textValue());
    }
}
