package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.door.WaitingRoom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The phones that wait for SMS to send: a waiting request is an object in this map and holds no thread. A phone has
 * one; a phone that asks again has lost its earlier connection.
 */
@Component
class WaitingPhones implements SmartLifecycle {

    // The time that the store has if the phone does not wait.
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Memory that the web server keeps for a waiting request: measured as 80 KB. */
    private static final long BYTES_EACH = 100_000;

    private final OutgoingQueue queue;
    private final Devices devices;
    /** The waiting requests by device. */
    private final Map<String, DeferredResult<Batch>> waiting = new ConcurrentHashMap<>();
    /** The last look into the queue of each device for which one is under way. */
    private final Map<String, CompletableFuture<Boolean>> looks = new ConcurrentHashMap<>();
    /** The same by tenant: when there are too many, the tenant with the most gives way. */
    private final WaitingRoom<String, DeferredResult<Batch>> room;

    private volatile boolean running;

    WaitingPhones(OutgoingQueue queue, Devices devices, ReplySettings settings) {
        this.devices = devices;
        this.queue = queue;
        long fit = Runtime.getRuntime().maxMemory() / 4 / BYTES_EACH;
        int most = settings.waitingPhones() > 0 ? settings.waitingPhones() : (int) Math.min(fit, Integer.MAX_VALUE);
        this.room = new WaitingRoom<>(most, most);
        queue.watch(this::wake);
    }

    /** Answered as soon as there is something, or with nothing when the time is up; at once when it is zero. */
    DeferredResult<Batch> poll(String tenantId, String deviceId, Duration wait) {
        boolean waits = !wait.isZero() && running;
        DeferredResult<Batch> answer = new DeferredResult<>((waits ? wait : PATIENCE).toMillis(), () -> Batch.NOTHING);
        answer.onCompletion(() -> {
            waiting.remove(deviceId, answer);
            room.leave(tenantId, answer);
        });
        // Register first, then look, so that SMS queued in between are not missed.
        nothingFor(waiting.put(deviceId, answer));
        nothingFor(room.enter(tenantId, answer)); // the one that has waited longest asks again
        look(tenantId, deviceId).whenComplete((found, failure) -> {
            if (failure != null) {
                answer.setErrorResult(failure instanceof CompletionException e ? e.getCause() : failure);
            } else if (!found && !waits) {
                answer.setResult(Batch.NOTHING);
            }
        });
        return answer;
    }

    /**
     * Hands the phone what there is, and returns whether there was anything. Looks for one phone follow each other: none
     * says that there is nothing while what another has found is on its way to the phone, or back into the queue.
     */
    private CompletableFuture<Boolean> look(String tenantId, String deviceId) {
        CompletableFuture<Boolean> look = new CompletableFuture<>();
        CompletableFuture<Boolean> before = looks.put(deviceId, look);
        (before == null ? CompletableFuture.completedFuture(false) : before.exceptionally(failure -> false))
                .thenCompose(ended -> queue.lease(tenantId, deviceId))
                .thenCompose(leased -> leased.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : hand(tenantId, deviceId, leased).thenApply(handed -> true))
                .whenComplete((found, failure) -> {
                    looks.remove(deviceId, look);
                    if (failure == null) {
                        look.complete(found);
                    } else {
                        look.completeExceptionally(failure);
                    }
                });
        return look;
    }

    private static void nothingFor(@Nullable DeferredResult<Batch> answer) {
        if (answer != null) {
            answer.setResult(Batch.NOTHING);
        }
    }

    private void wake(String deviceId) {
        if (waiting.containsKey(deviceId)) {
            devices.served(deviceId).map(Device::tenantId).ifPresent(tenantId -> look(tenantId, deviceId));
        }
    }

    /** Hands SMS to the waiting phone; if none waits any more, they are given back. */
    private CompletableFuture<?> hand(String tenantId, String deviceId, List<Outgoing> leased) {
        DeferredResult<Batch> answer = waiting.remove(deviceId);
        return answer != null && answer.setResult(Batch.of(leased))
                ? CompletableFuture.completedFuture(leased)
                : queue.giveBack(tenantId, leased);
    }

    int count() {
        return room.count();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Answers all waiting phones: they ask again, and find the next bridge. */
    @Override
    public void stop() {
        running = false;
        List.copyOf(waiting.values()).forEach(WaitingPhones::nothingFor);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before the web server, which waits for requests under way. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
