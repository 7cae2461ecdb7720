package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Sender;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The senders there are, by the connector they serve. */
@Component
public class Senders {

    private final Map<String, Sender> byConnector;

    Senders(List<Sender> senders) {
        this.byConnector = senders.stream().collect(Collectors.toMap(Sender::connector, Function.identity()));
    }

    Sender of(String connector) {
        Sender sender = byConnector.get(connector);
        if (sender == null) {
            throw new IllegalStateException("No sender serves the connector " + connector);
        }
        return sender;
    }
}
