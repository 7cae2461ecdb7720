package com.mobileapiconnect.bridge.door;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the connections and the container's work on them. A request is worked on with a turn of the door by
 * which it came in. A request that has begun and is not complete has a place in the waiting room, because the
 * container holds tens of kilobytes for it.
 */
final class Doorkeeper implements AbstractEndpoint.Handler<NioChannel> {

    private static final Set<SocketEvent> GOES_ON = EnumSet.of(SocketEvent.OPEN_WRITE, SocketEvent.TIMEOUT);
    private static final Object UNKNOWN = "unknown callers of a proxy";

    private final AbstractEndpoint.Handler<NioChannel> container;
    private final CallerEndpoint endpoint;
    private final Admission admission;
    private final LongSupplier nanoTime;

    Doorkeeper(
            AbstractEndpoint.Handler<NioChannel> container,
            CallerEndpoint endpoint,
            Admission admission,
            LongSupplier nanoTime) {
        this.container = container;
        this.endpoint = endpoint;
        this.admission = admission;
        this.nanoTime = nanoTime;
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        CallerConnection connection = (CallerConnection) socket;
        if (event == SocketEvent.TIMEOUT && !isTimely(connection)) {
            return SocketState.LONG;
        }
        boolean begun = connection.getCurrentProcessor() != null;
        if (!(event == SocketEvent.OPEN_READ || (begun && GOES_ON.contains(event)))) {
            return work(connection, event); // an end, or nothing
        }
        Turns granted = connection.takeGranted();
        if (granted != null) {
            connection.comesInBy(granted);
        } else {
            if (!begun && !lookAhead(connection)) {
                return SocketState.CLOSED;
            }
            if (!connection.turns().take()) {
                connection.queued(true);
                Turns door = connection.turns();
                door.await(connection.owner(), () -> resume(connection, door, event));
                return SocketState.LONG; // the container leaves the connection alone
            }
        }
        try {
            return work(connection, event);
        } finally {
            connection.turns().giveBack();
        }
    }

    /** Returns whether a time-out is of the request at hand; one that waited for its turn may be of an earlier one. */
    private static boolean isTimely(CallerConnection connection) {
        return connection.getCurrentProcessor() instanceof Processor waits
                && waits.isAsync()
                && waits.checkAsyncTimeoutGeneration();
    }

    private static boolean lookAhead(CallerConnection connection) {
        try {
            connection.lookAhead();
            return true;
        } catch (IOException e) {
            return false; // the caller has gone between two requests
        } catch (RuntimeException e) {
            if (connection.isClosed()) {
                return false; // somebody else has closed it meanwhile
            }
            throw e;
        }
    }

    /** Goes on with a connection that has a turn now, for which it waited. */
    private void resume(CallerConnection connection, Turns turn, SocketEvent event) {
        connection.getLock().lock();
        try {
            connection.grant(turn);
            connection.queued(false);
            if (!endpoint.processSocket(connection, event, false)) {
                connection.close();
            }
        } finally {
            Turns unused = connection.takeGranted();
            connection.getLock().unlock();
            if (unused != null) {
                unused.giveBack();
            }
        }
    }

    private SocketState work(CallerConnection connection, SocketEvent event) {
        connection.beginWork(connection.getCurrentProcessor() != null);
        long headSince = connection.headSince();
        if (headSince != 0 && nanoTime.getAsLong() - headSince > admission.patienceNanos()) {
            connection.refuse();
            return container.process(connection, SocketEvent.ERROR);
        }
        SocketState state = container.process(connection, event);
        if (connection.getCurrentProcessor() instanceof Processor begun) {
            wait(connection, begun);
        } else {
            waitNoMore(connection);
        }
        return state;
    }

    private void wait(CallerConnection connection, Processor begun) {
        boolean head = !begun.isAsync();
        connection.headSince(head ? since(connection.headSince()) : 0);
        if (!head && !awaitsBody(begun)) {
            waitNoMore(connection);
        } else if (connection.arrivingFor() == null) {
            Object whom = whoseRequest(connection, begun);
            connection.arrivingFor(whom);
            CallerConnection leaves = admission.arriving().enter(whom, connection);
            if (leaves != null) {
                cutOff(leaves);
            }
            if (connection.isClosed()) {
                waitNoMore(connection);
            }
        }
    }

    private long since(long before) {
        return before != 0 ? before : nanoTime.getAsLong() | 1; // 0 means that there is none
    }

    private static boolean awaitsBody(Processor begun) {
        Request request = begun.getRequest();
        return request.getReadListener() != null && !request.isFinished();
    }

    private Object whoseRequest(CallerConnection connection, Processor begun) {
        @Nullable InetAddress owner = connection.owner();
        if (owner == null) {
            InetAddress client = admission.proxies().client(forwardedFor(begun.getRequest()));
            return client == null ? UNKNOWN : Admission.network(client);
        }
        return owner;
    }

    /** Returns all lines of the header as one: a proxy may add a line of its own behind the caller's. */
    private static String forwardedFor(Request request) {
        return Collections.list(request.getMimeHeaders().values(TrustedProxies.HEADER)).stream()
                .filter(Objects::nonNull)
                .collect(Collectors.joining(","));
    }

    private void waitNoMore(CallerConnection connection) {
        connection.headSince(0);
        Object whom = connection.arrivingFor();
        if (whom != null) {
            connection.arrivingFor(null);
            admission.arriving().leave(whom, connection);
        }
    }

    /** Ends a request that has waited longest, unless it has become complete by now. */
    private void cutOff(CallerConnection connection) {
        Executor executor = endpoint.getExecutor();
        executor.execute(() -> {
            connection.getLock().lock();
            try {
                if (!connection.isClosed() && connection.arrivingFor() != null) {
                    connection.refuse();
                    endpoint.processSocket(connection, SocketEvent.ERROR, false);
                }
            } finally {
                connection.getLock().unlock();
            }
        });
    }

    @Override
    public Object getGlobal() {
        return container.getGlobal();
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> socket) {
        waitNoMore((CallerConnection) socket);
        container.release(socket);
    }

    @Override
    public void pause() {
        container.pause();
    }

    @Override
    public void recycle() {
        container.recycle();
    }
}
