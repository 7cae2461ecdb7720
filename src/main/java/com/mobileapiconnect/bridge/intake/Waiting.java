package com.mobileapiconnect.bridge.intake;

import java.util.concurrent.TimeUnit;

/**
 * The messages of a tenant that wait for their deliveries, and how fast they get them. The writer's thread tells of both
 * after commits; any thread asks. Times are those of {@link System#nanoTime}.
 */
final class Waiting {

    private static final long UNKNOWN_SECONDS = 5;
    /** More would be wrong too often: the first steps after a start are slow, and backlogs of others end. */
    private static final long MOST_SECONDS = 10;
    /** Messages by which the pace is told: enough to even out steps, few enough to forget what was long ago. */
    private static final int REMEMBERED = 1_000;

    private int messages;
    private long done;
    private long took;
    private long since;

    /** @param now the moment from which on they wait */
    Waiting(int messages, long now) {
        this.messages = messages;
        this.since = now;
    }

    synchronized void more(int of) {
        messages += of;
    }

    /** Notes a step that brought so many of them to an end. */
    synchronized void done(int of, long now) {
        messages = Math.max(0, messages - of);
        done += of;
        took += now - since;
        since = now;
        if (done > REMEMBERED) {
            done /= 2;
            took /= 2;
        }
    }

    /**
     * Returns about how many seconds it takes until fewer than {@code most} wait, at the pace of the last of them; 0 if they
     * do already.
     */
    synchronized long secondsUntilFewerThan(int most) {
        int tooMany = messages - most + 1;
        if (tooMany <= 0) {
            return 0;
        }
        if (done == 0) {
            return UNKNOWN_SECONDS;
        }
        double nanos = (double) took / done * tooMany;
        return Math.min(MOST_SECONDS, 1 + (long) (nanos / TimeUnit.SECONDS.toNanos(1)));
    }
}
