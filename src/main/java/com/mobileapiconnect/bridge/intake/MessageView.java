package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Weighed;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Explained;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.tracking.DeliveryQueries;
import com.mobileapiconnect.bridge.tracking.DeliveryView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message's whole story: its content, the decision of the rules, and its deliveries.
 *
 * @param deliveriesLeftOut further deliveries, which only the list of deliveries has; null for none
 * @param asSent      what the phone gave where something else stands here, as JSON
 * @param raw         the request, if it was not understood
 * @param ruleVersion version of the tenant's rules that decided about it; null if there were none
 */
record MessageView(
        String id,
        String deviceId,
        @Nullable String phoneId,
        String from,
        @Nullable String to,
        String text,
        @Nullable String ref,
        @Nullable Integer sim,
        Instant receivedAt,
        Instant acceptedAt,
        Map<String, Boolean> flags,
        @Nullable String matchedRuleId,
        @Nullable Long ruleVersion,
        List<RuleTrace> evaluation,
        List<DeliveryView> deliveries,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer deliveriesLeftOut,

        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String asSent,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UnparsedRequest raw)
        implements Weighed {

    private static final int USUAL_WEIGHT = 1_000;
    private static final int PER_LEAF = 100;
    private static final int PER_MEMBER = 3; // quotation marks and a comma

    static MessageView of(MessageQueries.Row row, List<RuleTrace> evaluation, DeliveryQueries.Went went) {
        StoredMessage stored = row.message();
        InboundMessage message = stored.message();
        Map<String, Boolean> flags = new TreeMap<>();
        for (Flags.Flag flag : message.flags().asSet()) {
            flags.put(flag.wireName(), true);
        }
        return new MessageView(
                message.id(),
                message.deviceId(),
                message.phoneId(),
                message.from(),
                message.to(),
                message.text(),
                message.ref(),
                message.sim(),
                message.receivedAt(),
                stored.acceptedAt(),
                flags,
                stored.matchedRuleId(),
                row.ruleVersion() == 0 ? null : row.ruleVersion(),
                evaluation,
                went.deliveries(),
                went.leftOut() == 0 ? null : went.leftOut(),
                row.asSent(),
                null);
    }

    @Override
    public long weight() {
        long weight = USUAL_WEIGHT + text.length() + length(evaluation);
        for (DeliveryView delivery : deliveries) {
            weight += delivery.weight();
        }
        return weight;
    }

    /** Returns about how many characters explanations have. */
    static long length(List<RuleTrace> evaluation) {
        long length = 0;
        for (RuleTrace trace : evaluation) {
            for (Explained.Leaf leaf : trace.predicates()) {
                length += PER_LEAF + leaf.actual().asText().length() + length(leaf.value());
            }
        }
        return length;
    }

    /** Returns about how many characters the value of a predicate has, which may be a list of a thousand. */
    private static long length(JsonNode value) {
        if (!value.isContainerNode()) {
            return value.asText().length();
        }
        long length = 0;
        for (JsonNode member : value) {
            length += PER_MEMBER + length(member);
        }
        return length;
    }

    MessageView with(@Nullable UnparsedRequest request) {
        return new MessageView(
                id,
                deviceId,
                phoneId,
                from,
                to,
                text,
                ref,
                sim,
                receivedAt,
                acceptedAt,
                flags,
                matchedRuleId,
                ruleVersion,
                evaluation,
                deliveries,
                deliveriesLeftOut,
                asSent,
                request);
    }
}
