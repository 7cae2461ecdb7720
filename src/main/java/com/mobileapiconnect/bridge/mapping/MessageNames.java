package com.mobileapiconnect.bridge.mapping;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that a tenant's mappings have, written as <code>{{from}}</code>, and their values for one delivery.
 *
 * @param ruleId the {@code matchedRuleId} of the delivery's body
 * @param group  finds a group of the regular expression by which that rule matched; asked only where one is named
 */
public record MessageNames(
        StoredMessage source, String deliveryId, @Nullable String ruleId, IntFunction<@Nullable String> group)
        implements Values {

    private static final Pattern GROUP = Pattern.compile("match\\.(0|[1-9][0-9]?)");

    private static final Map<String, Function<MessageNames, @Nullable String>> BY_NAME = new TreeMap<>(Map.ofEntries(
            name("from", names -> names.sms().from()),
            name("to", names -> names.sms().to()),
            name("text", names -> names.sms().text()),
            name("ref", names -> names.sms().ref()),
            name("receivedAt", names -> WireTime.format(names.sms().receivedAt())),
            name("tenantName", names -> names.source.tenantName()),
            name("messageId", names -> names.sms().id()),
            name("deliveryId", MessageNames::deliveryId),
            name("deviceId", names -> names.sms().deviceId()),
            name(
                    "sim",
                    names -> names.sms().sim() == null
                            ? null
                            : String.valueOf(names.sms().sim())),
            name("matchedRuleId", MessageNames::ruleId)));

    /** The names as tenants write them. */
    public static final Names ALL =
            new Names("{{", "}}", MessageNames::has, String.join(" ", BY_NAME.keySet()) + " match.1");

    private static Map.Entry<String, Function<MessageNames, @Nullable String>> name(
            String name, Function<MessageNames, @Nullable String> value) {
        return Map.entry(name, value);
    }

    private static boolean has(String name) {
        return BY_NAME.containsKey(name) || GROUP.matcher(name).matches();
    }

    private InboundMessage sms() {
        return source.message();
    }

    @Override
    public @Nullable String get(String name) {
        Function<MessageNames, @Nullable String> value = BY_NAME.get(name);
        if (value != null) {
            return value.apply(this);
        }
        Matcher found = GROUP.matcher(name);
        return found.matches() ? group.apply(Integer.parseInt(found.group(1))) : null;
    }
}
