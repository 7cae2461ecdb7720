package com.mobileapiconnect.bridge.api;

import com.mobileapiconnect.bridge.server.BodyFilter;
import jakarta.servlet.http.HttpServletRequest;

/** A request's bytes, which {@link BodyFilter} has taken in before anybody looks at the request. */
public final class RawBody {

    /** What no request may exceed; handlers set narrower limits. */
    public static final int LARGEST = 8 << 20;

    private static final String NAME = RawBody.class.getName();
    private static final String UNREAD = NAME + ".unread";
    private static final byte[] NONE = {};

    private RawBody() {}

    /** The whole body; throws a 413 {@link Problem} when it is larger than the limit, and what kept it from coming. */
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

    /** Something of it was not read: the connection cannot be used again. */
    public static void leaveUnread(HttpServletRequest request) {
        request.setAttribute(UNREAD, true);
    }

    public static boolean leftUnread(HttpServletRequest request) {
        return request.getAttribute(UNREAD) != null;
    }

    public static Problem tooLarge(int limit) {
        return Problem.tooLarge("The body is over " + (limit >> 20) + " MiB.");
    }
}
