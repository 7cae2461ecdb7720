package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call, as the parts of the client that cannot be told otherwise see it: the client runs a call on one
 * thread from its start to its end, so it travels with the thread.
 */
final class Call {

    private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();

    private final String tenantId;
    private final AllowedNetworks allowed;
    private final long deadlineNanos;
    private volatile boolean timedOut;
    private @Nullable Answer answer;

    /**
     * What came back.
     *
     * @param whole      whether the body was read to its end, or to where it is cut
     * @param body       its first 2 KiB
     * @param retryAfter the header of that name
     * @param wish       the header {@code webhook-delivery}: what the receiver wants besides
     */
    record Answer(
            int status,
            boolean whole,
            String body,
            @Nullable String retryAfter,
            @Nullable String wish) {}

    Call(String tenantId, AllowedNetworks allowed, long deadlineNanos) {
        this.tenantId = tenantId;
        this.allowed = allowed;
        this.deadlineNanos = deadlineNanos;
    }

    static Call current() {
        Call call = CURRENT.get();
        if (call == null) {
            throw new IllegalStateException("This HTTP client makes the bridge's own calls only");
        }
        return call;
    }

    void begin() {
        CURRENT.set(this);
    }

    static void end() {
        CURRENT.remove();
    }

    String tenantId() {
        return tenantId;
    }

    AllowedNetworks allowed() {
        return allowed;
    }

    long nanosLeft() {
        return deadlineNanos - System.nanoTime();
    }

    long millisLeft() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanosLeft()));
    }

    void timeOut() {
        timedOut = true;
    }

    boolean timedOut() {
        return timedOut || nanosLeft() <= 0;
    }

    void answered(Answer came) {
        answer = came;
    }

    @Nullable Answer answer() {
        return answer;
    }
}
