package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Serves the files of the phone's page, at exactly their paths. The page asks nobody else for anything and runs no script
 * but these files: what an SMS says cannot make it do more.
 */
class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final transient Map<String, Asset> assets;

    PageServlet(Map<String, Asset> assets) {
        this.assets = assets;
    }

    Set<String> paths() {
        return assets.keySet();
    }

    /** A HEAD request comes by here too, and the container leaves the body out. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        Asset asset = assets.get(path);
        if (asset == null && path.endsWith("/")) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", path.substring(0, path.length() - 1));
            return;
        } else if (asset == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        boolean packed = String.valueOf(request.getHeader("Accept-Encoding")).contains("gzip");
        String etag = '"' + asset.etag() + (packed ? "-gz\"" : "\"");
        headers(response, etag);
        if (etag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] body = packed ? asset.packed() : asset.plain();
        if (packed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(asset.type());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void headers(HttpServletResponse response, String etag) {
        response.setHeader("ETag", etag);
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("Cache-Control", "no-cache"); // asked about each time, so an upgrade is seen at once
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Service-Worker-Allowed", "/phone");
    }
}
