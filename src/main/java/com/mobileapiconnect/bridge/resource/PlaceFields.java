package com.mobileapiconnect.bridge.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a resource is. Secrets that are left out, or shown as {@code true}, are kept where the place is the same:
 * who may change an address could have a stored password sent to himself.
 */
final class PlaceFields {

    static final int LONGEST_LOGIN = 256;
    static final int LONGEST_PASSWORD = 8_192;
    static final int LONGEST_SERVERS = 1_000;
    static final int LONGEST_PATH = 1_000;

    private static final Pattern SERVERS = Pattern.compile(
            "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}(?:,(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5})*");
    private static final String AGAIN = "must be given again, because the resource leads elsewhere now";

    private final Fields fields;
    private final @Nullable Place old;
    private final boolean ofOperator;

    private PlaceFields(Fields fields, @Nullable Place old, boolean ofOperator) {
        this.fields = fields;
        this.old = old;
        this.ofOperator = ofOperator;
    }

    /**
     * @param old        the place that is replaced; null for a new one
     * @param ofOperator whether the fields are of a setting, which somebody wrote who has the machine
     * @return null if something is wrong, and reported
     */
    static @Nullable Place read(Fields fields, ResourceKind kind, @Nullable Place old, boolean ofOperator) {
        int before = fields.faults();
        PlaceFields reading = new PlaceFields(fields, old, ofOperator);
        Place place =
                switch (kind) {
                    case DATABASE -> reading.database();
                    case KAFKA -> reading.kafka();
                    case FOLDER -> reading.folder();
                };
        return fields.faults() == before ? place : null;
    }

    private @Nullable Place database() {
        String text = required("url", JdbcUrl.LONGEST, "jdbc:postgresql://host:5432/database");
        String username = fields.text("username", LONGEST_LOGIN);
        int most = fields.integer("maxConnections", 1, Place.Jdbc.MOST_CONNECTIONS, Place.Jdbc.DEFAULT_CONNECTIONS);
        if (text == null) {
            return null;
        }
        JdbcUrl.Parsed parsed;
        try {
            parsed = JdbcUrl.parse(text, ofOperator);
        } catch (IllegalArgumentException e) {
            fields.wrong("url", String.valueOf(e.getMessage()));
            return null;
        }
        if (parsed.password() != null && fields.has("password")) {
            fields.wrong("url", "must not have a password beside the field password");
        }
        Place.Jdbc open = new Place.Jdbc(parsed.url(), username != null ? username : parsed.username(), null, most);
        Redacted kept = old instanceof Place.Jdbc jdbc ? jdbc.password() : null;
        Redacted password = parsed.password() != null
                ? new Redacted(parsed.password())
                : secret(fields, "password", LONGEST_PASSWORD, kept, open);
        return new Place.Jdbc(open.url(), open.username(), password, most);
    }

    private @Nullable Place kafka() {
        String servers = required("bootstrapServers", LONGEST_SERVERS, "broker-1:9092,broker-2:9092");
        if (servers != null && !SERVERS.matcher(servers).matches()) {
            fields.wrong("bootstrapServers", "must be hosts with ports, separated by commas, such as broker-1:9092");
        }
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, Redacted> secrets = new LinkedHashMap<>();
        Place.Kafka open = new Place.Kafka(servers == null ? "" : servers, plain, secrets);
        Map<String, Redacted> stored = old instanceof Place.Kafka kafka ? kafka.secrets() : Map.of();
        Fields given = fields.objectOrEmpty("properties");
        stored.forEach((name, kept) -> {
            Redacted secret = secret(given, name, KafkaOptions.LONGEST_VALUE, kept, open);
            if (secret != null) {
                secrets.put(name, secret);
            }
        });
        for (String name : given.names()) {
            option(given, name, plain, secrets);
        }
        return new Place.Kafka(open.bootstrapServers(), plain, secrets);
    }

    private static void option(Fields given, String name, Map<String, String> plain, Map<String, Redacted> secrets) {
        JsonNode value = given.raw(name);
        if (value == null || secrets.containsKey(name)) {
            return; // removed, or read already
        } else if (value.isContainerNode() || (KafkaOptions.isSecret(name) && !value.isTextual())) {
            given.wrong(name, Fields.NO_TEXT);
            return;
        }
        String fault = KafkaOptions.fault(name, value.asText());
        if (fault != null) {
            given.wrong(name, fault);
        } else if (KafkaOptions.isSecret(name)) {
            secrets.put(name, new Redacted(value.asText()));
        } else {
            plain.put(name, value.asText());
        }
    }

    private @Nullable Place folder() {
        String text = required("path", LONGEST_PATH, "/var/lib/erp/in");
        if (text == null) {
            return null;
        }
        try {
            Path path = Path.of(text);
            if (!path.isAbsolute() || !path.normalize().equals(path)) {
                fields.wrong("path", "must be an absolute path, without . and ..");
            }
            return new Place.Folder(path);
        } catch (InvalidPathException e) {
            fields.wrong("path", "must be a path");
            return null;
        }
    }

    private @Nullable String required(String name, int longest, String example) {
        int before = fields.faults();
        String text = fields.text(name, longest);
        if (text == null && fields.faults() == before) {
            fields.wrong(name, "must be given, such as \"" + example + "\"");
        } else if (text != null && Fields.hasControls(text)) {
            fields.wrong(name, "must not contain control characters");
            return null;
        }
        return text;
    }

    private @Nullable Redacted secret(Fields where, String name, int longest, @Nullable Redacted kept, Place leading) {
        if (!where.leaves(name)) {
            String text = where.text(name, longest);
            String fault = text == null || leading.kind() != ResourceKind.KAFKA ? null : KafkaOptions.fault(name, text);
            if (fault != null) {
                where.wrong(name, fault);
            }
            return text == null ? null : new Redacted(text);
        } else if (kept == null && where.has(name)) {
            where.wrong(name, "must be a string: true keeps a stored secret, and there is none");
        } else if (kept != null && (old == null || !leading.leadsLike(old))) {
            where.wrong(name, AGAIN);
        }
        return kept;
    }
}
