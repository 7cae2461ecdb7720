package com.mobileapiconnect.bridge.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a caller, with what is known before anything is parsed: for whom it is counted, by which door its
 * request comes in, and how long it has made answers wait. The container holds its lock while it works on it.
 */
final class CallerConnection extends NioEndpoint.NioSocketWrapper {

    private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (4 << 10);

    private final @Nullable InetAddress owner;
    private final Shares<InetAddress> connections;
    private final Doors doors;
    private final long patienceNanos;
    private Turns turns;
    private @Nullable Turns granted;
    private long read; // of what was written since the first wait
    private long waitedNanos;
    private int inARow;
    private boolean served;
    private long headSince;
    private volatile @Nullable Object arrivingFor;
    private volatile boolean queued;

    /**
     * @param owner         null: a trusted proxy, which is not held to any share
     * @param connections   where the owner has taken a place, given back at the end
     * @param patienceNanos how long the connection may make answers wait
     */
    CallerConnection(
            NioChannel channel,
            NioEndpoint endpoint,
            @Nullable InetAddress owner,
            Shares<InetAddress> connections,
            Doors doors,
            long patienceNanos) {
        super(channel, endpoint);
        this.owner = owner;
        this.connections = connections;
        this.doors = doors;
        this.patienceNanos = patienceNanos;
        this.turns = doors.of(Door.OTHER);
    }

    @Nullable InetAddress owner() {
        return owner;
    }

    /** Returns the turns of the door by which the request at hand has come in. */
    Turns turns() {
        return turns;
    }

    void comesInBy(Turns door) {
        turns = door;
    }

    /** Reads what has come of the next request, without waiting or parsing, and looks where it goes. */
    void lookAhead() throws IOException {
        isReadyForRead();
        updateLastRead(); // what was read here the container takes for read already
        getSocketBufferHandler().configureReadBufferForRead();
        turns = doors.of(Door.ofRequest(getSocketBufferHandler().getReadBuffer()));
    }

    /** Returns whether nothing is under way here: the caller keeps the connection for later. */
    boolean isIdle() {
        return !queued && getCurrentProcessor() == null;
    }

    /** Returns whether it was idle, and is closed now. */
    boolean closeIfIdle() {
        if (!getLock().tryLock()) {
            return false; // something is being worked on
        }
        try {
            boolean idle = isIdle() && !isClosed();
            if (idle) {
                close();
            }
            return idle;
        } finally {
            getLock().unlock();
        }
    }

    void queued(boolean waits) {
        queued = waits;
    }

    /** Grants a turn to the work that follows under the lock that the caller holds. */
    void grant(Turns door) {
        granted = door;
    }

    /** Returns the door of a turn that was granted and not taken yet; null if there is none. */
    @Nullable Turns takeGranted() {
        Turns door = granted;
        granted = null;
        return door;
    }

    /** @param goesOn whether a request is under way, so that what was sent behind it still belongs to its row */
    void beginWork(boolean goesOn) {
        inARow = goesOn ? inARow : 0;
        served = false;
    }

    /** Notes that a request was worked on: what arrives from now on is looked at first, and has a turn of its own. */
    void served() {
        served = true;
    }

    @Override
    public int read(boolean block, ByteBuffer to) throws IOException {
        return served && !block && getSocketBufferHandler().isReadBufferEmpty() ? 0 : super.read(block, to);
    }

    /** Counts a request that was there before the answer to the one before it was written; returns how many. */
    int countInRow() {
        return ++inARow;
    }

    /** Returns since when the head of a request has been arriving; 0 if none is. */
    long headSince() {
        return headSince;
    }

    void headSince(long nanos) {
        headSince = nanos;
    }

    /** Returns for whom a request is in the waiting room; null if none is. */
    @Nullable Object arrivingFor() {
        return arrivingFor;
    }

    void arrivingFor(@Nullable Object whom) {
        arrivingFor = whom;
    }

    /** Answers that there is no room; nothing else may be written afterwards. */
    void refuse() {
        if (!isClosed()) {
            Refusal.send(getSocket());
        }
    }

    /**
     * Writes a part of an answer. A caller that does not read may make the answers of its connection wait for a bounded
     * time in all, and only so many callers at once may make one wait; whoever is one too many is cut off.
     */
    @Override
    protected void doWrite(boolean block, ByteBuffer buffer) throws IOException {
        if (!block || previousIOException != null) {
            super.doWrite(block, buffer);
            return;
        }
        int size = buffer.remaining();
        super.doWrite(false, buffer);
        if (buffer.hasRemaining() || getSocket().getOutboundRemaining() > 0) {
            waitToWrite(buffer);
        }
        if (waitedNanos > 0) {
            read += size;
        }
    }

    private void waitToWrite(ByteBuffer buffer) throws IOException {
        long left = patienceNanos + read * NANOS_PER_BYTE - waitedNanos;
        Shares<InetAddress> slow = turns.slow();
        if (left <= 0 || !slow.take(owner)) {
            previousIOException = new SocketTimeoutException("The caller reads its answers too slowly");
            throw previousIOException;
        }
        long began = System.nanoTime();
        try {
            setWriteTimeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            super.doWrite(true, buffer);
        } finally {
            waitedNanos += System.nanoTime() - began;
            slow.giveBack(owner);
        }
    }

    @Override
    protected void doClose() {
        try {
            super.doClose();
        } finally {
            connections.giveBack(owner);
        }
    }
}
