package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.tenant.Access;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Takes in SMS that a route of an integrator brings for a device, from a queue or a mailbox say: read, checked and stored
 * by the code that serves {@code POST /v1/inbound}.
 */
@Component
class RouteCapture {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int NAMED_ERRORS = 5;

    private final Devices devices;
    private final Access access;
    private final Capture capture;
    private final LargeBodies bodies;
    /** A backlog takes several times its size until it is stored; those of phones are bounded by themselves. */
    private final Semaphore large = new Semaphore(1);

    RouteCapture(Devices devices, Access access, Capture capture, LargeBodies bodies) {
        this.devices = devices;
        this.access = access;
        this.capture = capture;
        this.bodies = bodies;
    }

    /** Stores messages, and returns when they are durable. */
    interface Submit {
        List<Accepted> submit(Device device, List<InboundMessage> messages);
    }

    /**
     * Takes one SMS, or a list of up to 500, all or none; returns when they are durable.
     *
     * @param body a map, a list of maps, or JSON as text or bytes
     * @throws RefusedCaptureException if it can never be taken; after any other exception it may be taken later
     */
    Map<String, Object> take(String deviceId, @Nullable Object body, Submit to) {
        Device device = devices.find(deviceId)
                .orElseThrow(() -> new IllegalStateException("phone:capture takes in for the device " + deviceId
                        + ", and there is none; nothing was taken"));
        access.admitForDevice(device.tenantId());
        byte[] json = json(body);
        try {
            return json.length <= Capture.MAX_SINGLE_BYTES ? take(device, json, to) : takeLarge(device, json, to);
        } catch (Problem problem) {
            throw isContents(problem.status()) ? new RefusedCaptureException(why(problem)) : problem;
        }
    }

    private Map<String, Object> takeLarge(Device device, byte[] json, Submit to) {
        if (json.length > RawBody.LARGEST) {
            throw new RefusedCaptureException("The body is over " + (RawBody.LARGEST >> 20) + " MiB");
        } else if (!large.tryAcquire()) {
            throw Problem.unavailable("Another route takes a large backlog in at the moment.");
        }
        try {
            return take(device, json, to);
        } finally {
            large.release();
        }
    }

    private Map<String, Object> take(Device device, byte[] json, Submit to) {
        Captures captures = bodies.parse(json, () -> capture.read(json, device, false));
        return receipt(to.submit(device, captures.good()));
    }

    private static byte[] json(@Nullable Object body) {
        if (body instanceof Map || body instanceof List || body instanceof JsonNode) {
            try {
                return JSON.writeValueAsBytes(isArray(body) ? Map.of("messages", body) : body);
            } catch (JacksonException e) {
                throw new RefusedCaptureException("The body cannot be written as JSON: " + e.getOriginalMessage());
            }
        } else if (body instanceof byte[] || body instanceof String) {
            byte[] text = body instanceof byte[] bytes ? bytes : ((String) body).getBytes(StandardCharsets.UTF_8);
            return isList(text) ? backlog(text) : text;
        }
        throw new RefusedCaptureException("The body must be a map, a list of maps or JSON, not "
                + (body == null ? "nothing" : "of the type " + body.getClass().getSimpleName()));
    }

    private static boolean isArray(Object body) {
        return body instanceof List || (body instanceof JsonNode json && json.isArray());
    }

    private static boolean isList(byte[] json) {
        int first = 0;
        while (first < json.length && (json[first] == ' ' || (json[first] >= '\t' && json[first] <= '\r'))) {
            first++;
        }
        return first < json.length && json[first] == '[';
    }

    private static byte[] backlog(byte[] list) {
        byte[] before = "{\"messages\":".getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + list.length + 1];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(list, 0, all, before.length, list.length);
        all[all.length - 1] = '}';
        return all;
    }

    private static boolean isContents(HttpStatus status) {
        return status == HttpStatus.BAD_REQUEST
                || status == HttpStatus.PAYLOAD_TOO_LARGE
                || status == HttpStatus.UNPROCESSABLE_ENTITY;
    }

    private static String why(Problem problem) {
        return problem.errors().isEmpty()
                ? String.valueOf(problem.getMessage())
                : problem.errors().stream()
                        .limit(NAMED_ERRORS)
                        .map(error -> error.field() + " " + error.message())
                        .collect(Collectors.joining("; "));
    }

    /** Returns the answer of {@code POST /v1/inbound}, for the steps that follow. */
    private static Map<String, Object> receipt(List<Accepted> accepted) {
        List<Map<String, @Nullable Object>> messages = new ArrayList<>(accepted.size());
        for (Accepted each : accepted) {
            Map<String, @Nullable Object> message = new LinkedHashMap<>();
            message.put("id", each.message().id());
            message.put("phoneId", each.message().phoneId());
            message.put("duplicate", each.duplicate());
            messages.add(message);
        }
        Map<String, Object> receipt = new LinkedHashMap<>();
        receipt.put("messages", messages);
        return receipt;
    }
}
