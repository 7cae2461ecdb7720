package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.rule.When;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place that deliveries go to: a tenant's forward-all webhook, one of its ERP connections, or an action of a rule.
 *
 * @param connector how it is reached; {@code webhook} is a signed POST
 * @param url       where; null for a forward-all webhook that was never set
 * @param enabled   while false no deliveries are made for it, and those made wait
 * @param status    active, or why its deliveries are held
 * @param when      what is mirrored to it
 * @param http      how its calls are made beyond the plain signed POST
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
        HttpOptions http,
        Instant createdAt,
        Instant updatedAt) {

    /** Without options. */
    public Target(
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
        this(
                id,
                tenantId,
                type,
                name,
                connector,
                url,
                enabled,
                status,
                statusReason,
                signing,
                when,
                properties,
                redelivery,
                pace,
                HttpOptions.NONE,
                createdAt,
                updatedAt);
    }

    public enum Type {
        WEBHOOK("webhook"),
        CONNECTION("connection"),
        /** The actions of rules: each is a target of its own, for as long as its rule has it. */
        REPLY("reply"),
        EMAIL("email"),
        RULE_WEBHOOK("rule-webhook"),
        /** Where a tenant hears of what the bridge itself has to say; gets no messages. */
        OPERATIONS("operations");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        public static Type named(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
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

    /** One that has only its identity yet, and every default. */
    public static Target blank(String id, String tenantId, Type type, String connector, Instant now) {
        return new Target(
                id,
                tenantId,
                type,
                "",
                connector,
                null,
                true,
                Status.ACTIVE,
                null,
                Signing.NONE,
                When.EVERYTHING,
                JsonNodeFactory.instance.objectNode(),
                RedeliveryPolicy.DEFAULT,
                Pace.DEFAULT,
                now,
                now);
    }

    /** Whether messages go to it by themselves; an action's only get there when its rule matches. */
    public boolean mirrors() {
        return type == Type.WEBHOOK || type == Type.CONNECTION;
    }

    /** Whether it is what a rule does; its rule makes it and takes it away. */
    public boolean isAction() {
        return type == Type.REPLY || type == Type.EMAIL || type == Type.RULE_WEBHOOK;
    }

    /** As its rule has it now, and active: saving a rule is how a person ends what a 410 has disabled. */
    public Target asAction(String newName, @Nullable String newUrl, Signing newSigning, Instant now) {
        return new Target(
                id,
                tenantId,
                type,
                newName,
                connector,
                newUrl,
                enabled,
                Status.ACTIVE,
                null,
                newSigning,
                when,
                properties,
                redelivery,
                pace,
                createdAt,
                now);
    }

    /** Whether its deliveries may go out; otherwise they are held. */
    public boolean open() {
        return enabled && status == Status.ACTIVE;
    }

    /** How the API calls it: there is one forward-all webhook per tenant, and its name is enough. */
    public String publicId() {
        return type.publicId(id);
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
                http,
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
                http,
                createdAt,
                now);
    }
}
