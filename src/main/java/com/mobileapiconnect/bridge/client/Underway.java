package com.mobileapiconnect.bridge.client;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call under way; but for {@link #done}, only the client's loop touches it. */
final class Underway {

    /** Bytes of a body after which no more are read. */
    private static final int READ_BYTES = 1 << 20;

    final Request request;
    final Caller caller;
    final Route route;
    /** Ends without a value once the answer is whole, and otherwise with what went wrong. */
    final CompletableFuture<Void> done = new CompletableFuture<>();

    final CallShare share;

    private final Kept kept;
    private @Nullable HttpResponse head;
    /** Gives the connection up that the call is on. */
    private @Nullable Runnable leave;

    private @Nullable ScheduledFuture<?> deadline;

    Underway(Request request, Caller caller, Route route, CallMemory memory) {
        this.request = request;
        this.caller = caller;
        this.route = route;
        this.share = new CallShare(memory, caller.tenantId());
        this.kept = new Kept(caller.keptBytes(), share);
    }

    /** Ends the call at its deadline, wherever it is then. */
    void endInTime(EventLoop loop) {
        deadline = loop.schedule(
                () -> {
                    caller.timeOut();
                    fail(new IOException("No answer within the timeout"));
                },
                caller.deadlineNanos() - System.nanoTime(),
                TimeUnit.NANOSECONDS);
    }

    /** @param abandon closes the connection that the call is on from now on, if the call ends early */
    void on(Runnable abandon) {
        leave = abandon;
    }

    boolean over() {
        return done.isDone();
    }

    void head(HttpResponse came) {
        head = came;
        caller.answered(new Answer(came.status().code(), came.headers(), "", false));
    }

    /** Takes a part of the body; false if there is no memory for it. */
    boolean body(HttpContent part) {
        return kept.add(part.content());
    }

    /** Returns whether so much of the body came that no more is read. */
    boolean enough() {
        return kept.came() >= READ_BYTES;
    }

    void succeed() {
        HttpResponse came = head;
        if (came != null) {
            caller.answered(new Answer(came.status().code(), came.headers(), kept.text(), true));
        }
        forget();
        done.complete(null);
    }

    /** Ends the call, and its connection with it. */
    void fail(Throwable why) {
        HttpResponse came = head;
        if (came != null && !over()) {
            caller.answered(new Answer(came.status().code(), came.headers(), kept.text(), false));
        }
        Runnable abandon = leave;
        forget();
        if (abandon != null) {
            abandon.run();
        }
        done.completeExceptionally(why);
    }

    private void forget() {
        leave = null;
        share.end();
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
