package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.device.Transport;
import com.mobileapiconnect.bridge.gateway.Sms;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * The outbox of apps that fetch SMS at their own URL: leased as to a phone that fetches, until the answer is written. From
 * then on they are sent, because such apps report only if they are set to.
 */
@Component
public class AppOutbox {

    // Longer than any group commit on a working disk; the app asks again.
    private static final long PATIENCE_SECONDS = 20;

    private final OutgoingQueue queue;
    private final Devices devices;
    private final Numbering numbering;
    private final Map<String, CompletableFuture<Void>> expected = new ConcurrentHashMap<>();

    AppOutbox(OutgoingQueue queue, Devices devices, Numbering numbering) {
        this.queue = queue;
        this.devices = devices;
        this.numbering = numbering;
        queue.watch(this::announced);
    }

    private void announced(String deviceId) {
        CompletableFuture<Void> waiting = expected.get(deviceId);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Returns whether SMS of this device wait for the app to ask. */
    public boolean serves(Device device) {
        return device.app().asks()
                && device.transport() instanceof Transport.Poll
                && devices.served(device.id()).isPresent();
    }

    /** SMS that are leased for an answer. */
    public final class Given {

        private final Device device;
        private final List<Outgoing> leased;

        private Given(Device device, List<Outgoing> leased) {
            this.device = device;
            this.leased = leased;
        }

        public List<Sms> sms() {
            return leased.stream().map(sms -> sms.forGateway(device, numbering)).toList();
        }

        /** Notes that the app has them; does not wait for that. */
        public void arrived() {
            if (!leased.isEmpty()) {
                queue.given(device.tenantId(), leased);
            }
        }

        /** Takes them back, because the app was not there for its answer. */
        public void takeBack() {
            if (!leased.isEmpty()) {
                queue.giveBack(device.tenantId(), leased);
            }
        }
    }

    /** Returns no SMS for an answer. */
    public Given nothing(Device device) {
        return new Given(device, List.of());
    }

    /** Leases due SMS for an answer to the app. */
    public Given take(Device device) {
        try {
            return new Given(
                    device, queue.lease(device.tenantId(), device.id()).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("No SMS to send within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while fetching SMS to send", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
        }
    }

    /** The next SMS that is queued for a device, from now on. */
    public final class Next implements AutoCloseable {

        private final String deviceId;
        private final CompletableFuture<Void> queued = new CompletableFuture<>();

        private Next(String deviceId) {
            this.deviceId = deviceId;
            expected.put(deviceId, queued);
        }

        /** Returns once it is queued, or when the time is up. */
        public void await(Duration longest) {
            try {
                queued.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // then the app gets it when it asks the next time
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            expected.remove(deviceId, queued);
        }
    }

    /** Two that wait for the same device wait for the second one's; the first only waits in vain. */
    public Next next(Device device) {
        return new Next(device.id());
    }
}
