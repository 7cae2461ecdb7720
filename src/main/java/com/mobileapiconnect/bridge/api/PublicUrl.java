package com.mobileapiconnect.bridge.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The URL under which phones and gateways reach the bridge; never taken from a request's Host header, except on
 * loopback.
 */
public class PublicUrl {

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final String base;

    /** @param configured blank: this machine and port */
    public PublicUrl(String configured, int port) {
        String url = configured.isBlank() ? "http://localhost:" + port : configured.strip();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
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
        return base + path;
    }
}
