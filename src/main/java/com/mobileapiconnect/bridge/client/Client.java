package com.mobileapiconnect.bridge.client;

import com.mobileapiconnect.bridge.setting.OpenFiles;
import com.mobileapiconnect.bridge.thread.Loops;
import com.mobileapiconnect.bridge.thread.Threads;
import io.netty.channel.EventLoop;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.HostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls over HTTP/1.1, with connections that are kept for the next call of the same owner. Loops write requests and
 * read answers, so no call holds a thread. Redirects, cookies and compression are not followed, kept or undone, and a
 * request that failed is not sent again. The number of calls is bounded by the callers.
 */
public final class Client implements AutoCloseable {

    private static final int MOST_IDLE = 4_096;

    private final Loops loops;
    private final ExecutorService handshakes = Threads.fixed("handshakes", 2);
    private final CallMemory memory;
    private final Map<EventLoop, Wire> wires = new LinkedHashMap<>();

    /** @param proxy null to connect to receivers themselves */
    public Client(Loops loops, Supplier<HostnameVerifier> names, @Nullable Proxy proxy) {
        this(loops, names, proxy, new CallMemory(), Math.min(MOST_IDLE, OpenFiles.forCalls() / 2));
    }

    /** @param mostIdle connections that may wait for a further call */
    Client(Loops loops, Supplier<HostnameVerifier> names, @Nullable Proxy proxy, CallMemory memory, int mostIdle) {
        this.loops = loops;
        this.memory = memory;
        int each = Math.max(1, mostIdle / loops.all().size());
        loops.all()
                .forEach(loop -> wires.put(
                        loop, new Wire(loop, new Pool(each), new Tls(loop, names, handshakes), memory, proxy)));
    }

    /**
     * Makes a call. The future ends on a loop: without a value once the caller has the whole answer, otherwise with what
     * went wrong. Cancelling it ends the call and closes its connection.
     */
    public CompletableFuture<Void> send(Request request, Caller caller) {
        Underway call;
        try {
            call = new Underway(request, caller, Hosts.route(request.url(), caller.owner()), memory);
        } catch (URISyntaxException e) {
            return CompletableFuture.failedFuture(e);
        }
        // On the loop that asks, so that it need not wake another; otherwise where this receiver's connections are.
        EventLoop here = loops.current();
        Wire wire = Objects.requireNonNull(wires.get(here == null ? loops.of(call.route) : here));
        try {
            wire.begin(call);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
        call.done.whenComplete((value, failure) -> {
            if (call.done.isCancelled()) {
                wire.run(() -> call.fail(new CancellationException()));
            }
        });
        return call.done;
    }

    /** Closes all connections that no call is using, at once. */
    public void closeIdle() {
        wires.values().forEach(Wire::closeIdle);
    }

    /** Ends the handshakes; connections end with their loops. */
    @Override
    public void close() {
        wires.values().forEach(Wire::close);
        handshakes.shutdownNow();
    }
}
