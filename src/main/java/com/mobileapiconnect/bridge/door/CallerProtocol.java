package com.mobileapiconnect.bridge.door;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/1.1 as Tomcat speaks it, with doors; public because Tomcat makes it by its name. */
public final class CallerProtocol extends Http11NioProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(CallerProtocol.class);

    private final CallerEndpoint endpoint;
    private @Nullable Admission admission;

    public CallerProtocol() {
        this(new CallerEndpoint());
    }

    private CallerProtocol(CallerEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Begins to keep the rules; to be called once, before the start. */
    void admitBy(Admission rules) {
        admission = rules;
        endpoint.admitBy(rules);
        endpoint.setHandler(new Doorkeeper(endpoint.getHandler(), endpoint, rules, System::nanoTime));
    }

    /** Runs work on a thread of the server; once the server stops, not at all: it closes its connections then. */
    void execute(Runnable work) {
        try {
            endpoint.getExecutor().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("The server stops", e);
        }
    }

    private Admission admission() {
        return Objects.requireNonNull(admission, "The protocol is used before it was given its rules");
    }

    @Override
    protected Processor createProcessor() {
        return new WithDoors(this, new Passage(getAdapter(), admission().doors()));
    }

    /** The container's work on one connection at a time, which tells the passage whose it is. */
    private static final class WithDoors extends Http11Processor {

        private final Passage passage;

        WithDoors(CallerProtocol protocol, Passage passage) {
            super(protocol, passage);
            this.passage = passage;
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            passage.serves((CallerConnection) socket);
            return super.service(socket);
        }
    }
}
