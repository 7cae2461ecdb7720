package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Flags.Flag;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireTime;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Completes the facts that a phone or gateway gives about an SMS by those of the pairing. */
@Component
class MessageMaker {

    private final Clock clock;

    MessageMaker(Clock clock) {
        this.clock = clock;
    }

    InboundMessage message(Device device, Received.Captured sms) {
        String from = WellFormed.of(sms.from());
        String text = WellFormed.of(sms.text());
        String to = sms.to() == null ? device.numberOf(sms.sim()) : WellFormed.of(sms.to());
        String phoneId = sms.id() == null ? null : WellFormed.of(sms.id());
        // By identity: WellFormed returns the same object if it changed nothing.
        @SuppressWarnings("ReferenceEquality")
        boolean replaced = text != sms.text() || from != sms.from();
        return new InboundMessage(
                MessageId.of(device.id(), phoneId, from, text),
                device.tenantId(),
                device.id(),
                phoneId,
                from,
                to,
                text,
                null,
                sms.sim(),
                sms.at() == null ? WireTime.truncate(clock.instant()) : sms.at(),
                Flags.NONE.with(Flag.TEXT_REPLACED, replaced).with(Flag.TO_UNKNOWN, to == null));
    }
}
