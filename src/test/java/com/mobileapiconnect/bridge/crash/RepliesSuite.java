package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Kills the bridge between a system's answer and its outcome, where that answer is to reach the customer: at the end each
 * message has exactly one SMS, however often the system was asked.
 */
final class RepliesSuite implements AutoCloseable {

    private static final int OF_ONE_KILL = 6;
    private static final int LONGEST_WAIT_MILLIS = 300_000; // on a busy machine
    private static final int LONGEST_END_SECONDS = 600;

    private final Data data;
    private final Path bridgeData;
    private final Launcher launcher;
    private final ServerSocket requests = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port = Ports.free();
    private final Receiver system = new Receiver();
    private final Api tenant = new Api("http://127.0.0.1:" + port, RunningBridge.TENANT_KEY);
    private final Map<String, Boolean> texts = new LinkedHashMap<>();
    private final List<String> reached = new ArrayList<>();

    private RepliesSuite(Data data, Path bridgeData) throws IOException {
        this.data = data;
        this.bridgeData = bridgeData;
        this.launcher = new Launcher(Files.createTempDirectory("crash-no-migrations"));
        system.answering(got -> Receiver.Answer.of(200, "{\"sms\":\"for " + text(got) + "\"}"));
    }

    private static String text(Receiver.Got got) {
        return got.text().replaceAll("(?s).*\"text\":\"([^\"]*)\".*", "$1");
    }

    static Report sqlite(FaultPoint... points) throws Exception {
        Path bridgeData = Files.createTempDirectory("crash-data");
        try (RepliesSuite suite = new RepliesSuite(new Data.Sqlite(bridgeData), bridgeData)) {
            return suite.run(points);
        }
    }

    static Report postgresql(FaultPoint... points) throws Exception {
        try (Data.Postgres data = Data.Postgres.start();
                RepliesSuite suite = new RepliesSuite(data, Files.createTempDirectory("crash-data"))) {
            return suite.run(points);
        }
    }

    /**
     * The result of a run.
     *
     * @param reached  the points at which it was killed
     * @param messages texts that customers sent
     * @param sms      the SMS to customers, by their texts
     * @param asked    how often the system was asked
     */
    record Report(List<String> reached, List<String> messages, Map<String, Integer> sms, int asked) {}

    private Report run(FaultPoint... points) throws Exception {
        Api phone;
        try (BridgeProcess bridge = launch(null).awaitReady()) {
            tenant.connection(
                    system.url("/erp"),
                    "\"replyFrom\":\"/sms\",\"redelivery\":{\"initialDelay\":\"PT0.3S\",\"multiplier\":1}");
            phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"phone\",\"number\":\"911234500000\"}")
                    .expect(201)
                    .at("/token"));
            bridge.kill();
        }
        for (FaultPoint point : points) {
            killed(point, phone);
        }
        try (BridgeProcess last = launch(null).awaitReady()) {
            Eventually.within(300, () -> {
                send(phone);
                assertThat(texts).doesNotContainValue(false);
            });
            Map<String, Integer> sms = atTheEnd();
            last.kill();
            return new Report(
                    reached, List.copyOf(texts.keySet()), sms, system.requests().size());
        }
    }

    private void killed(FaultPoint point, Api phone) throws Exception {
        for (int i = 0; i < OF_ONE_KILL; i++) {
            texts.put(point.label() + " " + i, false);
        }
        try (BridgeProcess bridge = launch(point).awaitReady()) {
            Thread sending = new Thread(() -> send(phone), "phone");
            sending.start();
            if (isReached()) {
                reached.add(point.label());
            }
            bridge.kill();
            sending.join();
        }
    }

    /** Sends what was not acknowledged, each from a customer of its own. */
    private void send(Api phone) {
        int customer = 0;
        for (Map.Entry<String, Boolean> each : texts.entrySet()) {
            String text = each.getKey();
            customer++;
            if (each.getValue()) {
                continue;
            }
            try {
                Api.Reply reply = phone.post(
                        "/v1/inbound",
                        "{\"id\":\"%s\",\"from\":\"9198765%05d\",\"text\":\"%s\"}".formatted(text, customer, text));
                each.setValue(reply.status() == 202);
            } catch (RuntimeException down) {
                return; // the phone keeps it
            }
        }
    }

    private boolean isReached() throws IOException {
        requests.setSoTimeout(LONGEST_WAIT_MILLIS);
        try (Socket request = requests.accept()) {
            return true;
        } catch (SocketTimeoutException notReached) {
            return false;
        }
    }

    /** The SMS by their texts, once everything is delivered. */
    private Map<String, Integer> atTheEnd() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
        while (!isEverythingDelivered() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        Map<String, Integer> sms = new TreeMap<>();
        for (JsonNode each :
                tenant.get("/v1/outgoing?limit=500").expect(200).json().get("data")) {
            sms.merge(each.get("text").asText(), 1, Integer::sum);
        }
        return sms;
    }

    private boolean isEverythingDelivered() {
        return tenant.get("/v1/deliveries?status=pending&limit=1")
                .json()
                .path("data")
                .equals(JsonNodeFactory.instance.arrayNode());
    }

    private BridgeProcess launch(@Nullable FaultPoint point) {
        Map<String, String> environment = Launcher.environment(port);
        environment.putAll(data.environment());
        return launcher.launch(Launcher.diesAt(point, 1, requests.getLocalPort()), List.of(), bridgeData, environment);
    }

    @Override
    public void close() throws IOException {
        system.close();
        requests.close();
    }
}
