package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * Writes pages. A page runs no script and has no style but our files, is framed by nobody, sends its forms nowhere else,
 * and stays in no cache.
 */
final class Written {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final int WORTH_PACKING = 1024;

    private Written() {}

    static void page(HttpServletRequest request, HttpServletResponse response, int status, byte[] page)
            throws IOException {
        headers(response);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Vary", "Accept-Encoding, Accept-Language");
        byte[] body = page;
        if (page.length > WORTH_PACKING && accepts(request)) {
            response.setHeader("Content-Encoding", "gzip");
            body = packed(page);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void file(HttpServletResponse response, Reply.File file) throws IOException {
        headers(response);
        file.headers().forEach(response::setHeader);
        response.setContentType(file.type());
        response.setContentLength(file.body().length);
        response.getOutputStream().write(file.body());
    }

    /** Returns the source by which a policy allows this text as a style or script of a file, and no other. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    static void sendTo(HttpServletResponse response, String path) {
        headers(response);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }

    private static boolean accepts(HttpServletRequest request) {
        return String.valueOf(request.getHeader("Accept-Encoding")).contains("gzip");
    }

    private static void headers(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
