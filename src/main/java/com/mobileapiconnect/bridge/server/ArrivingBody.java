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
import java.io.IOException;
import java.util.Arrays;
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
    private static final byte[] NONE = {};
    // The excess that is still read, so that its sender can read the error.
    private static final long MOST_THROWN_AWAY = 10L << 20;
    // 4 KiB a second on average: bad mobile networks are faster.
    private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (4 << 10);

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final BodyMemory.Claim memory;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final long began;
    private final ServletInputStream in;
    private byte[] kept = NONE; // space, of which the first bytes have come
    private long came;
    private @Nullable Problem problem;
    private @Nullable AsyncContext later;

    ArrivingBody(
            HttpServletRequest request,
            HttpServletResponse response,
            BodyMemory.Claim memory,
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
        kept = new byte[(int) length];
        while (came < length && in.available() > 0) {
            int n = in.read(kept, (int) came, (int) (length - came));
            if (n < 0) {
                break;
            }
            came += n;
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
        if (!memory.growTo(kept.length)) {
            refuseWithoutRoom(kept.length);
        }
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
        if (problem == null && hasRoom((int) came)) {
            System.arraycopy(chunk, 0, kept, (int) came - n, n);
        }
    }

    /** Makes room for so many bytes, if there is any: twice as much as before, and no more than was announced. */
    private boolean hasRoom(int bytes) {
        if (bytes <= kept.length) {
            return true;
        }
        long length = request.getContentLengthLong();
        int most = length < 0 ? RawBody.LARGEST : (int) length;
        int space = Math.min(most, Math.max(bytes, Math.max(USUAL, 2 * kept.length)));
        if (!memory.growTo(space)) {
            refuseWithoutRoom(space);
            return false;
        }
        kept = Arrays.copyOf(kept, space);
        return true;
    }

    private void refuseWithoutRoom(int wanted) {
        if (memory.leavesRoom(wanted)) {
            RawBody.noteOverItsShare(request);
            refuse(Problem.unavailable("Too many request bodies of this address are arriving at the moment."));
        } else {
            refuse(Problem.unavailable("Too many request bodies are arriving at the moment."));
        }
    }

    /** Discards everything that still comes. */
    private void refuse(Problem why) {
        problem = why;
        kept = NONE;
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
            RawBody.arrived(request, came == kept.length ? kept : Arrays.copyOf(kept, (int) came));
        }
    }

    private void release() {
        memory.release();
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
