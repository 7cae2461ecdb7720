package com.mobileapiconnect.bridge.route;

import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultConsumer;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * Camel's {@code direct:} across the contexts of all routes, in which a newer version of a route takes over from the
 * older while messages come. A message stays in the version of the file that it is in, as long as it stays in the file.
 * Each context has an instance of its own.
 */
@Component("direct")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class DirectComponent extends org.apache.camel.component.direct.DirectComponent {

    private final DirectEntries shared;
    private final DirectEntries own = new DirectEntries();

    DirectComponent(DirectEntries shared) {
        this.shared = shared;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Direct endpoint = new Direct(uri, this, own.slot(remaining), shared.slot(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static final class Direct extends DirectEndpoint {

        private final DirectEntries.Slot own;
        private final DirectEntries.Slot shared;

        Direct(String uri, DirectComponent component, DirectEntries.Slot own, DirectEntries.Slot shared) {
            super(uri, component);
            this.own = own;
            this.shared = shared;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            DirectEntry entry = new DirectEntry(this, processor, own, shared);
            configureConsumer(entry);
            return entry;
        }

        @Override
        public Producer createProducer() {
            return new ToDirect(this, own, shared);
        }
    }

    private static final class ToDirect extends DefaultAsyncProducer {

        private final DirectEntries.Slot own;
        private final DirectEntries.Slot shared;

        ToDirect(Endpoint endpoint, DirectEntries.Slot own, DirectEntries.Slot shared) {
            super(endpoint);
            this.own = own;
            this.shared = shared;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            DefaultConsumer to = own.current;
            if (to == null) {
                to = shared.current;
            }
            if (to == null) {
                exchange.setException(new DirectConsumerNotAvailableException(
                        "No route begins with " + getEndpoint().getEndpointUri(), exchange));
                callback.done(true);
                return true;
            }
            return to.getAsyncProcessor().process(exchange, callback);
        }
    }
}
