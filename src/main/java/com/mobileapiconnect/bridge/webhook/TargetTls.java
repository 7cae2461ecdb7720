package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.TlsMaterial;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** The certificates of targets, made once and kept for as many targets as were used last. */
final class TargetTls {

    private static final int MOST_KEPT = 256;

    private final Map<HttpOptions.Tls, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HttpOptions.Tls, SSLContext> eldest) {
            return size() > MOST_KEPT;
        }
    };

    synchronized SSLContext context(HttpOptions.Tls tls) {
        return contexts.computeIfAbsent(tls, TlsMaterial::context);
    }
}
