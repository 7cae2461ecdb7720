package com.mobileapiconnect.bridge.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A request's bytes, bounded while they are read, whatever its headers claim. */
public final class RawBody {

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
            byte[] first = in.readNBytes(small + 1);
            if (first.length > limit) {
                throw tooLarge(limit);
            }
            return new RawBody(in, first, first.length <= small, limit);
        } catch (IOException e) {
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
            byte[] more = in.readNBytes(limit - first.length + 1);
            if (first.length + more.length > limit) {
                throw tooLarge(limit);
            }
            byte[] all = Arrays.copyOf(first, first.length + more.length);
            System.arraycopy(more, 0, all, first.length, more.length);
            return all;
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private static Problem tooLarge(int limit) {
        return Problem.tooLarge("The body is over " + (limit >> 20) + " MiB.");
    }

    private static Problem unreadable() {
        return Problem.badRequest("The body could not be read to its end.");
    }
}
