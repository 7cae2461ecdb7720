package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A create, as it passes through the library: in a thread-local, because what the library calls takes no argument of
 * ours. All of its calls are made on the thread that began.
 */
final class OlingoCall {

    /** The most of {@code $metadata} that is read; what the library makes of it is ten times as large. */
    static final int LARGEST_METADATA = 512 << 10;

    private static final ThreadLocal<@Nullable OlingoCall> CURRENT = new ThreadLocal<>();

    private final ODataSettings settings;
    private final Wire wire;
    private @Nullable HttpResult result;
    private int metadataBytes;

    OlingoCall(ODataSettings settings, Wire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /** Thrown when a service says more of itself than is read. */
    static final class TooLargeException extends IOException {
        TooLargeException() {
            super("The service's $metadata is larger than " + (LARGEST_METADATA >> 10)
                    + " KiB, too large for this connector; take odata4-entity");
        }
    }

    /** Thrown to the library for an answer that is not for it. */
    static final class DecidedException extends IOException {
        DecidedException() {
            super("The bridge judges this answer itself");
        }
    }

    static OlingoCall current() {
        OlingoCall call = CURRENT.get();
        if (call == null) {
            throw new IllegalStateException("The library calls on a thread of its own");
        }
        return call;
    }

    void begin() {
        CURRENT.set(this);
    }

    static void end() {
        CURRENT.remove();
    }

    long nanosLeft() {
        return wire.nanosLeft();
    }

    int metadataBytes() {
        return metadataBytes;
    }

    /** Returns what decides the outcome; null if no call came to that. */
    @Nullable HttpResult result() {
        return result;
    }

    /** Reads what the service says of itself. */
    String metadata(HttpRequest request) throws IOException {
        HttpResult read = wire.call(request, LARGEST_METADATA);
        if (!(read instanceof Answered answer) || !answer.isGood()) {
            result = read;
            throw new DecidedException();
        }
        metadataBytes = answer.body().length();
        if (metadataBytes >= LARGEST_METADATA) {
            throw new TooLargeException();
        } else if (answer.body().contains("<!DOCTYPE")) {
            throw new IOException("It has a document type");
        }
        return answer.body();
    }

    /** Makes the record. The library is told no more than that an answer came, whatever it is. */
    void create(HttpRequest request) throws IOException {
        result = wire.call(request);
        if (!(result instanceof Answered answer) || !answer.isGood()) {
            throw new DecidedException();
        }
    }

    /** Throws unless an address lies below the connection's own service. */
    String below(String address) throws IOException {
        String base = settings.service().base() + "/";
        if (!address.startsWith(base)) {
            throw new IOException("The library calls another service than the connection's");
        }
        return address.substring(base.length());
    }

    ServiceUrl service() {
        return settings.service();
    }
}
