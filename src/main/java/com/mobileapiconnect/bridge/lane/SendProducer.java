package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Ended;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Hands the delivery to its sender. The route continues after the sender's answer, and holds no thread until then. */
final class SendProducer extends DefaultAsyncProducer {

    /** The exchange property that says what came of the attempt. */
    private static final String OUTCOME = "outcome";

    private final Sends sends;

    SendProducer(Endpoint endpoint, Sends sends) {
        super(endpoint);
        this.sends = sends;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Call call;
        byte[] body;
        try {
            call = DueConsumer.call(exchange);
            body = exchange.getMessage().getMandatoryBody(byte[].class);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        return sends.send(call, body, (failure, sync) -> {
            if (failure != null) {
                exchange.setException(failure);
            } else if (call.place() == Place.STEPS) { // otherwise no step follows that could ask
                exchange.setProperty(OUTCOME, Ended.word(call.attempt()));
            }
            callback.done(sync);
        });
    }
}
