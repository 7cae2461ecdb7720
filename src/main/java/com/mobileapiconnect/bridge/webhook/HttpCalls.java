package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.tenant.Tenant;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.thread.Threads;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpProducer;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The bridge's HTTP client: a camel-http endpoint for each method. Its URL comes from a header that only this class
 * sets, on exchanges that only this class makes. No redirects, no cookies, no hidden second POST; lanes limit the
 * number of calls, the pool does not.
 */
@Component
class HttpCalls implements DisposableBean {

    private static final String SCHEME = "bridge-http";
    private static final int NO_BOUND = 1 << 16;
    private static final int LONGEST_CALL_SECONDS = 30;
    private static final int CONNECTION_LIFETIME_SECONDS = 60;
    private static final int IDLE_SECONDS = 15;

    /**
     * Idle time after which a connection is checked. The check takes up to a millisecond, so connections in constant
     * use go without.
     */
    private static final int UNCHECKED_IDLE_MILLIS = 50;

    private static final ContentType JSON = ContentType.create("application/json");

    private final CamelContext camel;
    private final OwnHeaders own;
    private final ScheduledThreadPoolExecutor timer;
    private final PoolingHttpClientConnectionManager connections;
    private final Map<String, Producer> producers = new ConcurrentHashMap<>();

    HttpCalls(
            CamelContext camel,
            NetworkGuard guard,
            DeliverySettings settings,
            Lookups lookups,
            Tenants tenants,
            OwnHeaders own) {
        this.camel = camel;
        this.own = own;
        GuardedDns dns = new GuardedDns(guard, lookups);
        this.timer = Threads.timer("call-deadlines");
        this.connections = new Connections(OutboundProxy.parse(settings.proxy()), dns)
                .setDnsResolver(dns)
                .setTlsSocketStrategy(new TargetTls())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(BoundedHead.CONNECTION)
                        .responseParserFactory(config -> new BoundedHead())
                        .build())
                .setMaxConnTotal(NO_BOUND)
                .setMaxConnPerRoute(NO_BOUND)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setTimeToLive(TimeValue.ofSeconds(CONNECTION_LIFETIME_SECONDS))
                        .setConnectTimeout(Timeout.ofSeconds(LONGEST_CALL_SECONDS))
                        .setSocketTimeout(Timeout.ofSeconds(LONGEST_CALL_SECONDS))
                        // Notice a connection that the receiver has closed before a POST is wasted on it.
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(UNCHECKED_IDLE_MILLIS))
                        .build())
                .build();
        timer.scheduleWithFixedDelay(
                () -> {
                    connections.closeExpired();
                    connections.closeIdle(TimeValue.ofSeconds(IDLE_SECONDS));
                    lookups.forgetOld();
                },
                IDLE_SECONDS,
                IDLE_SECONDS,
                TimeUnit.SECONDS);
        tenants.watch(this::changed);
    }

    /**
     * Closes idle connections if a tenant's networks were changed. Those of other tenants too, because the pool does not
     * tell them apart: an operator does this rarely, and their next calls connect again.
     */
    private void changed(@Nullable Tenant before, @Nullable Tenant now) {
        if (before != null && (now == null || !now.allowedNetworks().equals(before.allowedNetworks()))) {
            closeIdle();
        }
    }

    /** Closes idle connections on the timer's thread, because closing may wait and the caller may be the writer. */
    private void closeIdle() {
        try {
            timer.execute(() -> connections.closeIdle(TimeValue.ZERO_MILLISECONDS));
        } catch (RejectedExecutionException closing) {
            // the bridge is closing, and all its connections with it
        }
    }

    /** Makes a POST; the answer is in the call. Throws what the client throws. */
    void post(HttpCall call, URI url, Map<String, String> headers, byte[] body) throws Exception {
        post(call, url, headers, body, JSON);
    }

    void post(HttpCall call, URI url, Map<String, String> headers, byte[] body, ContentType type) throws Exception {
        make(call, url, headers, new ByteArrayEntity(body, type), "POST");
    }

    /** Makes a GET, like {@link #post(HttpCall, URI, Map, byte[])}. */
    void get(HttpCall call, URI url, Map<String, String> headers) throws Exception {
        make(call, url, headers, null, "GET");
    }

    private void make(HttpCall call, URI url, Map<String, String> headers, @Nullable HttpEntity body, String method)
            throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getIn().setBody(body);
        own.values().forEach(exchange.getIn()::setHeader);
        headers.forEach(exchange.getIn()::setHeader); // their names match in any case
        exchange.getIn().setHeader(Exchange.HTTP_URI, ToWrittenHost.known(url));
        exchange.setProperty(ToWrittenHost.WRITTEN, url);
        call.begin();
        try {
            producer(method).process(exchange);
        } finally {
            HttpCall.end();
            if (!call.networksAreStillGood()) {
                closeIdle(); // its connection came back after the others were closed
            }
        }
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private Producer producer(String method) throws Exception {
        Producer started = producers.get(method);
        return started == null ? start(method) : started;
    }

    private synchronized Producer start(String method) throws Exception {
        Producer started = producers.get(method);
        if (started == null) {
            if (camel.hasComponent(SCHEME) == null) {
                camel.addComponent(SCHEME, component());
            }
            HttpEndpoint endpoint = camel.getEndpoint(
                    SCHEME + "://set-by-header.invalid?httpMethod=" + method
                            + "&throwExceptionOnFailure=false&ignoreResponseBody=true&skipResponseHeaders=true&copyHeaders=false",
                    HttpEndpoint.class);
            started = new ToWrittenHost(endpoint);
            started.start();
            producers.put(method, started);
        }
        return started;
    }

    /**
     * Keeps the host as written. Camel's own producer parses the URI again, which has no host if the host is
     * internationalised, and refuses one with an underscore, which is no host to {@link URI}.
     */
    private static final class ToWrittenHost extends HttpProducer {

        static final String WRITTEN = "bridge.url";

        /** Returns a URL that Camel takes; the written one replaces it. */
        static String known(URI url) {
            return url.getHost() != null
                    ? url.toASCIIString()
                    : url.toASCIIString()
                            .replace(
                                    url.getRawAuthority(), url.getRawAuthority().replace('_', 'a'));
        }

        @Override
        protected HttpUriRequest createMethod(Exchange exchange) throws Exception {
            HttpUriRequest request = super.createMethod(exchange);
            URI written = exchange.getProperty(WRITTEN, URI.class);
            if (written.getHost() == null) {
                request.setUri(written);
            }
            return request;
        }

        ToWrittenHost(HttpEndpoint endpoint) {
            super(endpoint);
        }

        @Override
        protected HttpHost createHost(HttpUriRequest request) {
            return new HttpHost(request.getScheme(), request.getAuthority());
        }
    }

    private HttpComponent component() {
        HttpComponent http = new HttpComponent();
        http.setClientConnectionManager(connections);
        // In the builder itself: Camel's Spring Boot starter resets the component's own switches to their defaults.
        http.setHttpClientConfigurer(
                builder -> builder.addExecInterceptorFirst("answer-reader", new AnswerReader(timer))
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableContentCompression()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableDefaultUserAgent());
        http.setHeaderFilterStrategy(onlyNamedHeaders());
        return http;
    }

    /** Sends the headers that the sender names; Camel's own headers control the endpoint and stay inside. */
    private static DefaultHeaderFilterStrategy onlyNamedHeaders() {
        DefaultHeaderFilterStrategy strategy = new DefaultHeaderFilterStrategy();
        strategy.setLowerCase(true);
        strategy.setOutFilterStartsWith("camel");
        strategy.setFilterOnMatch(true);
        return strategy;
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        connections.close();
    }
}
