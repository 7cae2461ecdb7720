package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.connector.Kind;
import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.mapping.FlawedMappingException;
import com.mobileapiconnect.bridge.mapping.UrlTemplate;
import com.mobileapiconnect.bridge.message.Trimmed;
import com.mobileapiconnect.bridge.rule.Expressions;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads targets from requests. A PUT replaces a target: omitted fields take their defaults; only secrets are kept. */
@Component
public class TargetFields {

    static final int LONGEST_URL = 2048;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_CALLS = 256;
    private static final double LOWEST_RATE = 0.01;
    private static final double HIGHEST_RATE = 100_000;
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);
    private static final String[] OPERATIONS = TargetView.names(WebhookView.class);
    private static final String[] WEBHOOK = Arrays.stream(OPERATIONS)
            .filter(name -> !name.equals(EventNames.NAME))
            .toArray(String[]::new);
    private static final String[] CONNECTION = TargetView.names(ConnectionView.class);

    private final NetworkGuard guard;
    private final Tenants tenants;
    private final Connectors connectors;
    private final ConnectionResources resources;
    private final List<PropertyRules> rules;

    TargetFields(
            NetworkGuard guard,
            Tenants tenants,
            Connectors connectors,
            ConnectionResources resources,
            List<PropertyRules> rules) {
        this.rules = rules;
        this.guard = guard;
        this.tenants = tenants;
        this.connectors = connectors;
        this.resources = resources;
    }

    /** @param old the target to replace, or a new one that has only its identity */
    Target webhook(Fields fields, Target old, Instant now) {
        boolean told = old.type() == Target.Type.OPERATIONS;
        fields.allow(told ? OPERATIONS : WEBHOOK);
        boolean enabled = fields.flag("enabled", true);
        String url = url(fields, "url", old.tenantId(), enabled);
        Connector connector = connectors.offered(Connectors.DEFAULT).orElseThrow();
        Set<BridgeEvent> events = told ? EventNames.read(fields) : BridgeEvent.ALL;
        if (told && fields.raw(AnswersFields.REPLY_FROM) != null) {
            fields.wrong(
                    AnswersFields.REPLY_FROM, "must be left out: an event of the bridge has no sender to reply to");
        }
        return read(fields, old, new Face(old.name(), connector, url, enabled, events, new Expressions()), now);
    }

    private void rules(Connector connector, PropertyFields.Checked checked, HttpOptions http) {
        for (PropertyRules each : rules) {
            if (each.connector().equals(connector.name())) {
                each.check(checked.plain(), http, checked.wrong());
            }
        }
    }

    /** @param old the target to replace, or a new one that has only its identity */
    public Target connection(Fields fields, Target old, Instant now) {
        return connection(fields, old, now, new Expressions());
    }

    /**
     * @param old         the target to replace, or a new one that has only its identity
     * @param expressions all that the request has
     */
    public Target connection(Fields fields, Target old, Instant now, Expressions expressions) {
        fields.allow(CONNECTION);
        String name = fields.requiredName("name", LONGEST_NAME);
        String given = fields.text("connector", 64);
        Connector connector =
                connectors.offered(given == null ? Connectors.DEFAULT : given).orElse(null);
        if (connector == null) {
            fields.wrong("connector", "must be one of " + connectors.names());
        }
        String url = connector == null || connector.needsUrl()
                ? outboundUrl(fields, old.tenantId(), connector)
                : refused(fields, "outboundUrl", connector);
        boolean enabled = fields.flag("enabled", true);
        Set<BridgeEvent> events = EventNames.ofConnection(fields);
        if (connector != null && !events.isEmpty() && !connector.name().equals(Connectors.DEFAULT)) {
            fields.wrong(
                    EventNames.NAME, "must be left out: the connector " + connector.name() + " takes messages only");
        }
        return read(fields, old, new Face(name, connector, url, enabled, events, expressions), now);
    }

    private static @Nullable String refused(Fields fields, String name, Connector connector) {
        if (fields.raw(name) != null) {
            fields.wrong(name, "must be left out: the connector " + connector.name() + " calls no URL");
        }
        return null;
    }

    /** @param connector null if the given name is unknown, which has been reported */
    private record Face(
            String name,
            @Nullable Connector connector,
            @Nullable String url,
            boolean enabled,
            Set<BridgeEvent> events,
            Expressions expressions) {

        /** Returns whether secrets would go to the same receiver as the stored ones; without a URL, to none. */
        boolean leadsLike(Target old) {
            return TargetFields.leadsLike(old, url);
        }
    }

    private static boolean leadsLike(Target old, @Nullable String url) {
        return url == null || HttpOptions.sameOrigin(old.url(), url);
    }

    private Target read(Fields fields, Target old, Face face, Instant now) {
        Connector connector = face.connector();
        HttpOptions http = http(fields, old, face);
        When when = PredicateParser.parse(fields.raw("when"), "when", fields::wrong, face.expressions())
                .orElse(When.EVERYTHING);
        Target target = new Target(
                old.key(),
                face.name(),
                new Target.Reach(
                        connector == null ? old.connector() : connector.name(),
                        face.url(),
                        connector == null
                                ? old.properties()
                                : PropertyFields.read(
                                        fields,
                                        connector,
                                        old,
                                        face.leadsLike(old),
                                        checked -> rules(connector, checked, http)),
                        http,
                        signing(fields, old.signing()),
                        answers(fields, connector)),
                new Target.Mirror(face.enabled(), when, face.events()),
                FormFields.read(fields, http),
                old.state(),
                RedeliveryPolicy.read(fields.object("redelivery")),
                new Target.Pace(
                        fields.integer("concurrency", 1, MOST_CALLS, Target.Pace.DEFAULT.concurrency()),
                        fields.optionalNumber("ratePerSecond", LOWEST_RATE, HIGHEST_RATE),
                        fields.flag("ordered", false),
                        expiresAfter(fields)),
                old.stamps().updated(now));
        if (connector != null) {
            resources.check(fields, connector, target);
        }
        fields.orThrow();
        return target;
    }

    private static Answers answers(Fields fields, @Nullable Connector connector) {
        Answers answers = AnswersFields.read(fields);
        if (connector != null && !connector.needsUrl() && !answers.equals(Answers.DEFAULT)) {
            refused(fields, "success", connector);
            refused(fields, "failureWhen", connector);
            if (connector.kind() != Kind.FILE) { // whose route may call whom it will
                refused(fields, AnswersFields.REPLY_FROM, connector);
            }
        }
        return answers;
    }

    private HttpOptions http(Fields fields, Target old, Face face) {
        Connector connector = face.connector();
        if (connector != null && !connector.needsUrl()) {
            refused(fields, "http", connector);
            return HttpOptions.NONE;
        }
        return http(fields, old, face.url());
    }

    /** Reads {@code http} of a target that calls a URL; a mistake in the URL is reported already. */
    public HttpOptions http(Fields fields, Target old, @Nullable String newUrl) {
        boolean sameReceiver = leadsLike(old, newUrl);
        return new HttpOptionsFields(
                        old.http(),
                        sameReceiver,
                        url -> guard.refuseUrl(url, tenants.get(old.tenantId()).allowedNetworks()))
                .of(fields);
    }

    /** Reads {@code expiresAfter}; null for never. */
    public static @Nullable Duration expiresAfter(Fields fields) {
        return fields.duration("expiresAfter", SHORTEST_LIFE, LONGEST_LIFE);
    }

    /** @param connector null if the given name is unknown, which has been reported */
    private @Nullable String outboundUrl(Fields fields, String tenantId, @Nullable Connector connector) {
        String template = fields.text("outboundUrl", LONGEST_URL);
        if (template == null || connector == null || !connector.properties().hasNamesInUrl()) {
            return url(fields, "outboundUrl", tenantId, connector != null);
        }
        try {
            String sample = UrlTemplate.parse(template).sample();
            guard.refuseUrl(sample, tenants.get(tenantId).allowedNetworks())
                    .ifPresent(reason -> fields.wrong("outboundUrl", reason));
        } catch (FlawedMappingException e) {
            fields.wrong("outboundUrl", e.flaw());
        }
        return template;
    }

    /** A URL that can be called; null if absent, or invalid and reported. */
    public @Nullable String url(Fields fields, String name, String tenantId, boolean required) {
        String url = fields.text(name, LONGEST_URL);
        if (url == null) {
            if (required && fields.raw(name) == null) {
                fields.wrong(name, "must be given, such as \"https://erp.example.com/sms\"");
            }
            return null;
        }
        guard.refuseUrl(url, tenants.get(tenantId).allowedNetworks()).ifPresent(reason -> fields.wrong(name, reason));
        return url;
    }

    /** The field {@code secret}: absent keeps, like the {@code true} of a file; null removes. */
    public static Signing signing(Fields fields, Signing old) {
        if (fields.leavesInFile("secret")) {
            Redacted kept = SecretField.left(fields, "secret", old.current());
            return kept == old.current() ? old : Signing.with(kept);
        }
        String secret = fields.text("secret", 4096);
        if (secret == null) {
            return Signing.NONE;
        }
        boolean printable = secret.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!printable || secret.length() < Signing.MIN_SECRET || secret.length() > Signing.MAX_SECRET) {
            fields.wrong(
                    "secret",
                    "must be " + Signing.MIN_SECRET + " to " + Signing.MAX_SECRET
                            + " printable ASCII characters; best is whsec_ and 32 random bytes in base64");
            return old;
        }
        if (new Redacted(secret).isUnknown()) {
            fields.wrong("secret", SecretField.NOT_A_SECRET);
            return old;
        }
        String padded = Trimmed.fault(secret);
        if (padded != null) {
            fields.wrong("secret", padded);
            return old;
        }
        // A repeat of the current secret must not end the overlap of a rotation.
        boolean unchanged = old.current() != null && old.current().reveal().equals(secret);
        return unchanged ? old : Signing.with(new Redacted(secret));
    }
}
