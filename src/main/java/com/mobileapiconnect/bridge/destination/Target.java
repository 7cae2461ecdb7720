package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.rule.When;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place that deliveries go to: a tenant's forward-all webhook, one of its ERP connections, or an action of a rule. */
public record Target(
        Key key,
        String name,
        Reach reach,
        Mirror mirror,
        Form form,
        State state,
        RedeliveryPolicy redelivery,
        Pace pace,
        Stamps stamps) {

    private static final String NEEDS_SECRET =
            "A secret has to be given: it was set by a configuration file, which has none";

    /** The identity, which never changes. */
    public record Key(String id, String tenantId, Type type) {}

    /**
     * The way of the calls.
     *
     * @param connector  name of the connector; {@code webhook} is a signed POST
     * @param url        null for a forward-all webhook that was never set, and for a connector that needs none
     * @param properties the connector's settings
     * @param http       options beyond the plain signed POST
     * @param answers    the answers that count as success, where the calls are HTTP
     */
    public record Reach(
            String connector,
            @Nullable String url,
            TargetProperties properties,
            HttpOptions http,
            Signing signing,
            Answers answers) {

        /** Takes the usual answers for success. */
        public Reach(
                String connector,
                @Nullable String url,
                TargetProperties properties,
                HttpOptions http,
                Signing signing) {
            this(connector, url, properties, http, signing, Answers.DEFAULT);
        }

        /**
         * Returns whether a request keeps the same secrets from either target. A request takes only the secrets, and
         * the receivers that may get them, from an old target.
         */
        public boolean keepsAs(Reach other) {
            return connector.equals(other.connector)
                    && signing.equals(other.signing)
                    && http.equals(other.http)
                    && properties.secrets().equals(other.properties.secrets())
                    && ((http.none() && properties.secrets().isEmpty()) || Objects.equals(url, other.url));
        }

        private boolean lacksSecret() {
            return signing.isUnknown() || http.lacksSecret() || properties.lacksSecret();
        }

        /** The connector alone, without a URL. */
        public static Reach by(String connector) {
            return new Reach(connector, null, TargetProperties.NONE, HttpOptions.NONE, Signing.NONE);
        }

        private Reach with(Signing newSigning) {
            return new Reach(connector, url, properties, http, newSigning, answers);
        }
    }

    /**
     * The messages and events that the target gets without a rule.
     *
     * @param enabled while false no deliveries are made, and existing ones wait
     * @param when    the condition of messages, where it gets any
     * @param events  the kinds of events, of the operations webhook and of connections
     */
    public record Mirror(boolean enabled, When when, Set<BridgeEvent> events) {

        public Mirror(boolean enabled, When when) {
            this(enabled, when, BridgeEvent.ALL);
        }

        public static final Mirror EVERYTHING = new Mirror(true, When.EVERYTHING);
        static final Mirror MESSAGES = new Mirror(true, When.EVERYTHING, BridgeEvent.NONE);
        static final Mirror OFF = new Mirror(false, When.EVERYTHING);
    }

    /** @param reason why deliveries are held; null while the target is active, or when a person paused it */
    public record State(Status status, @Nullable String reason) {

        public static final State ACTIVE = new State(Status.ACTIVE, null);
        static final State PAUSED = new State(Status.PAUSED, null);

        static State disabled(String reason) {
            return new State(Status.DISABLED, reason);
        }
    }

    /** @param version number of times that the target was saved; counted by the store */
    public record Stamps(Instant createdAt, Instant updatedAt, long version) {

        public static Stamps created(Instant now) {
            return new Stamps(now, now, 0);
        }

        Stamps updated(Instant now) {
            return new Stamps(createdAt, now, version);
        }

        Stamps stored(long newVersion) {
            return new Stamps(createdAt, updatedAt, newVersion);
        }
    }

    public enum Type implements WireName {
        WEBHOOK("webhook"),
        CONNECTION("connection"),
        /** The actions of rules: each is a target of its own, for as long as its rule has it. */
        REPLY("reply", true),
        EMAIL("email", true),
        RULE_WEBHOOK("rule-webhook", true),
        /** The webhook for the bridge's own events; gets no messages. */
        OPERATIONS("operations"),
        /** A URL that is told what becomes of the SMS that name it; gets no messages. */
        STATUS_URL("status-url");

        private final String wireName;
        private final boolean ofRules;

        Type(String wireName) {
            this(wireName, false);
        }

        Type(String wireName, boolean ofRules) {
            this.wireName = wireName;
            this.ofRules = ofRules;
        }

        @Override
        public String wireName() {
            return wireName;
        }

        public static Type named(String wireName) {
            return WireName.find(Type.class, wireName).orElseThrow();
        }

        /** Returns the id of a target of this type in the API: its type if a tenant has only one. */
        public String publicId(String id) {
            return this == WEBHOOK || this == OPERATIONS ? wireName : id;
        }
    }

    public enum Status implements WireName {
        ACTIVE("active"),
        /** Paused by a person. */
        PAUSED("paused"),
        /** Disabled by the bridge: the receiver answered 410, or failed too long. */
        DISABLED("disabled");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /**
     * @param concurrency   calls at once, 1–256
     * @param ratePerSecond calls per second; null for no limit
     * @param ordered       a single message of a sender at a time, in order
     * @param expiresAfter  age after which a delivery is not sent any more; null for never
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

        /** Returns the time at which a delivery requested at that moment expires; null for never. */
        public @Nullable Instant expiry(Instant askedForAt) {
            return expiresAfter == null ? null : askedForAt.plus(expiresAfter);
        }

        public boolean expired(Instant askedForAt, Instant now) {
            return expiresAfter != null && !now.isBefore(askedForAt.plus(expiresAfter));
        }
    }

    /** Returns a connection that has only its identity yet, and every default. */
    public static Target blankConnection(String id, String tenantId, Instant now) {
        return blank(new Key(id, tenantId, Type.CONNECTION), Connectors.DEFAULT, now);
    }

    /** Returns a target that has only its identity yet, and every default. */
    public static Target blank(Key key, String connector, Instant now) {
        return new Target(
                key,
                "",
                Reach.by(connector),
                key.type() == Type.CONNECTION ? Mirror.MESSAGES : Mirror.EVERYTHING,
                Form.PLAIN,
                State.ACTIVE,
                RedeliveryPolicy.DEFAULT,
                Pace.DEFAULT,
                Stamps.created(now));
    }

    /**
     * Returns the target with the settings of its rule, and active: a person ends a disabling by saving the rule.
     *
     * @param newReach with the connector and the properties that the target has
     */
    public Target asAction(String newName, Reach newReach, Form newForm, @Nullable Duration newExpiry, Instant now) {
        return new Target(
                key,
                newName,
                newReach,
                mirror,
                newForm,
                State.ACTIVE,
                redelivery,
                new Pace(pace.concurrency(), pace.ratePerSecond(), pace.ordered(), newExpiry),
                stamps.updated(now));
    }

    Target with(State newState, Instant now) {
        return new Target(key, name, reach, mirror, form, newState, redelivery, pace, stamps.updated(now));
    }

    Target with(Signing newSigning, Instant now) {
        return with(reach.with(newSigning), now);
    }

    /** Returns these settings with the identity, the state and the age of the target as it is stored now. */
    public Target onto(Target stored) {
        return new Target(
                stored.key,
                name,
                reach,
                mirror,
                form,
                stored.state,
                redelivery,
                pace,
                stored.stamps.updated(updatedAt()));
    }

    Target stored(long version) {
        return new Target(key, name, reach, mirror, form, state, redelivery, pace, stamps.stored(version));
    }

    private Target with(Reach newReach, Instant now) {
        return new Target(key, name, newReach, mirror, form, state, redelivery, pace, stamps.updated(now));
    }

    /** Returns whether both are equal, secrets included, apart from the times of creation and change. */
    public boolean isSetLike(Target other) {
        return new Target(key, name, reach, mirror, form, state, redelivery, pace, other.stamps).equals(other);
    }

    /** Returns whether messages go to this target without a rule; an action gets only those that its rule matches. */
    public boolean mirrors() {
        return type() == Type.WEBHOOK || type() == Type.CONNECTION;
    }

    /** Returns whether the target is an action of a rule, which creates and removes the target. */
    public boolean isAction() {
        return type().ofRules;
    }

    /** Returns whether deliveries to the target may go out; otherwise deliveries are held. */
    public boolean open() {
        return enabled() && status() == Status.ACTIVE;
    }

    /** Returns the target's name in the API: the type of a tenant's single webhooks, the id of all others. */
    public String publicId() {
        return type().publicId(id());
    }

    public String id() {
        return key.id();
    }

    public String tenantId() {
        return key.tenantId();
    }

    public Type type() {
        return key.type();
    }

    public String connector() {
        return reach.connector();
    }

    public @Nullable String url() {
        return reach.url();
    }

    public TargetProperties properties() {
        return reach.properties();
    }

    public HttpOptions http() {
        return reach.http();
    }

    public Signing signing() {
        return reach.signing();
    }

    public Answers answers() {
        return reach.answers();
    }

    public boolean enabled() {
        return mirror.enabled();
    }

    public When when() {
        return mirror.when();
    }

    /** Returns whether an event is told to this operations webhook or connection. */
    public boolean wants(BridgeEvent event) {
        return enabled() && mirror.events().contains(event);
    }

    /** Returns the status; a target that would be active is disabled as long as a secret has to be given. */
    public Status status() {
        return waitsForSecret() ? Status.DISABLED : state.status();
    }

    public @Nullable String statusReason() {
        return waitsForSecret() ? NEEDS_SECRET : state.reason();
    }

    private boolean waitsForSecret() {
        return state.status() == Status.ACTIVE && lacksSecret();
    }

    /** Returns whether a secret has to be given before anything may be sent: it came from a file, which has none. */
    public boolean lacksSecret() {
        return reach.lacksSecret();
    }

    public long version() {
        return stamps.version();
    }

    public Instant createdAt() {
        return stamps.createdAt();
    }

    public Instant updatedAt() {
        return stamps.updatedAt();
    }
}
