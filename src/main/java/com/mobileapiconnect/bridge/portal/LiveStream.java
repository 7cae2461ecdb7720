package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream of events to one browser. Writing waits for nobody and holds no thread: of what a slow browser has not read
 * yet, only the newest event is kept, because each says all.
 */
final class LiveStream implements WriteListener, AsyncListener {

    private final Session session;
    private final LiveId view;
    private final Consumer<LiveStream> ended;
    private final LongSupplier nanoTime;
    private final long opened;
    private final AsyncContext async;
    private final ServletOutputStream out;

    // all guarded by this
    private byte @Nullable [] waiting = LiveEvent.BEGIN;
    private boolean begun;
    private boolean unsent;
    private boolean over;
    private long since;

    /** @param ended told once the stream is over, for whichever reason */
    private LiveStream(
            HttpServletRequest request, Session session, LiveId view, Consumer<LiveStream> ended, LongSupplier nanoTime)
            throws IOException {
        this.session = session;
        this.view = view;
        this.ended = ended;
        this.nanoTime = nanoTime;
        this.opened = nanoTime.getAsLong();
        this.since = opened;
        this.async = request.startAsync();
        this.out = async.getResponse().getOutputStream();
    }

    /** Opens the stream; the first event goes out as soon as the container lets it. */
    static LiveStream open(
            HttpServletRequest request, Session session, LiveId view, Consumer<LiveStream> ended, LongSupplier nanoTime)
            throws IOException {
        LiveStream stream = new LiveStream(request, session, view, ended, nanoTime);
        stream.async.setTimeout(0);
        stream.async.addListener(stream);
        stream.out.setWriteListener(stream);
        return stream;
    }

    Session session() {
        return session;
    }

    /** Returns when it was opened, to compare with others. */
    long opened() {
        return opened;
    }

    LiveId view() {
        return view;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Sends an event, in place of one that still waits. */
    synchronized void send(byte[] event) {
        if (!over) {
            waiting = waiting == LiveEvent.BEGIN ? both(waiting, event) : event;
            write();
        }
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Sends a beat, unless something waits anyway. */
    synchronized void beat() {
        if (waiting == null) {
            send(LiveEvent.BEAT);
        }
    }

    /** Returns for how long the browser has not read what was written. */
    synchronized long stuckNanos() {
        return waiting == null && !unsent ? 0 : nanoTime.getAsLong() - since;
    }

    /** Ends the stream; a last event reaches the browser if it has read the others. */
    void end(byte @Nullable [] last) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (last != null) {
                waiting = last;
                write();
            }
        }
        finish();
    }

    @Override
    public synchronized void onWritePossible() {
        begun = true;
        write();
    }

    private void write() {
        try {
            while (begun && !over && (waiting != null || unsent) && out.isReady()) {
                byte[] next = waiting;
                if (next == null) {
                    unsent = false;
                    out.flush();
                } else {
                    waiting = null;
                    unsent = true;
                    since = nanoTime.getAsLong();
                    out.write(next);
                }
            }
        } catch (IOException | IllegalStateException e) {
            over = true; // the browser has gone, and the container says so too
        }
    }

    private void finish() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            left(); // the container has ended it already
        }
    }

    private void left() {
        synchronized (this) {
            over = true;
            waiting = null;
        }
        ended.accept(this);
    }

    @Override
    public void onError(Throwable failure) {
        left();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        left();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        finish();
    }

    @Override
    public void onError(AsyncEvent event) {
        finish();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
