package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A tenant whose gateways hang and whose names nobody answers for, and what its neighbour feels: how long the neighbour's
 * SMS takes to its gateway and its message to its receiver, and how many attempts that costs.
 */
final class HangingNeighbour {

    private static final int GATEWAYS = 60;
    private static final int NAMES = 100;
    private static final int ROUNDS = 5;
    private static final int LONGEST_SECONDS = 60;

    private HangingNeighbour() {}

    private static String device(Api tenant, String gateway) {
        return tenant.post("/v1/devices", """
                        {"name":"Gateway","number":"911234500000","transport":
                         {"type":"android-sms-gateway","url":"%s","username":"u","password":"p"}}""".formatted(gateway)).expect(201).at("/id");
    }

    private static void sms(Api tenant, String device) {
        tenant.post("/v1/messages", """
                        {"to":"919876543210","text":"hi","deviceId":"%s"}""".formatted(device)).expect(202);
    }

    private static Api phone(Api tenant) {
        return tenant.as(tenant.post("/v1/devices", "{\"name\":\"phone\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    private static long until(BooleanSupplier done) {
        long start = System.nanoTime();
        try {
            within(LONGEST_SECONDS, () -> assertThat(done.getAsBoolean()).isTrue());
        } catch (ConditionTimeoutException e) {
            System.out.println("not within " + LONGEST_SECONDS + " s");
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** The neighbour, with its gateway, its phone and its receiver. */
    private record Neighbour(Api api, Api phone, String device, Receiver receiver) {

        static Neighbour of(Api api) {
            // It keeps no connection, so that each message asks for the name again.
            Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(200, Map.of("Connection", "close")));
            api.post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"outboundUrl\":\"http://erp.example.com:" + receiver.port()
                                    + "/erp\",\"redelivery\":{\"initialDelay\":\"PT1S\"}}")
                    .expect(201);
            return new Neighbour(
                    api, HangingNeighbour.phone(api), HangingNeighbour.device(api, receiver.url("/gateway")), receiver);
        }

        void measure(String when) {
            long slowestSms = 0;
            long slowestMessage = 0;
            int attempts = 0;
            for (int i = 0; i < ROUNDS; i++) {
                int sms = receiver.requests("/gateway").size();
                sms(api, device);
                slowestSms = Math.max(
                        slowestSms, until(() -> receiver.requests("/gateway").size() > sms));
                int messages = receiver.requests("/erp").size();
                String id = phone.post("/v1/inbound", "{\"from\":\"2\",\"text\":\"t\"}")
                        .expect(202)
                        .at("/messages/0/id");
                slowestMessage = Math.max(
                        slowestMessage, until(() -> receiver.requests("/erp").size() > messages));
                until(() -> delivery(id).path("attempts").size() > 0);
                attempts = Math.max(attempts, delivery(id).path("attempts").size());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-20s SMS to its gateway %,d ms, message to its receiver %,d ms, attempts %d (the worst of %d)%n",
                    when,
                    slowestSms,
                    slowestMessage,
                    attempts,
                    ROUNDS);
        }

        private JsonNode delivery(String messageId) {
            return api.get("/v1/deliveries?messageId=" + messageId).json().at("/data/0");
        }
    }

    /** {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.webhook.HangingNeighbour} */
    public static void main(String[] args) throws Exception {
        RunningBridge bridge =
                RunningBridge.start(List.of(SilentNames.class), Files.createTempDirectory("hanging-neighbour"));
        Neighbour neighbour = Neighbour.of(bridge.newTenant().api());
        neighbour.measure("to warm up");
        neighbour.measure("alone");

        Api hanging = bridge.tenant();
        RawServer gateway = RawServer.start(peer -> {
            peer.request();
            peer.hang();
        });
        for (int i = 0; i < GATEWAYS; i++) {
            sms(hanging, device(hanging, "http://127.0.0.1:" + gateway.port() + "/"));
        }
        neighbour.measure("gateways that hang");
        for (int i = 0; i < NAMES; i++) {
            hanging.connection("http://silent" + i + ".example.com/", "\"redelivery\":{\"initialDelay\":\"PT1S\"}");
        }
        phone(hanging).post("/v1/inbound", "{\"from\":\"2\",\"text\":\"t\"}").expect(202);
        neighbour.measure("names too");
        System.exit(0);
    }
}
