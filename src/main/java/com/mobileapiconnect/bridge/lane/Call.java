package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.entry.StepName;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * An attempt under way. The attempt ends once, by its route or by its deadline, whichever comes first. A call knows
 * which thread is in it, so that this thread can be interrupted in time and never during its later work.
 */
final class Call {

    private final Attempt attempt;
    private final Place place;
    private final Owner owner;
    private final long timeoutNanos;

    // all guarded by this
    private boolean over;
    private @Nullable Thread thread;
    private boolean interrupted;
    private boolean keptBySteps;
    private @Nullable SenderAnswer answer;

    private volatile boolean withSender;
    private volatile @Nullable Exchange exchange;

    // of the thread that carries the call on
    private long stepsLeftNanos;
    private long stepsSinceNanos;

    /** The owner of a call. */
    interface Owner {

        /** Called when the attempt is over, with its result. */
        void over(Call call, Ended ended);

        /** A thread that carried the call on to its end has nothing left to do. */
        void free(Call call);
    }

    /** @param stepsNanos time of the steps of the route, all together */
    Call(Attempt attempt, Place place, Owner owner, long stepsNanos) {
        this.attempt = attempt;
        this.place = place;
        this.owner = owner;
        this.timeoutNanos = attempt.deadlineNanos() - attempt.startNanos();
        this.stepsLeftNanos = stepsNanos;
        this.stepsSinceNanos = attempt.startNanos();
        if (place == Place.STEPS) {
            attempt.endBy(stepsSinceNanos + stepsLeftNanos);
        }
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
        return now - attempt.deadlineNanos() > 0;
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

    /**
     * Interrupts the thread that is in the call, and ends the route behind the step that it is in, which ends a loop;
     * false when there is none.
     */
    synchronized boolean interrupt() {
        Exchange under = exchange;
        if (under != null) {
            under.setRouteStop(true);
        }
        if (thread == null) {
            return false;
        }
        interrupted = true;
        keptBySteps = !withSender; // whatever the place: a route with steps may take over a call on its way
        thread.interrupt();
        return true;
    }

    /** Returns whether the thread was interrupted in a step of the route, and not in the sender. */
    synchronized boolean keptBySteps() {
        return keptBySteps;
    }

    /** Notes what goes through the route for this call. */
    void goesAs(Exchange under) {
        exchange = under;
    }

    /** Returns the step that the call is in, for people; the last one that began if it is between two. */
    String step() {
        return StepName.of(exchange);
    }

    /** Notes that the sender has the call until {@link #back}: the target's timeout begins. */
    void withSender() {
        withSender = true;
        if (place == Place.STEPS) {
            long now = System.nanoTime();
            stepsLeftNanos -= now - stepsSinceNanos;
            attempt.endBy(now + timeoutNanos);
        }
    }

    /** The steps after the sending have the time that those before it have left. */
    void back() {
        if (withSender && place == Place.STEPS) {
            stepsSinceNanos = System.nanoTime();
            attempt.endBy(stepsSinceNanos + stepsLeftNanos);
        }
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
