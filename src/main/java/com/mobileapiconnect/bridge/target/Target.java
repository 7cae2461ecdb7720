package com.mobileapiconnect.bridge.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.rule.When;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place that deliveries go to: a tenant's forward-all webhook, or one of its ERP connections.
 *
 * @param connector how it is reached; {@code webhook} is a signed POST
 * @param url       where; null for a forward-all webhook that was never set
 * @param enabled   while false no deliveries are made for it, and those made wait
 * @param status    active, or why its deliveries are held
 * @param when      what is mirrored to it
 */
public record Target(
        String id,
        String tenantId,
        Type type,
        String name,
        String connector,
        @Nullable String url,
        boolean enabled,
        Status status,
        @Nullable String statusReason,
        Signing signing,
        When when,
        JsonNode properties,
        RedeliveryPolicy redelivery,
        Pace pace,
        Instant createdAt,
        Instant updatedAt) {

    public enum Type {
        WEBHOOK("webhook"),
        CONNECTION("connection"),
        /** Where a tenant hears of what the bridge itself has to say; gets no messages. */
        OPERATIONS("operations");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        /** What the API calls a target of this type: the name is enough where a tenant has one only. */
        public String publicId(String id) {
            return this == WEBHOOK || this == OPERATIONS ? wireName : id;
        }
    }

    public enum Status {
        ACTIVE("active"),
        /** By a person. */
        PAUSED("paused"),
        /** By the bridge: the receiver said 410, or failed too long. */
        DISABLED("disabled");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /**
     * @param concurrency   calls at once, 1–256
     * @param ratePerSecond calls per second; null: as fast as it answers
     * @param ordered       one message of a sender at a time, in order
     * @param expiresAfter  what is older is not sent any more; null: everything is
     */
    public record Pace(
            int concurrency,
            @Nullable Double ratePerSecond,
            boolean ordered,
            @Nullable Duration expiresAfter) {

        static final Pace DEFAULT = new Pace(8, null, false);

        public Pace(int concurrency, @Nullable Double ratePerSecond, boolean ordered) {
            this(concurrency, ratePerSecond, ordered, null);
        }

        /** When something that was asked for at that moment is too old; null: never. */
        public @Nullable Instant expiry(Instant askedForAt) {
            return expiresAfter == null ? null : askedForAt.plus(expiresAfter);
        }

        public boolean expired(Instant askedForAt, Instant now) {
            return expiresAfter != null && !now.isBefore(askedForAt.plus(expiresAfter));
        }
    }

    /** Whether its deliveries may go out; otherwise they are held. */
    public boolean open() {
        return enabled && status == Status.ACTIVE;
    }

    /** How the API calls it: there is one forward-all webhook per tenant, and its name is enough. */
    public String publicId() {
        return type.publicId(id);
    }

    /** Whether every message that its condition matches goes to it. */
    public boolean mirrors() {
        return type != Type.OPERATIONS;
    }

    Target with(Status newStatus, @Nullable String reason, Instant now) {
        return new Target(
                id,
                tenantId,
                type,
                name,
                connector,
                url,
                enabled,
                newStatus,
                reason,
                signing,
                when,
                properties,
                redelivery,
                pace,
                createdAt,
                now);
    }

    Target with(Signing newSigning, Instant now) {
        return new Target(
                id,
                tenantId,
                type,
                name,
                connector,
                url,
                enabled,
                status,
                statusReason,
                newSigning,
                when,
                properties,
                redelivery,
                pace,
                createdAt,
                now);
    }
}
