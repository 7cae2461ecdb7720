package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the message of a dry run: the fields of an inbound payload; a complete payload may be pasted. */
@Component
public class SampleFields {

    private static final int MAX_NUMBER = 64;
    private static final int MAX_TEXT = 100_000;
    private static final int MAX_ID = 128;
    private static final int MAX_REF = 256;
    private static final String SAMPLE = "dev_sample";

    private final Devices devices;
    private final Numbering numbering;
    private final Clock clock;

    SampleFields(Devices devices, Numbering numbering, Clock clock) {
        this.devices = devices;
        this.numbering = numbering;
        this.clock = clock;
    }

    public InboundMessage read(Fields fields, String tenantId) {
        fields.allow(
                "from",
                "to",
                "text",
                "deviceId",
                "receivedAt",
                "sim",
                "ref",
                "id",
                "event",
                "tenantId",
                "tenantName",
                "matchedRuleId");
        String from = fields.text("from", MAX_NUMBER);
        if (from != null ? from.isEmpty() || Fields.hasControls(from) : missing(fields, "from")) {
            fields.wrong("from", "must be 1 to " + MAX_NUMBER + " characters without control characters");
        }
        String text = fields.text("text", MAX_TEXT);
        if (text == null && missing(fields, "text")) {
            fields.wrong("text", "must be given, but may be empty");
        }
        String to = fields.text("to", MAX_NUMBER);
        String deviceId = fields.text("deviceId", MAX_ID);
        Integer given = fields.optionalInteger("sim", 0, InboundMessage.MAX_SIM);
        Instant receivedAt = fields.time("receivedAt");
        Optional<Device> device = Optional.ofNullable(deviceId)
                .flatMap(devices::find)
                .filter(phone -> phone.tenantId().equals(tenantId));
        String ref = fields.text("ref", MAX_REF);
        boolean isLong = text != null && text.codePointCount(0, text.length()) > InboundMessage.ORDINARY_TEXT;
        // As for a message that comes in: see MessageMaker.
        Integer sim = given == null && to != null
                ? device.map(phone -> phone.simOf(to, numbering.region(phone, null)))
                        .orElse(null)
                : given;
        return new InboundMessage(
                "msg_sample",
                tenantId,
                deviceId == null ? SAMPLE : deviceId,
                null,
                WellFormed.of(from == null ? "" : from),
                to != null && !to.isEmpty()
                        ? WellFormed.of(to)
                        : device.map(phone -> phone.numberOf(sim)).orElse(null),
                WellFormed.of(text == null ? "" : text),
                ref == null ? null : WellFormed.of(ref),
                sim,
                receivedAt == null ? WireTime.truncate(clock.instant()) : receivedAt,
                Flags.NONE.with(Flags.Flag.LONG_TEXT, isLong),
                null,
                device.map(phone -> numbering.region(phone, sim)).orElseGet(() -> numbering.region(tenantId)));
    }

    private static boolean missing(Fields fields, String name) {
        return fields.raw(name) == null;
    }
}
