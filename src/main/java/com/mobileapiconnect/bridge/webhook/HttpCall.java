package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The context of one HTTP call, kept in a thread-local because the client's interceptors take no argument of ours; the
 * client runs a call on a single thread.
 */
final class HttpCall {

    private static final ThreadLocal<HttpCall> CURRENT = new ThreadLocal<>();

    private final Object owner;
    private final HttpOptions.@Nullable Tls tls;
    private final Networks networks;
    private final long deadlineNanos;
    private final int keptBytes;
    private volatile boolean timedOut;
    private @Nullable Answer answer;

    /**
     * The answer to a call.
     *
     * @param whole whether the body was read to its end, or to the limit
     */
    record Answer(HttpAnswer said, boolean whole) {

        int status() {
            return said.status();
        }

        String body() {
            return said.body();
        }
    }

    /**
     * The owner of a connection to a target that has options of its own.
     *
     * @param options the options with which the connection was made
     * @param token   whether the connection leads to the token endpoint
     */
    record Owner(String tenantId, String targetId, HttpOptions options, boolean token) {}

    /** The calls that a kept-alive connection is good for: those of an equal owner, within the same networks. */
    private record State(Object owner, AllowedNetworks allowed) {}

    /**
     * @param owner     the tenant's id, or an {@link Owner}
     * @param keptBytes number of bytes of the answer's body to keep
     */
    HttpCall(Object owner, HttpOptions.@Nullable Tls tls, Networks networks, long deadlineNanos, int keptBytes) {
        this.owner = owner;
        this.tls = tls;
        this.networks = networks;
        this.deadlineNanos = deadlineNanos;
        this.keptBytes = keptBytes;
    }

    /** Makes a preparatory call for this one, with the same tenant's networks and the same deadline. */
    HttpCall forToken(Owner tokenOwner, HttpOptions.@Nullable Tls tokenTls, int tokenBytes) {
        return new HttpCall(tokenOwner, tokenTls, networks, deadlineNanos, tokenBytes);
    }

    static HttpCall current() {
        HttpCall call = CURRENT.get();
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

    /** Returns the state of the call's connection: a kept-alive one is only used by calls with an equal state. */
    Object state() {
        return new State(owner, networks.allowed());
    }

    String tenantId() {
        return networks.tenantId();
    }

    HttpOptions.@Nullable Tls tls() {
        return tls;
    }

    int keptBytes() {
        return keptBytes;
    }

    AllowedNetworks allowed() {
        return networks.allowed();
    }

    /** Returns whether the tenant's networks are still those that the call was made within. */
    boolean networksAreStillGood() {
        return networks.stillGood();
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
