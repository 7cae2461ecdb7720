package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.mapping.Names;
import com.mobileapiconnect.bridge.mapping.Values;
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
 * The values that a mapping can name: those of the message, and what earlier steps have left in variables, headers and
 * the body. No name reaches a method of an object.
 *
 * @param message  null in a route that no message has entered
 * @param delivery null in the routes before a delivery is made
 */
record FieldNames(
        @Nullable InboundMessage message, @Nullable Delivery delivery, Exchange exchange) implements Values {

    private static final String BODY = "body";
    private static final String HEADER = "header.";
    private static final String VARIABLE = "variable.";

    private static final Map<String, Function<FieldNames, @Nullable Object>> ALL = new TreeMap<>(Map.ofEntries(
            name("from", names -> names.sms().from()),
            name("to", names -> names.sms().to()),
            name("text", names -> names.sms().text()),
            name("ref", names -> names.sms().ref()),
            name("receivedAt", names -> WireTime.format(names.sms().receivedAt())),
            name("messageId", names -> names.sms().id()),
            name("deviceId", names -> names.sms().deviceId()),
            name("sim", names -> names.sms().sim()),
            name("tenantId", names -> names.sms().tenantId()),
            name(
                    "tenantName",
                    names -> names.source() == null ? null : names.source().tenantName()),
            name(
                    "matchedRuleId",
                    names -> names.source() == null ? null : names.source().matchedRuleId()),
            name("deliveryId", names -> names.delivery == null ? null : names.delivery.id()),
            name(BODY, names -> names.exchange.getMessage().getBody())));

    private static Map.Entry<String, Function<FieldNames, @Nullable Object>> name(
            String name, Function<FieldNames, @Nullable Object> value) {
        return Map.entry(name, value);
    }

    /** The names as routes write them: <code>${from}</code>. */
    static final Names NAMES = new Names("${", "}", FieldNames::has, list());

    /** Returns empty for an event of the bridge, which has no message. */
    static Optional<FieldNames> of(Exchange exchange) {
        Attempt attempt = exchange.getProperty("attempt", Attempt.class);
        Object body = exchange.getMessage().getBody();
        Object only = body instanceof List<?> list && list.size() == 1 ? list.get(0) : body;
        Object found = only instanceof InboundMessage ? only : exchange.getProperty("message");
        if (found instanceof InboundMessage message) {
            return Optional.of(new FieldNames(message, attempt == null ? null : attempt.delivery(), exchange));
        } else if (exchange.getProperty("event") != null) {
            return Optional.empty();
        }
        return Optional.of(new FieldNames(null, null, exchange));
    }

    private InboundMessage sms() {
        if (message == null) {
            throw new IllegalStateException("There is no single message to take a value of: the body is none, and the"
                    + " exchange property message is not set");
        }
        return message;
    }

    private static boolean has(String name) {
        return ALL.containsKey(name)
                || (name.startsWith(HEADER) && name.length() > HEADER.length())
                || (name.startsWith(VARIABLE) && name.length() > VARIABLE.length());
    }

    private static String list() {
        return String.join(" ", ALL.keySet()) + " header.NAME variable.NAME variable.NAME.COLUMN";
    }

    @Override
    public @Nullable String get(String name) {
        return text(value(name));
    }

    private @Nullable Object value(String name) {
        Function<FieldNames, @Nullable Object> ofMessage = ALL.get(name);
        if (ofMessage != null) {
            return ofMessage.apply(this);
        } else if (name.startsWith(HEADER)) {
            return exchange.getMessage().getHeader(name.substring(HEADER.length()));
        }
        return variable(name.substring(VARIABLE.length()));
    }

    /** A row of a database is a variable of columns. */
    private @Nullable Object variable(String name) {
        Object whole = exchange.getVariable(name);
        int dot = name.lastIndexOf('.');
        if (whole == null && dot > 0 && exchange.getVariable(name.substring(0, dot)) instanceof Map<?, ?> row) {
            return row.get(name.substring(dot + 1));
        }
        return whole;
    }

    private @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value == null ? null : value.toString();
        }
        return exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value);
    }

    private @Nullable StoredMessage source() {
        return delivery == null ? null : delivery.source();
    }
}
