package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API keys of a tenant, made and revoked by the tenant itself or by the operator. */
final class KeyForms {

    static final List<String> SCOPES = List.of("everything", "read", "send", "devices", "rules");

    /** The path of a tenant's own keys at the API. */
    static final String OWN = "/v1/keys";

    private static final String ID = "key_[A-Za-z0-9_-]{1,80}";
    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";

    private KeyForms() {}

    record Key(
            String id,
            String name,
            List<String> scopes,
            @Nullable String expiresAt,
            @Nullable String lastUsedAt,
            String createdAt) {

        String shown() {
            return name.isBlank() ? id : name;
        }
    }

    /**
     * The keys and the form for another one.
     *
     * @param path   below which the forms are sent
     * @param form   what was typed; empty for a form that was not sent yet
     * @param secret a key that was made just now, shown this once
     */
    record Keys(
            String path,
            List<Key> keys,
            Form form,
            Map<String, String> errors,
            @Nullable String secret) {

        boolean isChosen(String scope) {
            List<String> chosen = form.all("scopes");
            return chosen.isEmpty() ? scope.equals("everything") : chosen.contains(scope);
        }
    }

    /** @param api the path of the keys at the API */
    static Keys of(Visit visit, String api, String path) {
        return new Keys(path, all(visit, api), new Form(Map.of()), Map.of(), null);
    }

    /** Returns the names of the keys by their ids; none if the reader's key may not see them. */
    static Map<String, String> names(Visit visit, String api) {
        Answer keys = visit.call(Call.get(api).with("limit", "500"));
        Map<String, String> names = new LinkedHashMap<>();
        if (keys.isGood()) {
            keys.list(Key.class).forEach(key -> names.put(key.id(), key.shown()));
        }
        return names;
    }

    private static List<Key> all(Visit visit, String api) {
        return visit.call(Call.get(api).with("limit", "500")).list(Key.class);
    }

    /** Makes a key, or says what is wrong with the form. */
    static Keys make(Visit visit, String api, String path) {
        Form form = visit.form();
        ObjectNode wanted = Answer.JSON.createObjectNode().put("name", form.get("keyName"));
        if (!form.all("scopes").isEmpty()) {
            ArrayNode scopes = wanted.putArray("scopes");
            form.all("scopes").forEach(scopes::add);
        }
        if (form.has("expires")) {
            String day = form.get("expires");
            wanted.put("expiresAt", day.matches(DAY) ? day + "T00:00:00.000Z" : day);
        }
        Answer made = visit.send("POST", api, wanted);
        if (made.status() == 422) {
            return new Keys(path, all(visit, api), form, named(made.errors()), null);
        }
        return new Keys(
                path,
                all(visit, api),
                new Form(Map.of()),
                Map.of(),
                made.orThrow().text("key"));
    }

    /** Returns the errors under the names that the fields have in the form. */
    private static Map<String, String> named(Map<String, String> errors) {
        Map<String, String> named = new LinkedHashMap<>();
        errors.forEach((field, words) ->
                named.put(field.equals("name") ? "keyName" : field.equals("expiresAt") ? "expires" : field, words));
        return named;
    }

    static void revoke(Visit visit, String api) {
        String key = visit.form().get("key");
        visit.call(Call.send("DELETE", api + "/" + (key.matches(ID) ? key : "none")))
                .orThrow();
    }
}
