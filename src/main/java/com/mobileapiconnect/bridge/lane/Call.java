package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Ended;
import org.jspecify.annotations.Nullable;

/**
 * An attempt under way. The attempt ends once, by its route or by its deadline, whichever comes first. A call knows
 * which thread is in it, so that this thread can be interrupted in time and never during its later work.
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
    private @Nullable SenderAnswer answer;

    private volatile boolean withSender;

    /** The owner of a call. */
    interface Owner {

        /** Called when the attempt is over, with its result. */
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

    /** Returns true to the first caller, who ends the call and reports its result. */
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Notes that this thread is in the call from now on. */
    synchronized void enter() {
        thread = Thread.currentThread();
    }

    /**
     * Notes that this thread is no longer in the call. Returns whether the thread was interrupted, which must not
     * affect its next work.
     */
    synchronized boolean leave() {
        if (thread != Thread.currentThread()) {
            return false; // the call continues on another thread
        }
        thread = null;
        boolean was = interrupted;
        interrupted = false;
        Thread.interrupted();
        return was;
    }

    /** Returns whether this thread is in the call. */
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

    /** Notes that the sender has the call until {@link #back}. */
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
    synchronized void awaits(SenderAnswer from) {
        answer = from;
    }

    /**
     * Returns the answer that the sender still owes; null if the sender holds the thread instead, or has not been
     * called.
     */
    synchronized @Nullable SenderAnswer awaited() {
        return answer;
    }
}
