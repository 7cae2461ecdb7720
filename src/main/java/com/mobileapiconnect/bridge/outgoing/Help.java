package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Answers customers who ask for HELP, in the transaction that accepts their message, under the guards of all replies. */
@Component
class Help {

    private final SmsPolicy policy;
    private final Devices devices;
    private final Guards guards;
    private final OutgoingCount waiting;
    private final OutgoingQueue queue;

    Help(SmsPolicy policy, Devices devices, Guards guards, OutgoingCount waiting, OutgoingQueue queue) {
        this.policy = policy;
        this.devices = devices;
        this.guards = guards;
        this.waiting = waiting;
        this.queue = queue;
    }

    void answer(Transaction tx, StoredMessage stored) throws SQLException {
        InboundMessage message = stored.message();
        HelpAnswer help = policy.of(message.tenantId()).help();
        if (help == null || message.flags().has(Flags.Flag.NO_REPLY) || !help.isAskedBy(message.text())) {
            return;
        }
        Device device = devices.find(message.deviceId()).filter(Device::sends).orElse(null);
        Instant now = stored.acceptedAt();
        Customer customer = new Customer(message.tenantId(), message.from(), message.region());
        if (device == null
                || guards.ofPhone(tx, device.id()) != null
                || guards.ofNumber(customer) != null
                || guards.ofHistory(tx, customer, now) != null) {
            return;
        }
        OutgoingDraft draft = new OutgoingDraft(
                Ids.timeOrdered(Outgoing.PREFIX, now),
                message.tenantId(),
                device.id(),
                new OutgoingDraft.Origin.Help(),
                message.from(),
                help.text(),
                null,
                message.sim(),
                Terms.OF_REPLY,
                message.region());
        OutgoingRows.insert(tx, draft, queue.now());
        waiting.add(tx, message.tenantId());
        tx.afterCommit(() -> queue.announce(device.id()));
    }
}
