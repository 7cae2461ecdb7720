package com.mobileapiconnect.bridge.portal;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A page that some browsers look at: it is drawn once for all of them. */
final class LiveView {

    private final LiveId id;
    private final Supplier<String> drawing;
    private final Set<LiveStream> streams = new CopyOnWriteArraySet<>();
    private volatile byte @Nullable [] last;

    /** @param drawing returns the part of the page that changes; throws {@link Answer.Refused} where it may not be seen */
    LiveView(LiveId id, Supplier<String> drawing) {
        this.id = id;
        this.drawing = drawing;
    }

    LiveId id() {
        return id;
    }

    /** Adds a browser, and shows it what the others have seen. */
    void add(LiveStream stream) {
        streams.add(stream);
        byte[] seen = last;
        if (seen != null) {
            stream.send(seen);
        }
    }

    /** Returns whether nobody looks any more. */
    boolean remove(LiveStream stream) {
        streams.remove(stream);
        return streams.isEmpty();
    }

    List<LiveStream> streams() {
        return List.copyOf(streams);
    }

    /** Draws the page, and tells those who look at it if it has changed; returns whether it has. */
    boolean draw() {
        byte[] event = LiveEvent.part(drawing.get());
        if (Arrays.equals(event, last)) {
            return false;
        }
        last = event;
        streams.forEach(stream -> stream.send(event));
        return true;
    }
}
