package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Serves {@code POST /v1/inbound}, to which phones send captured messages. The answer is 202 only when they are
 * durable; after any other answer the phone keeps them. This is a servlet because every SMS comes through here, and
 * finding and calling a handler would be a third of a request's cost; errors are answered like those of all handlers.
 */
class InboundServlet extends HttpServlet {

    static final String PATH = "/v1/inbound";

    private static final String PARTIAL = "partial";

    private static final long serialVersionUID = 1;

    private final transient Phones phones;
    private final transient Capture capture;
    private final transient LargeBodies bodies;
    private final transient Entrance phone;
    private final transient UnansweredPhones unanswered;
    private final transient HandlerExceptionResolver errors;
    private final transient LargeBacklogs large;

    InboundServlet(
            Phones phones,
            Capture capture,
            LargeBodies bodies,
            LargeBacklogs large,
            Entrance phone,
            UnansweredPhones unanswered,
            HandlerExceptionResolver errors) {
        this.phones = phones;
        this.capture = capture;
        this.bodies = bodies;
        this.large = large;
        this.phone = phone;
        this.unanswered = unanswered;
        this.errors = errors;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!request.getMethod().equals("POST")) {
                throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of("POST"));
            }
            byte[] receipt = inbound(request);
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setContentLength(receipt.length);
            response.getOutputStream().write(receipt);
        } catch (RuntimeException | HttpRequestMethodNotSupportedException e) {
            errors.resolveException(request, response, null, e);
        }
    }

    /** Returns the receipt. */
    private byte[] inbound(HttpServletRequest request) {
        Device device = phones.caller(request);
        byte[] body = body(request);
        if (body.length <= Capture.MAX_SINGLE_BYTES) {
            return take(device, body, request, null);
        }
        try (LargeBacklogs.Place place = large.enter(device.tenantId())) {
            return take(device, body, request, place);
        }
    }

    private byte[] body(HttpServletRequest request) {
        try {
            return RawBody.read(request, RawBody.LARGEST);
        } catch (Problem problem) {
            if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE
                    && !RawBody.leftUnread(request)
                    && !RawBody.overItsShare(request)) {
                unanswered.turnedAway(); // no room for anybody, while one left unread was too slow
            }
            throw problem;
        }
    }

    private byte[] take(Device device, byte[] body, HttpServletRequest request, LargeBacklogs.@Nullable Place place) {
        PhoneSignature signature = phones.signature(device, body, request);
        boolean partial = partial(request.getQueryString());
        Captures read = bodies.parse(body, () -> capture.read(body, device, partial));
        Captures captures = signature == null ? read : signature.identify(read);
        List<Accepted> accepted = captures.good().isEmpty() ? List.of() : phone.submit(device, captures.good(), place);
        return Receipt.of(accepted, captures.bad());
    }

    /** Reads the parameter out of the query itself: the server would look for it in the body as well. */
    private static boolean partial(@Nullable String query) {
        if (query == null) {
            return false;
        }
        boolean partial = false;
        for (String parameter : query.split("&")) {
            if (parameter.equals(PARTIAL) || parameter.startsWith(PARTIAL + "=")) {
                String value = parameter.substring(Math.min(parameter.length(), PARTIAL.length() + 1));
                if (!value.equals("true") && !value.equals("false")) {
                    throw Problem.invalid(PARTIAL, "must be true or false");
                }
                partial = value.equals("true");
            }
        }
        return partial;
    }
}
