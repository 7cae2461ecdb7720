package com.mobileapiconnect.bridge.door;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Lets each parsed request pass to the application by its own door: the second one that a caller sent in a row may go
 * elsewhere than the first. So many in a row are served and no more, because they hold the turn of their connection.
 */
final class Passage implements Adapter {

    private static final int MOST_IN_A_ROW = 50;

    private final Adapter application;
    private final Doors doors;
    private @Nullable CallerConnection connection;

    Passage(Adapter application, Doors doors) {
        this.application = application;
        this.doors = doors;
    }

    void serves(CallerConnection current) {
        connection = current;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        CallerConnection current = connection;
        if (current != null && !mayPass(current, request)) {
            response.setStatus(503);
            response.setHeader("Retry-After", "5");
            response.setHeader("Connection", "close");
            request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            return;
        }
        if (current != null && current.countInRow() >= MOST_IN_A_ROW) {
            response.setHeader("Connection", "close");
        }
        application.service(request, response);
        leaveRestUnread(request);
        noteServed();
    }

    /** Never waits for a body that nobody has read: the container would, with the turn, 20 s for each byte. */
    private static void leaveRestUnread(Request request) {
        AtomicBoolean async = new AtomicBoolean();
        request.action(ActionCode.ASYNC_IS_ASYNC, async);
        if (!async.get() && !request.isFinished()) {
            request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private void noteServed() {
        if (connection != null) {
            connection.served();
        }
    }

    private boolean mayPass(CallerConnection current, Request request) {
        ByteChunk path = request.requestURI().getByteChunk();
        Door door = path.isNull() ? Door.OTHER : Door.ofPath(path.getBytes(), path.getStart(), path.getEnd());
        Turns wanted = doors.of(door);
        if (wanted == current.turns()) {
            return true;
        }
        if (!wanted.take()) {
            return false;
        }
        current.turns().giveBack();
        current.comesInBy(wanted);
        return true;
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return application.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        boolean success = application.asyncDispatch(request, response, event);
        noteServed();
        return success;
    }

    @Override
    public void log(Request request, Response response, long time) {
        application.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        application.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return application.getDomain();
    }
}
