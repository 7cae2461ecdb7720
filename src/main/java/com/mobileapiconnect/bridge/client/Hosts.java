package com.mobileapiconnect.bridge.client;

import com.mobileapiconnect.bridge.setting.Authority;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeadersFactory;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;

/** The parts of a URL as the name service, a certificate and a request have them: in ASCII. */
final class Hosts {

    static final HttpHeadersFactory HEADERS = DefaultHttpHeadersFactory.headersFactory();

    private Hosts() {}

    /** @throws URISyntaxException if the URL has no host */
    static Route route(URI url, Object owner) throws URISyntaxException {
        Authority authority = Authority.of(url);
        String scheme = url.getScheme();
        boolean secure = "https".equalsIgnoreCase(scheme);
        if (authority == null || !(secure || "http".equalsIgnoreCase(scheme))) {
            throw new URISyntaxException(url.toString(), "The URL names no host, or is not http or https");
        }
        int port = authority.port() < 0 ? (secure ? 443 : 80) : authority.port();
        return new Route(secure, name(authority.host()), port, owner);
    }

    /** Returns the value of the header: the host, and the port as far as the URL has one. */
    static String header(URI url) {
        Authority authority = Authority.of(url);
        if (authority == null) {
            return "";
        }
        String host = ascii(authority.host());
        return authority.port() < 0 ? host : host + ":" + authority.port();
    }

    /** Returns path and query as they stand in a request; what is not ASCII is encoded as UTF-8. */
    static String target(URI url) {
        String path = url.getRawPath();
        String query = url.getRawQuery();
        String target = (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        return isAscii(target) ? target : URI.create(target).toASCIIString();
    }

    private static String name(String host) {
        return ascii(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    private static String ascii(String host) {
        return isAscii(host) ? host : IDN.toASCII(host);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}
