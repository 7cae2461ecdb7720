package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.client.Caller;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP call: whose it is, how far it may go, and what came of it. */
final class HttpCall implements Caller {

    private final Object owner;
    private final HttpOptions.@Nullable Tls tls;
    private final Networks networks;
    private final long deadlineNanos;
    private final int keptBytes;
    private @Nullable Means means;
    private volatile boolean timedOut;
    private volatile boolean connected;
    private volatile @Nullable Answer answer;
    private boolean keepsHeaders;
    private volatile Map<String, List<String>> headers = Map.of();

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

    /** Keeps all headers of the answer too. */
    HttpCall keepHeaders() {
        keepsHeaders = true;
        return this;
    }

    /** The means by which calls reach their receivers. */
    interface Means {

        /** Returns the addresses that a call may connect to. */
        CompletableFuture<List<InetSocketAddress>> addresses(HttpCall call, String host, int port);

        SSLContext context(HttpOptions.Tls material);
    }

    HttpCall by(Means known) {
        means = known;
        return this;
    }

    @Override
    public Object owner() {
        return new State(owner, networks.allowed());
    }

    @Override
    public CompletableFuture<List<InetSocketAddress>> addresses(String host, int port) {
        return Objects.requireNonNull(means).addresses(this, host, port);
    }

    @Override
    public @Nullable SSLContext tls() {
        return tls == null ? null : Objects.requireNonNull(means).context(tls);
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public String tenantId() {
        return networks.tenantId();
    }

    @Override
    public int keptBytes() {
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

    @Override
    public void connected() {
        connected = true;
    }

    /** Returns whether the receiver may have something of the request. */
    boolean wasConnected() {
        return connected;
    }

    @Override
    public void timeOut() {
        timedOut = true;
    }

    boolean timedOut() {
        return timedOut || nanosLeft() <= 0;
    }

    @Override
    public void answered(com.mobileapiconnect.bridge.client.Answer came) {
        if (keepsHeaders) {
            headers = came.headers();
        }
        answer = new Answer(
                new HttpAnswer(
                        came.status(),
                        came.body(),
                        came.header("Retry-After"),
                        came.header(HttpAnswer.WISH),
                        came.header("Location"),
                        came.header("Content-Encoding")),
                came.whole());
    }

    @Nullable Answer answer() {
        return answer;
    }

    /** Returns the answer's headers, by their names in lower case, if they were to be kept. */
    Map<String, List<String>> headers() {
        return headers;
    }
}
