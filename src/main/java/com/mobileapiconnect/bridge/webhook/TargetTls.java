package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.TlsMaterial;
import java.io.IOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Makes TLS handshakes with the material of the call's target, once for each connection. */
final class TargetTls implements TlsSocketStrategy {

    private static final int MOST_KEPT = 256;

    private final TlsSocketStrategy common = DefaultClientTlsStrategy.createDefault();
    private final Map<HttpOptions.Tls, TlsSocketStrategy> own = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HttpOptions.Tls, TlsSocketStrategy> eldest) {
            return size() > MOST_KEPT;
        }
    };

    @Override
    public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context)
            throws IOException {
        HttpOptions.Tls tls = HttpCall.current().tls();
        TlsSocketStrategy strategy = tls == null ? common : own(tls);
        return strategy.upgrade(socket, GuardedDns.ascii(host), port, attachment, context);
    }

    private TlsSocketStrategy own(HttpOptions.Tls tls) {
        synchronized (own) {
            return own.computeIfAbsent(tls, material -> new DefaultClientTlsStrategy(TlsMaterial.context(material)));
        }
    }
}
