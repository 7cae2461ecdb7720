package com.mobileapiconnect.bridge.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The versions of an object that a caller is willing to change, from the {@code If-Match} header (RFC 9110, 13.1.1). A
 * handler that changes something takes one as a parameter and checks it inside the unit that makes the change.
 */
public final class IfMatch {

    /** Accepts every version: there was no header, or it was {@code *}. */
    public static final IfMatch ANY = new IfMatch(null);

    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final Pattern BETWEEN = Pattern.compile("[ \\t]*(?:,[ \\t]*)+");

    private final @Nullable Set<String> tags;

    private IfMatch(@Nullable Set<String> tags) {
        this.tags = tags;
    }

    static IfMatch of(HttpServletRequest request) {
        String header = String.join(", ", Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)));
        return request.getHeader(HttpHeaders.IF_MATCH) == null ? ANY : of(header.strip());
    }

    /** Throws a 400 {@link Problem} for an invalid header. */
    static IfMatch of(String header) {
        if (header.equals("*")) {
            return ANY;
        }
        Set<String> tags = new HashSet<>();
        Matcher tag = TAG.matcher(header);
        Matcher between = BETWEEN.matcher(header);
        int at = 0;
        do {
            if (!tag.region(at, header.length()).lookingAt()) {
                throw malformed();
            }
            if (tag.group(1) == null) { // a weak one never matches
                tags.add(tag.group(2));
            }
            at = tag.end();
            if (at < header.length()) {
                if (!between.region(at, header.length()).lookingAt()) {
                    throw malformed();
                }
                at = between.end();
            }
        } while (at < header.length());
        return new IfMatch(tags);
    }

    private static Problem malformed() {
        return Problem.badRequest(
                "If-Match must be the ETag of the object, in quotes as GET gave it, like \"3\", a list"
                        + " of those, or *.");
    }

    /** Throws a 412 {@link Problem} when the object has another version by now. */
    public void check(long version) {
        check(Long.toString(version));
    }

    /** Throws a 412 {@link Problem} when the object has another tag by now. */
    public void check(String tag) {
        if (tags != null && !tags.contains(tag)) {
            throw Problem.changedMeanwhile(ETag.of(tag));
        }
    }
}
