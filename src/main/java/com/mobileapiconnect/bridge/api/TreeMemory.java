package com.mobileapiconnect.bridge.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * The memory of the trees that are made of requests' bodies, until the requests are answered. A body is weighed by its
 * bytes before a tree is made of it, because a short value takes many times its bytes in a tree. Of all memory a caller
 * may have a quarter, and only small trees the last quarter; a single tree always fits, because bodies are bounded.
 */
@Component
public class TreeMemory implements HandlerInterceptor {

    /** Largest number of tokens in a body that becomes a tree: brackets, names of fields, and values. */
    static final int MAX_TOKENS = 100_000;

    private static final int SHARE_OF_HEAP = 8;
    private static final int SMALL = 64 << 10;
    private static final long PER_BYTE = 3;
    private static final long PER_VALUE = 100;
    private static final String OWNER = TreeMemory.class.getName() + ".owner";
    private static final String CLAIM = TreeMemory.class.getName() + ".claim";

    private final long most;
    private final Map<String, Long> owned = new HashMap<>(); // guarded by this
    private long taken; // guarded by this

    private record Claim(String owner, long weight) {}

    @Autowired
    TreeMemory() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    TreeMemory(long most) {
        this.most = most;
    }

    /** Notes who has to answer for the memory that a request takes. */
    public static void owner(HttpServletRequest request, String tenantId) {
        request.setAttribute(OWNER, tenantId);
    }

    static String ownerOf(HttpServletRequest request) {
        Object owner = request.getAttribute(OWNER);
        return owner == null ? "" : owner.toString();
    }

    /**
     * Claims memory for the tree of a body, until the request is answered. Throws a 429 {@link Problem} if the caller
     * has too much already, a 503 one if all callers together have.
     */
    public void claim(HttpServletRequest request, byte[] body) {
        Claim claim = new Claim(ownerOf(request), weight(body));
        take(claim);
        request.setAttribute(CLAIM, claim);
    }

    /** Estimates rather too much: brackets and commas count wherever they stand, in whatever encoding. */
    static long weight(byte[] body) {
        int values = 0;
        for (byte b : body) {
            values += b == ',' || b == '{' || b == '[' || b == '-' || b == '\n' ? 1 : 0;
        }
        return PER_BYTE * body.length + PER_VALUE * Math.min(values, MAX_TOKENS);
    }

    private synchronized void take(Claim claim) {
        long own = owned.getOrDefault(claim.owner(), 0L);
        if (own > 0 && own + claim.weight() > most / 4) {
            throw Problem.tooMuch("Requests of this tenant that are being worked on are too large together.");
        }
        if (taken > 0 && taken + claim.weight() > (claim.weight() > SMALL ? most - most / 4 : most)) {
            throw Problem.unavailable("Too many large requests are being worked on at the moment.");
        }
        taken += claim.weight();
        owned.put(claim.owner(), own + claim.weight());
    }

    private synchronized void release(Claim claim) {
        taken -= claim.weight();
        owned.computeIfPresent(claim.owner(), (owner, own) -> own == claim.weight() ? null : own - claim.weight());
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(CLAIM) instanceof Claim claim) {
            request.removeAttribute(CLAIM);
            release(claim);
        }
    }
}
