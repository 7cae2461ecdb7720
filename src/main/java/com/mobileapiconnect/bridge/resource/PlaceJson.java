package com.mobileapiconnect.bridge.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places as JSON in columns: what may be seen, and what is sealed. */
final class PlaceJson {

    private static final JsonMapper JSON = new JsonMapper();

    private PlaceJson() {}

    static String plain(Place place) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (place instanceof Place.Jdbc jdbc) {
            json.put("url", jdbc.url().text());
            json.put("username", jdbc.username());
            json.put("maxConnections", jdbc.maxConnections());
        } else if (place instanceof Place.Kafka kafka) {
            json.put("bootstrapServers", kafka.bootstrapServers());
            ObjectNode properties = json.putObject("properties");
            kafka.properties().forEach(properties::put);
        } else if (place instanceof Place.Folder folder) {
            json.put("path", folder.path().toString());
        }
        return json.toString();
    }

    /** Returns null if there are none. */
    static @Nullable String secrets(Place place) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (place instanceof Place.Jdbc jdbc && jdbc.password() != null) {
            json.put("password", jdbc.password().reveal());
        } else if (place instanceof Place.Kafka kafka) {
            kafka.secrets().forEach((name, secret) -> json.put(name, secret.reveal()));
        }
        return json.isEmpty() ? null : json.toString();
    }

    static Place read(ResourceKind kind, String plain, @Nullable String secrets) {
        JsonNode json = parse(plain);
        JsonNode hidden = secrets == null ? JsonNodeFactory.instance.objectNode() : parse(secrets);
        return switch (kind) {
            case DATABASE -> {
                String url = json.get("url").textValue();
                JsonNode password = hidden.get("password");
                yield new Place.Jdbc(
                        new JdbcUrl(DatabaseBrand.of(url), url),
                        json.path("username").textValue(),
                        password == null ? null : new Redacted(password.textValue()),
                        json.get("maxConnections").intValue());
            }
            case KAFKA -> {
                Map<String, String> properties = new LinkedHashMap<>();
                json.get("properties")
                        .properties()
                        .forEach(each ->
                                properties.put(each.getKey(), each.getValue().textValue()));
                Map<String, Redacted> kept = new LinkedHashMap<>();
                hidden.properties()
                        .forEach(each -> kept.put(
                                each.getKey(), new Redacted(each.getValue().textValue())));
                yield new Place.Kafka(json.get("bootstrapServers").textValue(), properties, kept);
            }
            case FOLDER -> new Place.Folder(Path.of(json.get("path").textValue()));
        };
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A resource that the bridge wrote cannot be read", e);
        }
    }
}
