package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.api.RawBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers as problem+json what the container itself refuses before any handler runs. */
public final class ProblemValve extends ErrorReportValve {

    private static final int FIRST_ERROR = 400;
    private static final Set<Integer> UNREADABLE =
            Set.of(HttpServletResponse.SC_NOT_IMPLEMENTED, HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED);

    private static final String OPTIONS_DETAIL =
            "The bridge answers no OPTIONS, and so no preflight of a page of another"
                    + " origin: call it from your server. /v1/openapi.json lists all paths with their methods.";

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if ("OPTIONS".equals(request.getMethod())) {
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE");
            write(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, OPTIONS_DETAIL);
            return;
        }
        super.invoke(request, response);
        if (RawBody.leftUnread(request)) {
            // Otherwise the container would read for as long as the sender sends.
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (UNREADABLE.contains(status)) {
            // An unknown version or encoding is the caller's fault, not the server's.
            status = FIRST_ERROR;
            response.setStatus(status);
        }
        write(response, status, "The request cannot be read; /v1/openapi.json describes all requests.");
    }

    private void write(Response response, int status, String detail) {
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        String json = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(title, status, detail);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("The caller has gone", e);
        }
    }
}
