package com.mobileapiconnect.bridge.webhook;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Closes the connection of a call when the thread that makes the call is interrupted. An interrupt alone does not end a
 * read of a socket, so a cancelled call would keep its thread and its connection until the deadline.
 */
final class CutOff extends AbstractInterruptibleChannel {

    private final Cancellable call;

    CutOff(Cancellable call) {
        this.call = call;
    }

    void on() {
        begin();
    }

    /** Ends the watch. Throws if the thread was interrupted meanwhile. */
    void off() throws AsynchronousCloseException {
        end(true);
    }

    @Override
    protected void implCloseChannel() {
        call.cancel();
    }
}
