package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Databases, brokers and folders, which the operator names for tenants and routes. */
final class ResourceForms {

    static final List<String> KINDS = List.of("database", "kafka", "folder");

    private static final String API = "/v1/resources";
    private static final String PAGE = "/settings/resources";
    private static final String NEW = "_new";
    private static final String NAME = "[a-z][a-z0-9-]{0,63}";

    private ResourceForms() {}

    record Resource(
            String name,
            String kind,
            @Nullable String url,
            @Nullable String username,
            boolean password,
            @Nullable Integer maxConnections,
            @Nullable String bootstrapServers,
            @Nullable Map<String, JsonNode> properties,
            @Nullable String path,
            JsonNode tenants,
            String source,
            long version,
            @Nullable String updatedAt) {

        boolean isSecret(String option) {
            return properties != null
                    && properties.containsKey(option)
                    && properties.get(option).isBoolean();
        }

        boolean isOfSettings() {
            return source.equals("setting");
        }

        /** Returns where it is, whatever its kind. */
        String place() {
            return Objects.requireNonNullElse(url, Objects.requireNonNullElse(bootstrapServers, String.valueOf(path)));
        }
    }

    record Listed(List<Resource> resources) {}

    /**
     * The form of a resource.
     *
     * @param stored null for a new one
     * @param sent   null for a form that was not sent yet
     * @param meanwhile what somebody else has changed; null for nothing
     */
    record One(
            String kind,
            @Nullable Resource stored,
            @Nullable Form sent,
            Map<String, String> errors,
            @Nullable Meanwhile meanwhile) {

        One(String kind, @Nullable Resource stored, @Nullable Form sent, Map<String, String> errors) {
            this(kind, stored, sent, errors, null);
        }

        /** Returns the version that the form was made of; one that nobody has seen yet is not changed by it. */
        String version() {
            return sent != null && meanwhile == null && sent.has("version")
                    ? sent.get("version")
                    : stored == null ? "" : Long.toString(stored.version());
        }

        String path() {
            return PAGE + "/" + (stored == null ? NEW : stored.name());
        }

        /** Returns what is wrong with a field, or with a part of it; null if nothing is. */
        @Nullable String wrong(String field) {
            return errors.entrySet().stream()
                    .filter(each -> each.getKey().equals(field)
                            || each.getKey().startsWith(field + ".")
                            || each.getKey().startsWith(field + "["))
                    .map(each -> each.getKey().equals(field) ? each.getValue() : each.getKey() + " " + each.getValue())
                    .findFirst()
                    .orElse(null);
        }

        private String value(String field, @Nullable Object now) {
            return sent != null ? sent.get(field) : now == null ? "" : now.toString();
        }

        String name() {
            return value("name", stored == null ? null : stored.name());
        }

        String url() {
            return value("url", stored == null ? null : stored.url());
        }

        String username() {
            return value("username", stored == null ? null : stored.username());
        }

        /** Returns a password that was typed; one that stands is kept, and nobody sees it. */
        String password() {
            return sent == null ? "" : sent.raw("password");
        }

        String maxConnections() {
            return value("maxConnections", stored == null ? null : stored.maxConnections());
        }

        String bootstrapServers() {
            return value("bootstrapServers", stored == null ? null : stored.bootstrapServers());
        }

        String folder() {
            return value("path", stored == null ? null : stored.path());
        }

        /** Returns options of a client as lines, with secrets as {@code true}. */
        String properties() {
            StringBuilder lines = new StringBuilder();
            if (stored != null && stored.properties() != null) {
                stored.properties().forEach((name, value) -> lines.append(name)
                        .append('=')
                        .append(value.asText())
                        .append('\n'));
            }
            return sent != null ? sent.raw("properties") : lines.toString();
        }

        /** Returns ids with commas between; empty for all tenants. */
        String tenants() {
            StringBuilder ids = new StringBuilder();
            if (stored != null && stored.tenants().isArray()) {
                stored.tenants()
                        .forEach(id -> ids.append(ids.isEmpty() ? "" : ", ").append(id.asText()));
            }
            return value("tenants", ids);
        }
    }

    static Reply show(Visit visit) {
        String name = visit.part(1);
        if (name.isEmpty()) {
            return Reply.page(
                    "resources.title",
                    "resources",
                    new Listed(visit.call(Call.get(API).with("limit", "500")).list(Resource.class)));
        } else if (name.equals(NEW)) {
            String kind = visit.form().get("kind");
            return page(new One(KINDS.contains(kind) ? kind : KINDS.get(0), null, null, Map.of()));
        }
        Resource stored = visit.get(API + "/" + name).as(Resource.class);
        return page(new One(stored.kind(), stored, null, Map.of()));
    }

    private static Reply page(One one) {
        int status = one.meanwhile() == null ? Reply.OK : Meanwhile.CHANGED;
        return Reply.page(
                status, one.stored() == null ? "resources.new" : one.stored().name(), "resource", one);
    }

    static Reply act(Visit visit) {
        if (visit.part(2).equals("delete")) {
            Answer deleted = visit.call(Call.send("DELETE", API + "/" + visit.part(1))
                    .ifVersion(visit.form().get("version")));
            if (deleted.status() == 409) {
                Resource stored = visit.get(API + "/" + visit.part(1)).as(Resource.class);
                return page(new One(stored.kind(), stored, null, Map.of("delete", deleted.detail())));
            }
            deleted.orThrow();
            return Reply.to(PAGE + "?said=deleted");
        }
        return save(visit);
    }

    private static Reply save(Visit visit) {
        Form form = visit.form();
        boolean isNew = visit.part(1).equals(NEW);
        String name = isNew ? form.get("name") : visit.part(1);
        Answer stored = name.matches(NAME) ? visit.get(API + "/" + name) : new Answer(404, Answer.JSON.nullNode());
        Resource now = isNew || !stored.isGood() ? null : stored.as(Resource.class);
        if (isNew && (stored.isGood() || !name.matches(NAME))) {
            String words = visit.texts().get(stored.isGood() ? "resource.taken" : "resource.name.hint");
            return page(new One(form.get("kind"), null, form, Map.of("name", words)));
        }
        Answer saved = visit.call(Call.send("PUT", API + "/" + name, Visit.bytes(fields(form, now)))
                .with("check", form.has("unchecked") ? "false" : null)
                .ifVersion(form.get("version")));
        if (saved.status() == 422 || saved.status() == 409) {
            Map<String, String> errors = saved.status() == 409 ? Map.of("", saved.detail()) : saved.errors();
            return page(new One(form.get("kind"), now, form, errors));
        }
        if (saved.status() == Meanwhile.CHANGED && now != null) {
            return changed(visit, form, name);
        }
        saved.orThrow();
        return Reply.to(PAGE + "/" + name + "?said=saved");
    }

    /** Shows what was typed once more, as a change of the resource as it is now. */
    private static Reply changed(Visit visit, Form form, String name) {
        Answer answer = visit.get(API + "/" + name);
        Resource now = answer.as(Resource.class);
        ObjectNode typed = answer.object();
        typed.setAll(fields(form, now));
        Meanwhile meanwhile = new Meanwhile(null, null, Meanwhile.differing(answer.json(), typed));
        return page(new One(now.kind(), now, form, Map.of(), meanwhile));
    }

    /** @param now the resource that is replaced; null for a new one */
    private static ObjectNode fields(Form form, @Nullable Resource now) {
        String kind = form.get("kind");
        ObjectNode wanted = Answer.JSON.createObjectNode().put("kind", kind);
        switch (kind) {
            case "database" -> {
                wanted.put("url", form.get("url"));
                put(wanted, "username", form.get("username"));
                put(wanted, "password", form.raw("password"));
                if (form.has("maxConnections")) {
                    String most = form.get("maxConnections");
                    wanted.put("maxConnections", most.matches("\\d{1,9}") ? Integer.parseInt(most) : -1);
                }
            }
            case "kafka" -> {
                wanted.put("bootstrapServers", form.get("bootstrapServers"));
                options(form.raw("properties"), now, wanted.putObject("properties"));
            }
            default -> wanted.put("path", form.get("path"));
        }
        if (form.has("tenants")) {
            ArrayNode tenants = wanted.putArray("tenants");
            for (String id : form.get("tenants").split("[,\\s]+")) {
                tenants.add(id);
            }
        } else {
            wanted.put("tenants", "all");
        }
        return wanted;
    }

    /** A line is {@code name=value}; a secret that is set stands there as {@code true}, and is kept. */
    private static void options(String lines, @Nullable Resource now, ObjectNode into) {
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int end = line.indexOf('=');
            String name = (end < 0 ? line : line.substring(0, end)).strip();
            String value = end < 0 ? "" : line.substring(end + 1).strip();
            if (now != null && now.isSecret(name) && value.equals("true")) {
                into.put(name, true);
            } else {
                into.put(name, value);
            }
        });
    }

    private static void put(ObjectNode wanted, String name, String value) {
        if (!value.isEmpty()) {
            wanted.put(name, value);
        }
    }
}
