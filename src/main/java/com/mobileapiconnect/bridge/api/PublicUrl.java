package com.mobileapiconnect.bridge.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * The URL under which phones and gateways reach the bridge; never taken from a request's Host header, except on
 * loopback.
 */
public class PublicUrl {

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final String configured;
    private final IntSupplier port;

    /**
     * @param configured blank: this machine and port
     * @param port       which is known for sure once the server has started
     */
    public PublicUrl(String configured, IntSupplier port) {
        String url = configured.strip();
        this.configured = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.port = port;
    }

    /** Returns the forms in which the caller of this request may have written its URL. */
    public List<String> of(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI() + (query == null ? "" : "?" + query);
        String host = request.getHeader("Host");
        return host != null && LOOPBACK.matcher(host).matches()
                ? List.of(of(path), "http://" + host + path)
                : List.of(of(path));
    }

    /** @param path begins with a slash */
    public String of(String path) {
        return (configured.isEmpty() ? "http://localhost:" + port.getAsInt() : configured) + path;
    }
}
