package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.AsSent;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Flags.Flag;
import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.PhoneTime;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Makes messages of the facts that phones and gateways give about an SMS, completed by those of the pairing. A mistake
 * that a phone cannot mend is no reason to refuse its SMS: a sender, a time or a text that cannot be is replaced, flagged,
 * and kept beside the message as it came.
 */
@Component
class MessageMaker {

    private static final int FEWEST = 1_000;
    private static final int MOST = 1_000_000;

    private final int longestText;
    private final Clock clock;
    private final Regions regions;

    /** Says where a device is; null if nobody knows. */
    interface Regions {

        @Nullable String of(Device device, @Nullable Integer sim);
    }

    @Autowired
    MessageMaker(InboundSettings settings, Clock clock, Numbering numbering) {
        this(settings, clock, numbering::region);
    }

    MessageMaker(InboundSettings settings, Clock clock, Regions regions) {
        if (settings.longestText() < FEWEST || settings.longestText() > MOST) {
            throw new BadSettingException("bridge.inbound.longest-text is " + settings.longestText() + ": set it to "
                    + FEWEST + " to " + MOST + " characters.");
        }
        this.longestText = settings.longestText();
        this.clock = clock;
        this.regions = regions;
    }

    /** Makes the message of a phone that tells its SMS apart by ids; without one every SMS is a new message. */
    InboundMessage ofPhone(Device device, Received.Captured sms) {
        Instant now = clock.instant();
        return message(device, sms, idOf(sms), read(device, sms, now), now);
    }

    /** Makes the message of a gateway; without an id, sender, text and second tell its SMS apart. */
    InboundMessage ofGateway(Device device, Received.Captured sms) {
        Instant now = clock.instant();
        Instant at = read(device, sms, now);
        String id = idOf(sms);
        if (id == null && at != null) {
            id = MessageId.derivedPhoneId(sms.from() == null ? "" : sms.from(), sms.text(), at);
        }
        return message(device, sms, id, at, now);
    }

    private static @Nullable String idOf(Received.Captured sms) {
        String id = sms.id();
        return id == null || id.isEmpty() || longer(id, InboundMessage.MAX_PHONE_ID) ? null : WellFormed.of(id);
    }

    private static @Nullable Instant read(Device device, Received.Captured sms, Instant now) {
        return sms.at() == null ? null : PhoneTime.read(sms.at(), device.zoneOrUtc(), now);
    }

    /** @param at the time of receipt, as far as it can be read */
    private InboundMessage message(
            Device device, Received.Captured sms, @Nullable String phoneId, @Nullable Instant at, Instant now) {
        String given = sms.from() == null ? "" : sms.from();
        boolean known = isNumber(given);
        String from = known ? WellFormed.of(given) : InboundMessage.UNKNOWN;
        String whole = WellFormed.of(sms.text());
        String text = cut(whole, longestText);
        String givenTo = sms.to() == null ? "" : sms.to();
        boolean isTo = isNumber(givenTo);
        boolean replacedTo = !isTo && !givenTo.isEmpty();
        Integer sim = sms.sim() == null || sms.sim() < 0 || sms.sim() > InboundMessage.MAX_SIM ? null : sms.sim();
        if (sim == null && isTo && !device.sims().isEmpty()) {
            sim = device.simOf(givenTo, regions.of(device, null));
        }
        String to = isTo ? WellFormed.of(givenTo) : device.numberOf(sim);
        boolean isCut = text.length() < whole.length();
        boolean replacedAt = sms.at() != null && at == null;
        // By identity: WellFormed returns the same object if it changed nothing.
        @SuppressWarnings("ReferenceEquality")
        boolean replaced = sms.mended() || whole != sms.text() || (known && from != given);
        boolean replacedFrom = !known && !given.isEmpty();
        Received.Beyond beyond = sms.beyond();
        boolean isPlain = beyond.attachments().isEmpty() && beyond.parts() == null;
        AsSent asSent = !replacedFrom && !replacedTo && !replacedAt && !isCut && isPlain
                ? null
                : new AsSent(
                        replacedFrom ? given : null,
                        replacedTo ? givenTo : null,
                        replacedAt ? sms.at() : null,
                        isCut ? (Integer) whole.codePointCount(0, whole.length()) : null,
                        beyond.attachments(),
                        beyond.parts());
        Flags flags = Flags.NONE
                .with(Flag.TEXT_REPLACED, replaced)
                .with(Flag.TO_UNKNOWN, to == null)
                .with(Flag.SENDER_UNKNOWN, !known)
                .with(Flag.RECEIVED_AT_REPLACED, replacedAt)
                .with(Flag.TEXT_CUT, isCut)
                .with(Flag.LONG_TEXT, longer(text, InboundMessage.ORDINARY_TEXT))
                .with(Flag.MMS, beyond.mms())
                .with(Flag.PARTS_MISSING, beyond.parts() != null)
                .with(Flag.OPT_OUT, known && beyond.wish() == Received.Wish.STOP)
                .with(Flag.OPT_IN, known && beyond.wish() == Received.Wish.START)
                .with(Flag.NO_REPLY, beyond.wish() == Received.Wish.HELP);
        return new InboundMessage(
                // Of what came, so that two senders that cannot be, or two texts that were cut, stay two messages.
                MessageId.of(device.id(), phoneId, WellFormed.of(given), whole),
                device.tenantId(),
                device.id(),
                phoneId,
                from,
                to,
                text,
                null,
                sim,
                WireTime.truncate(at == null ? now : at),
                flags,
                asSent,
                regions.of(device, sim));
    }

    private static boolean isNumber(String number) {
        return !number.isEmpty()
                && !longer(number, InboundMessage.MAX_NUMBER)
                && number.chars().noneMatch(Character::isISOControl);
    }

    /** Returns whether a text has more characters. */
    private static boolean longer(String text, int characters) {
        return text.length() > characters && text.codePointCount(0, text.length()) > characters;
    }

    private static String cut(String text, int characters) {
        return longer(text, characters) ? Graphemes.cut(text, text.offsetByCodePoints(0, characters)) : text;
    }
}
