package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.outgoing.AppOutbox;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.tracking.DeliveryQueries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The answers to apps that take SMS to send out of them. An SMS that a rule replies to is answered a moment later, with
 * the reply; what is not there by then, the app gets when it asks.
 */
@Component
class AppAnswers {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    /** A request that waits holds a thread. */
    private static final int MOST_WAITING = 8;

    private final AppOutbox outbox;
    private final Devices devices;
    private final Store store;
    private final MessageQueries messages;
    private final DeliveryQueries deliveries;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    AppAnswers(AppOutbox outbox, Devices devices, Store store, MessageQueries messages, DeliveryQueries deliveries) {
        this.outbox = outbox;
        this.devices = devices;
        this.store = store;
        this.messages = messages;
        this.deliveries = deliveries;
    }

    /** Makes the contents of a request durable. */
    @FunctionalInterface
    interface Storing {

        /** Returns the messages among them. */
        List<Accepted> now();
    }

    /** @param storing makes the contents of the request durable, and returns the messages among them */
    Reply of(Device device, Gateway.Asking app, Received received, Storing storing) {
        Redacted key = devices.signingKey(device.id());
        AppOutbox.Given given = given(device, received, storing);
        return new Reply(app.receipt(received, given.sms(), key), given);
    }

    private AppOutbox.Given given(Device device, Received received, Storing storing) {
        if (!outbox.serves(device)) {
            storing.now();
            return outbox.nothing(device);
        } else if (received instanceof Received.Question) {
            return outbox.take(device);
        }
        try (AppOutbox.Next next = outbox.next(device)) {
            List<Accepted> accepted = storing.now();
            return accepted.isEmpty() ? outbox.nothing(device) : replies(device, accepted, next);
        }
    }

    /** The SMS that came in is durable by now, so that nothing here may fail. */
    private AppOutbox.Given replies(Device device, List<Accepted> accepted, AppOutbox.Next next) {
        try {
            if (waiting.tryAcquire()) {
                try {
                    if (store.read(sql -> accepted.stream().anyMatch(each -> isReplying(sql, device, each)))) {
                        next.await(LONGEST_WAIT);
                    }
                } finally {
                    waiting.release();
                }
            }
            return outbox.take(device);
        } catch (StoreUnavailableException e) {
            return outbox.nothing(device);
        }
    }

    private boolean isReplying(JdbcClient sql, Device device, Accepted accepted) {
        return messages.find(sql, device.tenantId(), accepted.message().id()).stream()
                .flatMap(row -> deliveries.ofMessage(sql, row.message().seq()).stream())
                .anyMatch(delivery -> delivery.target().type().equals(Target.Type.REPLY.wireName())
                        && delivery.status().equals(DeliveryState.PENDING.wireName()));
    }
}
