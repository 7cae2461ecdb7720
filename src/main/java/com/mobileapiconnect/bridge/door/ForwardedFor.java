package com.mobileapiconnect.bridge.door;

import com.mobileapiconnect.bridge.guard.AddressLiteral;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/** Makes the remote address of a request that came by a trusted proxy that of the proxy's caller. */
final class ForwardedFor extends ValveBase {

    private final TrustedProxies proxies;

    ForwardedFor(TrustedProxies proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Optional<InetAddress> direct = AddressLiteral.parse(request.getRemoteAddr());
        if (direct.isPresent() && proxies.contain(direct.get())) {
            @Nullable InetAddress client =
                    proxies.client(String.join(",", Collections.list(request.getHeaders(TrustedProxies.HEADER))));
            if (client != null) {
                request.setRemoteAddr(client.getHostAddress());
            }
        }
        getNext().invoke(request, response);
    }
}
