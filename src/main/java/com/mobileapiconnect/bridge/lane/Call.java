package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Ended;
import org.jspecify.annotations.Nullable;

/**
 * An attempt under way. It ends once, whoever comes first: its route, or its deadline. Knows which thread is in it, so
 * that this one can be interrupted in time, and never at something else that it does later.
 */
final class Call {

    private final Attempt attempt;
    private final Place place;
    private final Owner owner;
    private final long deadlineNanos;

    // all guarded by this
    private boolean over;
    private @Nullable Thread thread;
    private boolean interrupted;
    private @Nullable Answer answer;

    private volatile boolean withSender;

    /** Who wanted the call made. */
    interface Owner {

        /** The attempt is over, with what it came to. */
        void over(Call call, Ended ended);

        /** A thread that carried the call on to its end has nothing left to do. */
        void free(Call call);
    }

    Call(Attempt attempt, Place place, Owner owner) {
        this.attempt = attempt;
        this.place = place;
        this.owner = owner;
        this.deadlineNanos = attempt.deadlineNanos();
    }

    Attempt attempt() {
        return attempt;
    }

    String connector() {
        return attempt.target().connector();
    }

    Place place() {
        return place;
    }

    Owner owner() {
        return owner;
    }

    boolean overdue(long now) {
        return now - deadlineNanos > 0;
    }

    /** Returns true to the first who ends it, who then says what it came to. */
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** This thread is in the call from now on. */
    synchronized void enter() {
        thread = Thread.currentThread();
    }

    /** This thread no longer is. Returns whether it was interrupted; that is not to be felt by what it does next. */
    synchronized boolean leave() {
        if (thread != Thread.currentThread()) {
            return false; // the call has gone on elsewhere
        }
        thread = null;
        boolean was = interrupted;
        interrupted = false;
        Thread.interrupted();
        return was;
    }

    /** Whether it is this thread that is in the call. */
    synchronized boolean here() {
        return thread == Thread.currentThread();
    }

    /** Interrupts the thread that is in the call; false when there is none. */
    synchronized boolean interrupt() {
        if (thread == null) {
            return false;
        }
        interrupted = true;
        thread.interrupt();
        return true;
    }

    /** The sender has the call now, until {@link #back}. */
    void withSender() {
        withSender = true;
    }

    void back() {
        withSender = false;
    }

    boolean isWithSender() {
        return withSender;
    }

    /** The sender says later how the call ends. */
    synchronized void awaits(Answer from) {
        answer = from;
    }

    /** What the sender still has to say; null when it has the thread instead, or not the call. */
    synchronized @Nullable Answer awaited() {
        return answer;
    }
}
