package com.mobileapiconnect.bridge.webhook;

import java.net.Proxy;
import java.net.Socket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes the client's sockets. The client's own proxy support would hand the name to the proxy, which would resolve it
 * again, without our check.
 */
final class Connections extends PoolingHttpClientConnectionManagerBuilder {

    private final @Nullable OutboundProxy proxy;
    private final GuardedDns dns;

    Connections(@Nullable OutboundProxy proxy, GuardedDns dns) {
        this.proxy = proxy;
        this.dns = dns;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            SchemePortResolver ports, DnsResolver resolver, TlsSocketStrategy tls) {
        DetachedSocketFactory sockets = (@Nullable Proxy unused) ->
                proxy == null ? new Socket() : new TunnelSocket(proxy, dns.addressOf(proxy.host()));
        return new DefaultHttpClientConnectionOperator(
                sockets,
                ports,
                resolver,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls)
                        .build());
    }
}
