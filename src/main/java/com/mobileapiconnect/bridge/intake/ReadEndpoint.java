package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.gateway.GatewayRequest;
import com.mobileapiconnect.bridge.gateway.MappedGateway;
import com.mobileapiconnect.bridge.gateway.PairedAs;
import com.mobileapiconnect.bridge.gateway.Received;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint {@code phone:read}, a step that finds an SMS in what an app sends: its option {@code mapping} is that of a
 * device of the adapter http-json. The new body is a map as {@code phone:capture} takes it.
 */
final class ReadEndpoint extends DefaultEndpoint {

    private static final JsonMapper JSON = new JsonMapper();

    private final MappedGateway mapping;

    ReadEndpoint(String uri, Component component, Map<String, Object> options, Clock clock) {
        super(uri, component);
        String written = String.valueOf(options.remove("mapping"));
        if (!options.isEmpty()) {
            String unknown = String.join(", ", options.keySet());
            options.clear();
            throw new IllegalArgumentException("phone:read has no option " + unknown + "; it takes mapping");
        }
        try {
            this.mapping = MappedGateway.of("phone:read", JSON.readTree(written), clock);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "phone:read needs a mapping in JSON, like {\"from\":\"/sender\",\"text\":\"/body\"}");
        }
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException(
                "phone:read is a step; a route of phones' messages begins with phone:inbound");
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                byte[] body = exchange.getMessage().getMandatoryBody(byte[].class);
                String query = exchange.getProperty("query", String.class); // of a hook
                exchange.getMessage().setBody(read(body, query));
            }
        };
    }

    private Map<String, @Nullable Object> read(byte[] body, @Nullable String query) {
        Received received =
                mapping.receive(new GatewayRequest("POST", List.of(), query, name -> null, body, PairedAs.PLAIN));
        if (!(received instanceof Received.Captured sms)) {
            throw new RefusedCaptureException("there is no SMS in it: "
                    + (received instanceof Received.Unparsed nonsense ? nonsense.why() : "no text"));
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", sms.id());
        map.put("from", sms.from());
        map.put("to", sms.to());
        map.put("text", sms.text());
        map.put("sim", sms.sim());
        map.put("receivedAt", sms.at());
        map.values().removeIf(value -> value == null);
        return map;
    }
}
