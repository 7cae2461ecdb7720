package com.mobileapiconnect.bridge.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A request's bytes, bounded while they are read, whatever its headers claim. */
public final class RawBody {

    private static final int CHUNK = 8 << 10;
    private static final long FIRST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    // 4 KiB a second on the average: a bad mobile network is faster.
    private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (4 << 10);

    private final InputStream in;
    private final byte[] first;
    private final boolean whole;
    private final int limit;

    private RawBody(InputStream in, byte[] first, boolean whole, int limit) {
        this.in = in;
        this.first = first;
        this.whole = whole;
        this.limit = limit;
    }

    /** Reads the whole body; throws a 413 {@link Problem} when it is larger than the limit. */
    public static byte[] read(HttpServletRequest request, int limit) {
        return begin(request, limit, limit).bytes();
    }

    /** Reads up to {@code small} bytes, so that a large body can be taken only when there is room for it. */
    public static RawBody begin(HttpServletRequest request, int small, int limit) {
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        try {
            InputStream in = request.getInputStream();
            byte[] first = read(in, small + 1);
            if (first.length > limit) {
                throw tooLarge(limit);
            }
            return new RawBody(in, first, first.length <= small, limit);
        } catch (IOException | IllegalStateException e) { // the latter for trailers beyond the container's bounds
            throw unreadable();
        }
    }

    /** Whether the body was no larger than {@code small}. */
    public boolean isWhole() {
        return whole;
    }

    public byte[] bytes() {
        return first;
    }

    /** The whole body of a large one; throws a 413 {@link Problem} beyond the limit. */
    public byte[] rest() {
        try {
            byte[] more = read(in, limit - first.length + 1);
            if (first.length + more.length > limit) {
                throw tooLarge(limit);
            }
            byte[] all = Arrays.copyOf(first, first.length + more.length);
            System.arraycopy(more, 0, all, first.length, more.length);
            return all;
        } catch (IOException | IllegalStateException e) {
            throw unreadable();
        }
    }

    /** A body that drips holds its thread no longer than {@link #FIRST_PATIENCE_NANOS} and what its size allows. */
    private static byte[] read(InputStream in, int most) throws IOException {
        long start = System.nanoTime();
        ByteArrayOutputStream all = new ByteArrayOutputStream(Math.min(most, CHUNK));
        byte[] chunk = new byte[Math.min(most, CHUNK)];
        int n;
        while (all.size() < most && (n = in.read(chunk, 0, Math.min(chunk.length, most - all.size()))) >= 0) {
            all.write(chunk, 0, n);
            if (System.nanoTime() - start > FIRST_PATIENCE_NANOS + all.size() * NANOS_PER_BYTE) {
                throw Problem.unavailable("The body comes too slowly; send it again, in smaller parts.");
            }
        }
        return all.toByteArray();
    }

    private static Problem tooLarge(int limit) {
        return Problem.tooLarge("The body is over " + (limit >> 20) + " MiB.");
    }

    private static Problem unreadable() {
        return Problem.badRequest("The body could not be read to its end.");
    }
}
