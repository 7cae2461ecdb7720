package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.client.Client;
import com.mobileapiconnect.bridge.client.Request;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.tenant.Tenant;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.thread.Loops;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The bridge's HTTP client: all calls go to addresses that the network guard allows, through the proxy if there is one,
 * and with the certificates of their targets.
 */
@Component
@EnableConfigurationProperties(DeliverySettings.class)
class HttpCalls implements HttpCall.Means, DisposableBean {

    private static final String CONTENT_TYPE = "Content-Type";
    static final String JSON = "application/json";

    /** Knows ten thousand public suffixes, which a bridge without https needs not read. */
    private static final class Names {
        static final HostnameVerifier VERIFIER = HttpsSupport.getDefaultHostnameVerifier();
    }

    private final OwnHeaders own;
    private final GuardedDns dns;
    private final TargetTls tls = new TargetTls();
    private final Client client;

    HttpCalls(
            NetworkGuard guard,
            DeliverySettings settings,
            Lookups lookups,
            Tenants tenants,
            OwnHeaders own,
            Loops loops) {
        this.own = own;
        this.dns = new GuardedDns(guard, lookups);
        OutboundProxy proxy = OutboundProxy.parse(settings.proxy());
        this.client = new Client(loops, () -> Names.VERIFIER, proxy == null ? null : new ThroughProxy(proxy, dns));
        tenants.watch(this::changed);
    }

    /**
     * Closes idle connections if a tenant's networks were changed. Those of other tenants too, because the pool does not
     * tell them apart: an operator does this rarely, and their next calls connect again.
     */
    private void changed(@Nullable Tenant before, @Nullable Tenant now) {
        if (before != null && (now == null || !now.allowedNetworks().equals(before.allowedNetworks()))) {
            client.closeIdle();
        }
    }

    /** Makes a POST of JSON; the answer is in the call. The future ends like that of {@link Client#send}. */
    CompletableFuture<Void> post(HttpCall call, URI url, Map<String, String> headers, byte[] body) {
        return make(call, url, headers, body, "POST", JSON);
    }

    /** Makes any call, and waits for its end. Throws what went wrong. */
    void send(HttpCall call, HttpRequest request, Map<String, String> headers) throws Exception {
        HttpRequest.Body body = request.body();
        await(make(
                call,
                request.url(),
                headers,
                body == null ? null : body.text().getBytes(StandardCharsets.UTF_8),
                request.method().name(),
                body == null ? null : body.type()));
    }

    /** Makes a POST, and waits for its end. Throws what went wrong. */
    void post(HttpCall call, URI url, Map<String, String> headers, byte[] body, String type) throws Exception {
        await(make(call, url, headers, body, "POST", type));
    }

    /** Makes a GET, and waits for its end. Throws what went wrong. */
    void get(HttpCall call, URI url, Map<String, String> headers) throws Exception {
        await(make(call, url, headers, null, "GET", null));
    }

    CompletableFuture<Void> make(
            HttpCall call,
            URI url,
            Map<String, String> headers,
            byte @Nullable [] body,
            String method,
            @Nullable String type) {
        Map<String, String> all = new LinkedHashMap<>(own.values());
        if (type != null) {
            all.put(CONTENT_TYPE, type);
        }
        all.putAll(headers); // names of another case replace them on the wire
        CompletableFuture<Void> sent = client.send(new Request(method, url, all, body), call.by(this));
        sent.whenComplete((value, failure) -> {
            if (!call.networksAreStillGood()) {
                client.closeIdle(); // its connection came back after the others were closed
            }
        });
        return sent;
    }

    private static void await(CompletableFuture<Void> sent) throws Exception {
        try {
            sent.get();
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public CompletableFuture<List<InetSocketAddress>> addresses(HttpCall call, String host, int port) {
        return dns.resolve(call, host, port);
    }

    @Override
    public SSLContext context(HttpOptions.Tls material) {
        return tls.context(material);
    }

    @Override
    public void destroy() {
        client.close();
    }
}
