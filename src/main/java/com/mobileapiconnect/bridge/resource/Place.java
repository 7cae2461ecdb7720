package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The place of a resource, and the login there. */
public sealed interface Place {

    ResourceKind kind();

    /** Returns whether a password that was given for the other place may go to this one. */
    boolean leadsLike(Place other);

    /**
     * A database.
     *
     * @param url            without a login
     * @param maxConnections of each tenant that uses it
     */
    record Jdbc(
            JdbcUrl url,
            @Nullable String username,
            @Nullable Redacted password,
            int maxConnections) implements Place {

        static final int DEFAULT_CONNECTIONS = 4;
        static final int MOST_CONNECTIONS = 32;

        @Override
        public ResourceKind kind() {
            return ResourceKind.DATABASE;
        }

        @Override
        public boolean leadsLike(Place other) {
            return other instanceof Jdbc jdbc && jdbc.url.equals(url);
        }
    }

    /**
     * Brokers.
     *
     * @param bootstrapServers {@code host:port}, separated by commas
     * @param properties       options of Kafka's clients
     * @param secrets          those of them that are never shown
     */
    record Kafka(String bootstrapServers, Map<String, String> properties, Map<String, Redacted> secrets)
            implements Place {

        public Kafka {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
            secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.KAFKA;
        }

        @Override
        public boolean leadsLike(Place other) {
            return other instanceof Kafka kafka && kafka.bootstrapServers.equals(bootstrapServers);
        }

        /** Returns what Kafka's clients are made with. */
        public Map<String, Object> client() {
            Map<String, Object> client = new LinkedHashMap<>(properties);
            secrets.forEach((name, secret) -> client.put(name, secret.reveal()));
            client.put("bootstrap.servers", bootstrapServers);
            pem(client, "ssl.truststore.certificates", "ssl.truststore.type");
            pem(client, "ssl.keystore.certificate.chain", "ssl.keystore.type");
            return client;
        }

        private static void pem(Map<String, Object> client, String text, String type) {
            if (client.containsKey(text)) {
                client.put(type, "PEM");
            }
        }
    }

    /** @param path absolute */
    record Folder(Path path) implements Place {

        @Override
        public ResourceKind kind() {
            return ResourceKind.FOLDER;
        }

        @Override
        public boolean leadsLike(Place other) {
            return equals(other);
        }
    }
}
