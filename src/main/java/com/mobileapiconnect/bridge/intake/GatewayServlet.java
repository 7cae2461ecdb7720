package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.GatewayAnswer;
import com.mobileapiconnect.bridge.gateway.GatewayRequest;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.gateway.PairedAs;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.Access;
import com.mobileapiconnect.bridge.tenant.Caller;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Serves {@code /v1/inbound/{adapter}/{deviceToken}}: phone apps and providers send in their own format and get answers
 * in theirs. The path contains a secret: it is never logged, and no answer shows it.
 */
class GatewayServlet extends HttpServlet {

    static final String PATHS = InboundServlet.PATH + "/*";

    private static final long serialVersionUID = 1;
    private static final int PARTS = 3; // the part before the first slash is empty

    private final transient Gateways gateways;
    private final transient Access access;
    private final transient Devices devices;
    private final transient PublicUrl publicUrl;
    private final transient Handover handover;
    private final transient HandlerExceptionResolver errors;

    GatewayServlet(
            Gateways gateways,
            Access access,
            Devices devices,
            PublicUrl publicUrl,
            Handover handover,
            HandlerExceptionResolver errors) {
        this.gateways = gateways;
        this.access = access;
        this.devices = devices;
        this.publicUrl = publicUrl;
        this.handover = handover;
        this.errors = errors;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Reply reply = answer(request);
            try {
                write(reply.answer(), response);
            } catch (IOException e) {
                reply.lost();
                throw e;
            }
            reply.written();
        } catch (RuntimeException | HttpRequestMethodNotSupportedException e) {
            errors.resolveException(request, response, null, e);
        }
    }

    /** Writes through to the connection, so that it is seen if nobody is there any more. */
    private static void write(GatewayAnswer answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType(answer.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private Reply answer(HttpServletRequest request) throws HttpRequestMethodNotSupportedException {
        String[] path = String.valueOf(request.getPathInfo()).split("/", -1);
        if (path.length != PARTS) {
            throw Problem.notFound("such path; /v1/openapi.json lists them all");
        }
        Gateway.Receiving gateway = gateways.receiving(path[1])
                .orElseThrow(
                        () -> Problem.notFound("such adapter; there are " + String.join(", ", gateways.receiving())));
        if (!gateway.methods().contains(request.getMethod())) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), gateway.methods());
        }
        Device device = device(request, gateway, path[2]);
        Redacted key = devices.signingKey(device.id());
        GatewayRequest asked = read(request, gateway, device.pairedAs(key != null));
        String flaw = handover.flaw(gateway, asked, key);
        if (flaw != null) {
            throw access.wrongSignature(request, flaw);
        }
        return handover.take(device, gateway, asked);
    }

    private Device device(HttpServletRequest request, Gateway gateway, String token) {
        Caller.OfDevice caller = access.holder(request, token, Caller.OfDevice.class);
        Device device = devices.find(caller.deviceId())
                .orElseThrow(() -> Problem.unauthorized("This device is no longer paired."));
        if (device.adapter() == null) {
            throw Problem.forbidden("This device has no adapter; its token is valid at /v1/inbound.");
        } else if (!device.adapter().equals(gateway.name())) {
            throw Problem.forbidden("This device's token is valid only at its adapter's URL: /v1/inbound/"
                    + device.adapter() + "/{token}");
        }
        return device;
    }

    private GatewayRequest read(HttpServletRequest request, Gateway.Receiving gateway, PairedAs device) {
        byte[] body = RawBody.read(request, gateway.largestBody());
        return new GatewayRequest(
                request.getMethod(), publicUrl.of(request), request.getQueryString(), request::getHeader, body, device);
    }
}
