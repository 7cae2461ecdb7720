package com.mobileapiconnect.bridge.api;

import com.mobileapiconnect.bridge.server.BodyFilter;
import jakarta.servlet.http.HttpServletRequest;

/** The bytes of a request, which {@link BodyFilter} has received before any handler runs. */
public final class RawBody {

    /** The limit of all requests; handlers set narrower ones. */
    public static final int LARGEST = 8 << 20;

    private static final String NAME = RawBody.class.getName();
    private static final String UNREAD = NAME + ".unread";
    private static final String OVER_ITS_SHARE = NAME + ".overItsShare";
    private static final byte[] NONE = {};

    private RawBody() {}

    /**
     * Returns the whole body. Throws a 413 {@link Problem} if it is larger than the limit, or the problem that kept the
     * body from arriving.
     */
    public static byte[] read(HttpServletRequest request, int limit) {
        Object body = request.getAttribute(NAME);
        if (body instanceof Problem problem) {
            throw problem;
        }
        byte[] bytes = body instanceof byte[] arrived ? arrived : NONE;
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    public static void arrived(HttpServletRequest request, byte[] bytes) {
        request.setAttribute(NAME, bytes);
    }

    public static void failed(HttpServletRequest request, Problem why) {
        request.setAttribute(NAME, why);
    }

    /** Notes that a part of the body was not read, so that the connection cannot be used again. */
    public static void leaveUnread(HttpServletRequest request) {
        request.setAttribute(UNREAD, true);
    }

    public static boolean leftUnread(HttpServletRequest request) {
        return request.getAttribute(UNREAD) != null;
    }

    /** Notes that there would have been room for the body if its sender did not have its share already. */
    public static void noteOverItsShare(HttpServletRequest request) {
        request.setAttribute(OVER_ITS_SHARE, true);
    }

    public static boolean overItsShare(HttpServletRequest request) {
        return request.getAttribute(OVER_ITS_SHARE) != null;
    }

    public static Problem tooLarge(int limit) {
        return Problem.tooLarge("The body is over " + (limit >> 20) + " MiB.");
    }
}
