package com.mobileapiconnect.bridge.door;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Remembers when a paired phone was turned away for want of room, until one is answered again. */
@Component
public class UnansweredPhones {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier nanoTime;
    private volatile boolean turnedAway;
    private volatile long since;
    private volatile @Nullable Turns intake;

    @Autowired
    public UnansweredPhones() {
        this(System::nanoTime);
    }

    UnansweredPhones(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void comeInBy(Turns door) {
        intake = door;
    }

    public void turnedAway() {
        since = nanoTime.getAsLong();
        turnedAway = true;
    }

    /** Called for every phone that is answered, so it writes only when there is something to forget. */
    public void answered() {
        if (turnedAway) {
            turnedAway = false;
        }
    }

    /** Returns whether phones are not answered at present: turned away, or kept waiting for their turn. */
    public boolean lately() {
        Turns door = intake;
        return (turnedAway && nanoTime.getAsLong() - since < FRESH_NANOS)
                || (door != null && door.longestWaitNanos() > LONGEST_WAIT_NANOS);
    }
}
