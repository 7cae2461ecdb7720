package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.ReplyNotes;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.lane.AnswerReplies;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.Segments;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Queues what a receiver's answer tells the customer, under the guards of all replies, in the transaction that makes the
 * delivery delivered. A crash after the call loses both, so the repeat makes the only reply.
 */
@Component
class AnswerSms implements AnswerReplies {

    static final String NO_REPLY = "no-reply";

    private final OutgoingQueue queue;
    private final Guards guards;
    private final Devices devices;
    private final Numbering numbering;

    AnswerSms(OutgoingQueue queue, Guards guards, Devices devices, Numbering numbering) {
        this.queue = queue;
        this.guards = guards;
        this.devices = devices;
        this.numbering = numbering;
    }

    @Override
    public @Nullable Prepared prepare(Ended ended) {
        Delivery delivery = ended.attempt().delivery();
        String text = ended.outcome() instanceof Outcome.Delivered delivered ? text(ended, delivered) : null;
        if (text == null || delivery.source() == null) {
            return null;
        }
        InboundMessage message = delivery.source().message();
        Device device = devices.find(message.deviceId())
                .filter(each -> each.tenantId().equals(delivery.tenantId()) && each.sends())
                .orElse(null);
        if (message.flags().has(Flags.Flag.NO_REPLY)) {
            return tx -> ReplyNotes.suppressed(tx, delivery, NO_REPLY);
        } else if (device == null) {
            return tx -> ReplyNotes.suppressed(tx, delivery, Sent.NO_PHONE);
        }
        OutgoingDraft draft = new OutgoingDraft(
                OutgoingDraft.idOf(delivery),
                delivery.tenantId(),
                device.id(),
                new OutgoingDraft.Origin.Reply(delivery.id(), delivery.grantedFrom()),
                message.from(),
                Segments.cut(text, Action.Reply.DEFAULT_SEGMENTS),
                message.ref(),
                message.sim(),
                Terms.OF_REPLY,
                numbering.region(device, message.sim()));
        String number = guards.ofNumber(draft.customer());
        return number == null ? tx -> write(tx, delivery, draft) : tx -> ReplyNotes.suppressed(tx, delivery, number);
    }

    /** Looks into what is kept of the answer if its sender has not looked into the whole. */
    private static @Nullable String text(Ended ended, Outcome.Delivered delivered) {
        Answers answers = ended.attempt().target().answers();
        if (delivered.reply() != null || answers.replyFrom() == null) {
            return delivered.reply();
        }
        Outcome.Evidence evidence = delivered.evidence();
        return evidence.body() == null
                ? null
                : new Outcome.Delivered(evidence, false, null, answers.reply(evidence.httpStatus(), evidence.body()))
                        .reply();
    }

    private void write(Transaction tx, Delivery delivery, OutgoingDraft draft) throws SQLException {
        if (!Deliveries.exists(tx, delivery.id())) {
            return; // erased during the call
        }
        OutgoingTimes times = queue.now();
        String refused = queue.reply(tx, draft, times);
        ReplyNotes.suppressed(tx, delivery, refused);
        if (refused == null) {
            tx.afterCommit(() -> queue.queued(draft, times));
        }
    }
}
