package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.olingo4.Olingo4AppEndpointConfiguration;
import org.apache.camel.component.olingo4.Olingo4Component;
import org.apache.camel.component.olingo4.Olingo4Endpoint;
import org.apache.camel.component.olingo4.internal.Olingo4ApiName;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * camel-olingo4, with a component and an endpoint for each connection. A component that several share mixes their services
 * up: one with a configuration sends everything to the service of that, and two endpoints that start at a time may get
 * each other's client. So nothing is set on a component, and none has a second endpoint.
 *
 * <p>An endpoint keeps what the service says of itself, so the endpoints are bounded by that, those used last are kept.
 */
final class OlingoEndpoints {

    private static final int MOST = 32;
    private static final int MOST_METADATA = 4 << 20;

    private final CamelContext camel;
    private final Map<String, Held> byTarget = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    OlingoEndpoints(CamelContext camel) {
        this.camel = camel;
    }

    /** An endpoint, and the settings that it is good for. */
    private static final class Held {

        private final ODataSettings settings;
        private final Olingo4Component component;
        private final Olingo4Endpoint endpoint;
        private final AsyncProducer producer;
        private volatile int metadataBytes;

        private Held(ODataSettings settings, CamelContext camel) throws Exception {
            this.settings = settings;
            this.component = new Olingo4Component(camel);
            Olingo4AppEndpointConfiguration configuration = new Olingo4AppEndpointConfiguration();
            configuration.setApiName(Olingo4ApiName.DEFAULT);
            configuration.setMethodName("create");
            configuration.setServiceUri(settings.service().base());
            configuration.setResourcePath(settings.entitySet());
            configuration.setHttpAsyncClientBuilder(OlingoClient.builder());
            this.endpoint =
                    new Olingo4Endpoint("olingo4:create", component, Olingo4ApiName.DEFAULT, "create", configuration);
            endpoint.configureProperties(new HashMap<>());
            ServiceHelper.startService(component, endpoint);
            this.producer = (AsyncProducer) endpoint.createProducer();
            ServiceHelper.startService(producer);
        }

        private void close() {
            ServiceHelper.stopAndShutdownServices(producer, endpoint, component);
        }
    }

    /** Makes a record; the result is the answer to the POST, or to the look at the metadata if that went wrong. */
    HttpResult create(ODataSettings settings, Wire wire, HttpRequest request) {
        HttpRequest.Body body = request.body();
        if (body == null) {
            throw new IllegalArgumentException("A record that is made has a body");
        }
        String id = wire.target().id();
        OlingoCall call = new OlingoCall(settings, wire);
        Throwable failure = null;
        try {
            Held held = held(id, settings);
            failure = run(held, call, body.text());
            held.metadataBytes = Math.max(held.metadataBytes, call.metadataBytes());
        } catch (Throwable e) { // also an Error of the library, which is no reason for the thread to end
            failure = e;
        }
        HttpResult result = call.result();
        if (result == null) {
            // What is known of the service may be what is wrong: the next attempt looks anew.
            forget(id);
            return without(failure);
        }
        trim();
        return result;
    }

    private static @Nullable Throwable run(Held held, OlingoCall call, String body) throws InterruptedException {
        Exchange exchange = held.endpoint.createExchange();
        exchange.getIn().setBody(body);
        CountDownLatch done = new CountDownLatch(1);
        call.begin();
        try {
            held.producer.process(exchange, sync -> done.countDown());
        } finally {
            OlingoCall.end();
        }
        // Its calls are made on this thread, so they are over, unless the library found another way.
        if (!done.await(call.nanosLeft(), TimeUnit.NANOSECONDS)) {
            return new IllegalStateException("No end within the timeout");
        }
        return exchange.getException();
    }

    private static HttpResult without(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof OlingoCall.TooLargeException) {
            return new Failed(
                    new Outcome.Rejected(Evidence.failure(ErrorClass.SYSTEM, String.valueOf(cause.getMessage()))));
        }
        return new Failed(new Outcome.Retry(
                Evidence.failure(
                        ErrorClass.ANSWER,
                        "The service's description of itself cannot be used: is the URL the root of a service, and the"
                                + " entity set in it? "
                                + (cause == null ? "" : cause.getClass().getSimpleName())),
                null));
    }

    private synchronized Held held(String id, ODataSettings settings) throws Exception {
        Held held = byTarget.get(id);
        if (held == null || !held.settings.equals(settings)) {
            forget(id);
            held = new Held(settings, camel);
            byTarget.put(id, held);
        }
        return held;
    }

    synchronized void forget(String id) {
        Held held = byTarget.remove(id);
        if (held != null) {
            held.close();
        }
    }

    private synchronized void trim() {
        int bytes =
                byTarget.values().stream().mapToInt(held -> held.metadataBytes).sum();
        List<String> eldest = new ArrayList<>(byTarget.keySet());
        for (String id : eldest) {
            if (byTarget.size() <= 1 || (byTarget.size() <= MOST && bytes <= MOST_METADATA)) {
                return;
            }
            Held held = byTarget.get(id);
            bytes -= held == null ? 0 : held.metadataBytes;
            forget(id);
        }
    }

    synchronized void close() {
        List.copyOf(byTarget.keySet()).forEach(this::forget);
    }
}
