package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.connector.PropertySchema;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.EarlierAttempts;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetProperties;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.mapping.FieldsMapping;
import com.mobileapiconnect.bridge.mapping.MessageNames;
import com.mobileapiconnect.bridge.mapping.Room;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rulebook.Rulebooks;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares deliveries to be written: the connection with its defaults, and its mapping for the message. */
@Component
public class ErpWrites {

    /** Connections that are kept prepared, those used last. */
    private static final int REMEMBERED = 1_000;

    private final Connectors connectors;
    private final Rulebooks rulebooks;
    private final Store store;
    private final Instant startedAt;
    private final Map<String, Prepared> prepared = new LinkedHashMap<>(16, 0.75f, true) { // guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Prepared> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * @param mapping null if the connection has none
     * @param names how many names its properties and its URL have
     */
    private record Prepared(
            Connector connector,
            ErpConnection connection,
            @Nullable FieldsMapping mapping,
            int names) {

        boolean isOf(Target target, Connector of) {
            return connection.target() == target && connector == of;
        }
    }

    ErpWrites(Connectors connectors, Rulebooks rulebooks, Store store, Clock clock) {
        this.connectors = connectors;
        this.rulebooks = rulebooks;
        this.store = store;
        this.startedAt = clock.instant();
    }

    /** Returns a target's connection, with the defaults of its connector. */
    public ErpConnection connection(Target target) {
        return prepared(target).connection();
    }

    /** Returns the bytes that the mapping makes of a delivery at most, before it makes them. */
    public long atMost(Attempt attempt) {
        return Room.atMost(
                prepared(attempt.target()).names(),
                attempt.delivery().message().message().text());
    }

    /** @throws CannotBeException if a value of the message cannot be what its field has to be */
    public ErpWrite of(Attempt attempt, byte[] body) {
        return of(attempt, body, prepared(attempt.target()));
    }

    /**
     * Returns a write to the place of the attempt's target, with properties that a route gives in place of the target's.
     *
     * @throws CannotBeException if a value of the message cannot be what its field has to be
     */
    public ErpWrite of(Attempt attempt, byte[] body, Connector connector, TargetProperties given) {
        return of(attempt, body, prepare(attempt.target(), connector, given));
    }

    private ErpWrite of(Attempt attempt, byte[] body, Prepared of) {
        MessageNames names = names(attempt.delivery());
        ObjectNode fields = of.mapping() == null
                ? JsonNodeFactory.instance.objectNode()
                : of.mapping().body(names);
        return new ErpWrite(of.connection(), attempt, fields, body, names, mayBeThere(attempt));
    }

    private Prepared prepared(Target target) {
        Connector connector = connectors
                .offered(target.connector())
                .orElseThrow(() -> new IllegalStateException("There is no connector " + target.connector()));
        synchronized (prepared) {
            Prepared known = prepared.get(target.id());
            if (known != null && known.isOf(target, connector)) {
                return known;
            }
        }
        Prepared fresh = prepare(target, connector, target.properties());
        synchronized (prepared) {
            prepared.put(target.id(), fresh);
        }
        return fresh;
    }

    private static Prepared prepare(Target target, Connector connector, TargetProperties given) {
        PropertySchema schema = connector.properties();
        JsonNode properties = schema.withDefaults(given.plain());
        FieldsMapping mapping = schema.mappings().stream()
                .map(properties::path)
                .filter(JsonNode::isObject)
                .findFirst()
                .map(fields -> FieldsMapping.parse(fields, MessageNames.ALL))
                .orElse(null);
        int names = names(properties.toString()) + names(target.url() == null ? "" : target.url());
        return new Prepared(connector, new ErpConnection(target, properties, given.secrets()), mapping, names);
    }

    private static int names(String text) {
        return text.split(Pattern.quote(MessageNames.ALL.open()), -1).length - 1;
    }

    private MessageNames names(Delivery delivery) {
        InboundMessage message = delivery.message().message();
        return new MessageNames(delivery.message(), delivery.id(), delivery.ruleId(), n -> {
            List<@Nullable String> groups = groups(message, delivery.ruleId());
            return n < groups.size() ? groups.get(n) : null;
        });
    }

    /** The groups by the rule as it is now; a rule that was removed has none. */
    private List<@Nullable String> groups(InboundMessage message, @Nullable String ruleId) {
        return ruleId == null
                ? List.of()
                : rulebooks
                        .of(message.tenantId())
                        .find(ruleId)
                        .map(rule -> rule.when().groups(message))
                        .orElse(List.of());
    }

    /**
     * Returns whether the record may have been made: by an attempt whose answer was lost, or by one that a stop of the
     * bridge cut off, of which nothing is known.
     */
    private boolean mayBeThere(Attempt attempt) {
        if (attempt.delivery().createdAt().isBefore(startedAt)) {
            return true;
        } else if (attempt.number() == 1) {
            return false;
        }
        try {
            return store.read(sql ->
                    EarlierAttempts.mayHaveArrived(sql, attempt.delivery().id()));
        } catch (StoreUnavailableException e) {
            return true;
        }
    }
}
