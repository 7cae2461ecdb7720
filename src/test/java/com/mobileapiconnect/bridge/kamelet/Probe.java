package com.mobileapiconnect.bridge.kamelet;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** A component outside the bridge that notes what it is called with. */
public class Probe extends DefaultComponent {

    final List<Seen> seen = new CopyOnWriteArrayList<>();

    record Seen(String path, String value, String mixed, int number, Map<String, Object> headers, String body) {}

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Probed endpoint = new Probed(uri, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public class Probed extends DefaultEndpoint {

        private final String path;
        private String value = "";
        private String mixed = "";
        private int number;

        Probed(String uri, String path) {
            super(uri, Probe.this);
            this.path = path;
        }

        public void setValue(String value) {
            this.value = value;
        }

        public void setMixed(String mixed) {
            this.mixed = mixed;
        }

        public void setNumber(int number) {
            this.number = number;
        }

        @Override
        public boolean isSingleton() {
            return true;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    seen.add(new Seen(
                            path,
                            value,
                            mixed,
                            number,
                            Map.copyOf(exchange.getMessage().getHeaders()),
                            exchange.getMessage().getBody(String.class)));
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException();
        }
    }
}
