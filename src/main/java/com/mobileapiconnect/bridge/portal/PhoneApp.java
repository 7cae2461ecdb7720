package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The app of a phone: its name and secret, how its requests are read, and the way of SMS to it. */
final class PhoneApp {

    /** The apps and providers that SMS are pushed to, each with its fields; a star stands behind a secret. */
    static final Map<String, List<String>> TRANSPORTS = new TreeMap<>(Map.of(
            "android-sms-gateway", List.of("url", "username", "password*"),
            "httpsms", List.of("url", "apiKey*", "from"),
            "kannel", List.of("url", "username", "password*", "from", "reportUrl*"),
            "textbee", List.of("url", "apiKey*"),
            "twilio", List.of("url", "accountSid", "authToken*", "from", "reportUrl*"),
            "vonage", List.of("url", "apiKey", "apiSecret*", "from")));

    static final String POLL = "poll";
    private static final String TRANSPORT = "transport.";
    /** The app that may send lines which a person has laid out. */
    private static final String OF_LINES = "sms-forwarder";

    private static final String SECRET = "*";

    private PhoneApp() {}

    private static String bare(String setting) {
        return setting.replace(SECRET, "");
    }

    /**
     * A field of a transport.
     *
     * @param name of the field in the form, as the API says what is wrong with it
     */
    record Field(String setting, String name, boolean secret) {}

    /**
     * The page. Each part is a form of its own, with what stands or what was typed.
     *
     * @param typed  the part that was typed and is not saved; empty for none
     * @param errors what is wrong with each of its fields
     */
    record Shown(
            String id,
            String name,
            String version,
            @Nullable String adapter,
            boolean signed,
            List<String> adapters,
            Form app,
            Form mapping,
            Form transport,
            String typed,
            Map<String, String> errors,
            @Nullable Meanwhile meanwhile) {

        boolean isMapped() {
            return AppMapping.APP.equals(adapter);
        }

        boolean isOfLines() {
            return OF_LINES.equals(adapter);
        }

        String type() {
            return transport.get(TRANSPORT + "type");
        }

        /** Returns whether the secrets that are not shown belong to the transport that is. */
        boolean isStanding() {
            return transport.has("standing");
        }

        List<Field> fields() {
            return TRANSPORTS.getOrDefault(type(), List.of()).stream()
                    .map(each -> new Field(bare(each), TRANSPORT + bare(each), each.endsWith(SECRET)))
                    .toList();
        }

        /** Returns what is wrong with a field, or with a part of it; null for nothing. */
        @Nullable String wrong(String at) {
            return errors.entrySet().stream()
                    .filter(each -> each.getKey().equals(at) || each.getKey().startsWith(at + "."))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
    }

    static Reply show(Visit visit, String id) {
        return page(visit, visit.get(PhonesPage.API + "/" + id), "", Map.of(), null);
    }

    static Reply act(Visit visit, String id) {
        Form form = visit.form();
        String part = visit.part(2);
        ObjectNode wanted = Answer.JSON.createObjectNode();
        switch (part) {
            case "settings" -> app(form, wanted);
            case "mapping" -> wanted.set("mapping", AppMapping.json(form));
            case "transport" -> wanted.set("transport", transport(form));
            default -> {
                return show(visit, id);
            }
        }
        String api = PhonesPage.API + "/" + id;
        Answer saved = visit.call(Call.send("PATCH", api, Visit.bytes(wanted)).ifVersion(form.get("version")));
        if (saved.status() == 422) {
            return page(visit, visit.get(api), part, saved.errors(), null);
        } else if (saved.status() == Meanwhile.CHANGED) {
            Answer now = visit.get(api);
            ObjectNode typed = now.object();
            typed.setAll(wanted);
            return page(visit, now, part, Map.of(), Meanwhile.of(visit, id, now.json(), typed));
        }
        saved.orThrow();
        return Reply.to("/phones/" + id + "/app?said=saved");
    }

    private static void app(Form form, ObjectNode wanted) {
        wanted.put("adapter", form.has("adapter") ? form.get("adapter") : null);
        wanted.put("outbox", form.has("outbox"));
        if (form.has("lines")) {
            wanted.put("template", form.has("template"));
        }
        if (form.has("signingKey")) {
            wanted.put("signingKey", form.get("signingKey"));
        } else if (form.has("unsigned")) {
            wanted.putNull("signingKey");
        }
    }

    /** Returns the transport; a secret that is left out is kept while it may be. */
    private static ObjectNode transport(Form form) {
        ObjectNode transport = Answer.JSON.createObjectNode().put("type", form.get(TRANSPORT + "type"));
        for (String each : TRANSPORTS.getOrDefault(form.get(TRANSPORT + "type"), List.of())) {
            String setting = bare(each);
            if (form.has(TRANSPORT + setting)) {
                transport.put(setting, form.get(TRANSPORT + setting));
            }
        }
        return transport;
    }

    private static Reply page(
            Visit visit, Answer answer, String typed, Map<String, String> errors, @Nullable Meanwhile meanwhile) {
        Form form = visit.form();
        JsonNode phone = answer.orThrow().json();
        boolean fresh = typed.isEmpty() || meanwhile != null;
        Shown shown = new Shown(
                phone.path("id").asText(),
                phone.path("name").asText(),
                fresh ? answer.tag() : form.get("version"),
                phone.path("adapter").textValue(),
                phone.path("signed").asBoolean(),
                adapters(visit, text(phone, "adapter")),
                typed.equals("settings") ? form : standing(phone),
                typed.equals("mapping") ? form : AppMapping.of(phone.path("mapping")),
                typed.equals("transport") ? form : transport(phone.path("transport"), form.get("type")),
                typed,
                errors,
                meanwhile);
        return Reply.page(meanwhile == null ? Reply.OK : Meanwhile.CHANGED, "app.title", "phoneapp", shown);
    }

    /** Returns the apps that there are, and the phone's own, which may be served no longer. */
    private static List<String> adapters(Visit visit, String own) {
        List<String> adapters = new ArrayList<>();
        visit.call(Call.get("/v1/adapters").with("limit", "500"))
                .orThrow()
                .json()
                .path("data")
                .forEach(each -> adapters.add(each.path("name").asText()));
        if (!own.isEmpty() && !adapters.contains(own)) {
            adapters.add(own);
        }
        return adapters.stream().sorted().toList();
    }

    /** Returns a text; empty where there is none. */
    private static String text(JsonNode phone, String field) {
        String text = phone.path(field).textValue();
        return text == null ? "" : text;
    }

    private static Form standing(JsonNode phone) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("adapter", List.of(text(phone, "adapter")));
        fields.put("outbox", List.of(phone.path("outbox").asBoolean() ? "yes" : ""));
        fields.put("template", List.of(phone.path("template").asBoolean() ? "yes" : ""));
        return new Form(fields);
    }

    /** @param chosen the type whose fields are wanted; empty for the one that stands */
    private static Form transport(JsonNode transport, String chosen) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        String type = transport.path("type").asText(POLL);
        if (!chosen.isEmpty() && !chosen.equals(type)) {
            fields.put(TRANSPORT + "type", List.of(TRANSPORTS.containsKey(chosen) ? chosen : POLL));
            return new Form(fields);
        }
        transport
                .properties()
                .forEach(each -> fields.put(
                        TRANSPORT + each.getKey(),
                        List.of(each.getValue().isNull() ? "" : each.getValue().asText())));
        fields.put("standing", List.of("yes"));
        return new Form(fields);
    }
}
