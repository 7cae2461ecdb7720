package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The values of a message that a mapping can name.
 *
 * @param delivery null in the routes before a delivery is made
 */
record FieldNames(InboundMessage message, @Nullable Delivery delivery) {

    private static final Map<String, Function<FieldNames, @Nullable Object>> ALL = new TreeMap<>(Map.ofEntries(
            name("from", names -> names.message.from()),
            name("to", names -> names.message.to()),
            name("text", names -> names.message.text()),
            name("ref", names -> names.message.ref()),
            name("receivedAt", names -> WireTime.format(names.message.receivedAt())),
            name("messageId", names -> names.message.id()),
            name("deviceId", names -> names.message.deviceId()),
            name("sim", names -> names.message.sim()),
            name("tenantId", names -> names.message.tenantId()),
            name(
                    "tenantName",
                    names -> names.source() == null ? null : names.source().tenantName()),
            name(
                    "matchedRuleId",
                    names -> names.source() == null ? null : names.source().matchedRuleId()),
            name("deliveryId", names -> names.delivery == null ? null : names.delivery.id())));

    private static Map.Entry<String, Function<FieldNames, @Nullable Object>> name(
            String name, Function<FieldNames, @Nullable Object> value) {
        return Map.entry(name, value);
    }

    /** Returns empty for an event of the bridge, which has no message. */
    static Optional<FieldNames> of(Exchange exchange) {
        Attempt attempt = exchange.getProperty("attempt", Attempt.class);
        Object body = exchange.getMessage().getBody();
        Object only = body instanceof List<?> list && list.size() == 1 ? list.get(0) : body;
        Object found = only instanceof InboundMessage ? only : exchange.getProperty("message");
        if (found instanceof InboundMessage message) {
            return Optional.of(new FieldNames(message, attempt == null ? null : attempt.delivery()));
        } else if (exchange.getProperty("event") != null) {
            return Optional.empty();
        }
        throw new IllegalStateException("The language fields needs a single message: the body is none, and the exchange"
                + " property message is not set");
    }

    static boolean has(String name) {
        return ALL.containsKey(name);
    }

    static String list() {
        return String.join(" ", ALL.keySet());
    }

    /** Returns null for what the message lacks. */
    @Nullable String get(String name) {
        Object value = ALL.getOrDefault(name, names -> null).apply(this);
        return value == null ? null : value.toString();
    }

    private @Nullable StoredMessage source() {
        return delivery == null ? null : delivery.source();
    }
}
