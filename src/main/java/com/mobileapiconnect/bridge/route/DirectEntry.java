package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.entry.Entry;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** A route that begins with {@code direct:}. Its own file reaches it at once, the other files once it has taken over. */
final class DirectEntry extends DefaultConsumer implements Entry, ShutdownAware {

    private final DirectEntries.Slot own;
    private final DirectEntries.Slot shared;

    DirectEntry(Endpoint endpoint, Processor processor, DirectEntries.Slot own, DirectEntries.Slot shared) {
        super(endpoint, processor);
        this.own = own;
        this.shared = shared;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        own.take(this);
    }

    @Override
    public void takeOver() {
        shared.take(this);
    }

    @Override
    public void leave() {
        shared.leave(this);
    }

    @Override
    protected void doStop() throws Exception {
        own.leave(this);
        leave();
        super.doStop();
    }

    /** Stays until what its own file has begun is through. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        return 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing waits here
    }
}
