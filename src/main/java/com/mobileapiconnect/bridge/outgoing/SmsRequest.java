package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Metadata;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.outgoing.OutgoingDraft.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to send an SMS, as it was given.
 *
 * @param numbers  as they were written; those of a list are not checked yet
 * @param many     whether the request has a list, which is answered for each
 * @param deviceId null for the tenant's first phone that sends
 */
record SmsRequest(
        List<String> numbers,
        boolean many,
        String text,
        @Nullable String ref,
        @Nullable String deviceId,
        @Nullable Integer sim,
        Terms terms) {

    static final int MOST_NUMBERS = 1_000;
    static final int FEWEST_DIGITS = 3;
    static final int MOST_DIGITS = 15;
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{" + FEWEST_DIGITS + "," + MOST_DIGITS + "}");
    private static final int LONGEST_NUMBER = 64;
    private static final int MAX_TEXT = 1600;
    private static final int MAX_REF = 256;
    private static final Duration LATEST = Duration.ofDays(366);
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    /** @param statusUrl as it was given, checked */
    static SmsRequest read(Fields fields, @Nullable String statusUrl, Instant now) {
        fields.allow("to", "text", "ref", "deviceId", "sim", "sendAt", "validFor", "statusUrl", Metadata.NAME);
        JsonNode to = fields.raw("to");
        List<String> list = to != null && to.isArray() ? list(fields, to) : null;
        boolean many = list != null;
        return new SmsRequest(
                list != null ? list : List.of(number(fields)),
                many,
                text(fields),
                fields.text("ref", MAX_REF),
                fields.text("deviceId", 64),
                fields.optionalInteger("sim", 0, InboundMessage.MAX_SIM),
                new Terms(
                        many ? Terms.Turn.MANY : Terms.Turn.ONE,
                        sendAt(fields, now),
                        fields.duration("validFor", SHORTEST_LIFE, LONGEST_LIFE),
                        Metadata.read(fields),
                        statusUrl));
    }

    private static List<String> list(Fields fields, JsonNode to) {
        if (to.isEmpty() || to.size() > MOST_NUMBERS) {
            fields.wrong("to", "must have 1 to " + MOST_NUMBERS + " numbers");
            return List.of();
        }
        List<String> numbers = new ArrayList<>(to.size());
        to.forEach(each -> {
            String number = each.isValueNode() ? each.asText() : each.toString();
            numbers.add(WellFormed.of(number.substring(0, Math.min(number.length(), LONGEST_NUMBER))));
        });
        return numbers;
    }

    private static String number(Fields fields) {
        String to = fields.text("to", LONGEST_NUMBER);
        if (to == null || !isNumber(to)) {
            if (to != null || fields.raw("to") == null) {
                fields.wrong(
                        "to",
                        "must be a number of " + FEWEST_DIGITS + " to " + MOST_DIGITS
                                + " digits, such as \"919876543210\", or a list of them");
            }
            return "";
        }
        return to;
    }

    private static boolean isNumber(String to) {
        return NUMBER.matcher(to).matches();
    }

    private static String text(Fields fields) {
        String text = fields.text("text", MAX_TEXT);
        if (text == null || text.isEmpty()) {
            if (text != null || fields.raw("text") == null) {
                fields.wrong("text", "must be 1 to " + MAX_TEXT + " characters");
            }
            return "";
        }
        return text;
    }

    /** A time that has passed means at once. */
    private static @Nullable Instant sendAt(Fields fields, Instant now) {
        Instant at = fields.time("sendAt");
        if (at != null && at.isAfter(now.plus(LATEST))) {
            fields.wrong("sendAt", "must be within a year");
            return null;
        }
        return at;
    }

    /** Returns what an SMS that comes of this request is known by, if it is asked for again. */
    Origin.Tenant origin(@Nullable String idempotencyKey) {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(many ? numbers : numbers.get(0));
        parts.add(text);
        parts.add(ref);
        parts.add(deviceId);
        parts.add(sim);
        // What is not given leaves no trace: requests of earlier versions are known by the same.
        if (terms.sendAt() != null || terms.validFor() != null) {
            parts.add(terms.sendAt() + " " + terms.validFor());
        }
        if (!terms.metadata().isEmpty()) {
            parts.add(terms.metadata());
        }
        if (terms.statusUrl() != null) {
            parts.add(terms.statusUrl());
        }
        return new Origin.Tenant(idempotencyKey, OutgoingDraft.hash(parts.toArray()));
    }

    /**
     * Returns the SMS to each number; null in the place of what is no number.
     *
     * @param region where the device is; null if unknown
     */
    List<@Nullable OutgoingDraft> drafts(Device device, @Nullable String region, Origin.Tenant origin, Instant now) {
        List<@Nullable OutgoingDraft> drafts = new ArrayList<>(numbers.size());
        for (int n = 0; n < numbers.size(); n++) {
            String to = numbers.get(n);
            drafts.add(isNumber(to) ? draft(to, device, region, many ? origin.ofMany(n) : origin, now) : null);
        }
        return drafts;
    }

    private OutgoingDraft draft(String to, Device device, @Nullable String region, Origin.Tenant origin, Instant now) {
        return new OutgoingDraft(
                Ids.timeOrdered(Outgoing.PREFIX, now),
                device.tenantId(),
                device.id(),
                origin,
                to,
                WellFormed.of(text),
                ref == null ? null : WellFormed.of(ref),
                sim,
                terms,
                region);
    }
}
