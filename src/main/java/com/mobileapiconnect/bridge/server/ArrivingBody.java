package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way. Bytes are kept while there is room and then discarded, which lets the sender read the error; a
 * body that takes too long is given up. The container calls this from a single thread at a time.
 */
final class ArrivingBody implements ReadListener, AsyncListener {

    private static final int CHUNK = 4 << 10;
    private static final int USUAL = 512;
    // The excess that is still read, so that its sender can read the error.
    private static final long MOST_THROWN_AWAY = 10L << 20;
    // 4 KiB a second on average: bad mobile networks are faster.
    private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (4 << 10);

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final BodyMemory memory;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final long began;
    private final ServletInputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(USUAL);
    private long came;
    private long claimed;
    private @Nullable Problem problem;
    private @Nullable AsyncContext later;

    ArrivingBody(
            HttpServletRequest request,
            HttpServletResponse response,
            BodyMemory memory,
            long patienceNanos,
            LongSupplier nanoTime)
            throws IOException {
        this.request = request;
        this.response = response;
        this.memory = memory;
        this.patienceNanos = patienceNanos;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.in = request.getInputStream();
        if (request.getContentLengthLong() > RawBody.LARGEST) {
            problem = RawBody.tooLarge(RawBody.LARGEST);
        }
    }

    /** Reads the part of a small body that came with the headers; returns whether that was all of it. */
    boolean cameAtOnce() throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > BodyMemory.SMALL) {
            return false;
        }
        byte[] chunk = new byte[(int) length];
        while (came < length && in.available() > 0) {
            int n = in.read(chunk, 0, (int) (length - came));
            if (n < 0) {
                break;
            }
            came += n;
            kept.write(chunk, 0, n);
        }
        if (came != length) {
            return false;
        }
        end();
        return true;
    }

    /** Returns the longest time that the body may still take; a body that is slower on average ends earlier. */
    long longestMillis() {
        long length = request.getContentLengthLong();
        long most = length < 0 ? RawBody.LARGEST : Math.min(length, MOST_THROWN_AWAY);
        return TimeUnit.NANOSECONDS.toMillis(patienceNanos + most * NANOS_PER_BYTE);
    }

    void awaitRest(AsyncContext context) {
        later = context;
        claim((int) came);
        in.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (in.isReady()) {
            int n = in.read(chunk);
            if (n < 0) {
                return;
            }
            take(chunk, n);
            if (came > MOST_THROWN_AWAY || nanoTime.getAsLong() - began > patienceNanos + came * NANOS_PER_BYTE) {
                giveUp(tooSlow());
                return;
            }
        }
    }

    private void take(byte[] chunk, int n) {
        came += n;
        if (came > RawBody.LARGEST && problem == null) {
            refuse(RawBody.tooLarge(RawBody.LARGEST));
        }
        if (problem == null && claim(n)) {
            kept.write(chunk, 0, n);
        }
    }

    private boolean claim(int bytes) {
        if (!memory.claim(bytes, came)) {
            refuse(Problem.unavailable("Too many request bodies are arriving at the moment."));
            return false;
        }
        claimed += bytes;
        return true;
    }

    /** Discards everything that still comes. */
    private void refuse(Problem why) {
        problem = why;
        kept.reset();
        release();
    }

    private void giveUp(Problem why) {
        if (later == null) {
            return; // the request has begun, so the failure does not concern the body
        }
        if (problem == null) {
            refuse(why);
        }
        RawBody.leaveUnread(request);
        response.setHeader("Connection", "close");
        goOn();
    }

    private static Problem tooSlow() {
        return Problem.unavailable("The request body arrived too slowly; send it again in smaller parts.");
    }

    @Override
    public void onAllDataRead() {
        goOn();
    }

    @Override
    public void onError(Throwable unreadable) {
        giveUp(Problem.badRequest("The request body could not be read to its end."));
    }

    private void goOn() {
        AsyncContext context = later;
        later = null;
        if (context != null) {
            end();
            context.dispatch();
        }
    }

    private void end() {
        if (problem != null) {
            RawBody.failed(request, problem);
        } else {
            RawBody.arrived(request, kept.toByteArray());
        }
    }

    private void release() {
        memory.release(claimed);
        claimed = 0;
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        giveUp(tooSlow());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        release();
    }

    @Override
    public void onError(AsyncEvent event) {
        giveUp(Problem.badRequest("The request body could not be read to its end."));
    }

    /** Releases the memory: a handler that itself waits for something has the body by then. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        release();
    }
}
