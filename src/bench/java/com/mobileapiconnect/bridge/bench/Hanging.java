package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What very many calls take that hang at once, each to a target of its own: to receivers that never end an answer. */
final class Hanging {

    private static final String TARGET =
            "{\"name\":\"%s\",\"outboundUrl\":\"%s\",\"http\":%s,\"redelivery\":{\"timeout\":\"PT30S\",\"initialDelay\":\"PT1H\"}}";
    private static final String SMS = "{\"from\":\"919876543210\",\"text\":\"%s\"}";
    // Of the last quarter of the places a tenant has few.
    private static final int TENANTS = 16;

    private Hanging() {}

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Hanging}
     * ({@code --calls 10000 --java HOME}; {@code --tls true}; {@code --heads true} for receivers that send 56 KB of a
     * head; {@code --text 100000} for a message of that many characters). The jar has to be built
     * before.
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "calls", "java", "tls", "heads", "text");
        int calls = (int) options.number("calls", 10_000);
        Path java = Path.of(options.text("java").orElse(System.getProperty("java.home")));
        Certificates certificates = new Certificates();
        boolean tls = options.text("tls").isPresent();
        String http = tls
                ? "{\"tls\":{\"ca\":\""
                        + certificates.authority().certificatePem().replace("\n", "\\n") + "\"}}"
                : "null";
        int text = (int) options.number("text", 20);
        String sms = SMS.formatted("x".repeat(text));
        Path data = Files.createTempDirectory("hanging");
        try (HangingServer receiver = new HangingServer(
                        tls ? certificates.context(certificates.server()) : null,
                        options.text("heads").isPresent());
                BridgeProcess bridge = BridgeProcess.launch(
                                List.of(
                                        java.resolve("bin/java").toString(),
                                        "-Xmx192m",
                                        "-XX:+ExitOnOutOfMemoryError",
                                        "-jar",
                                        "target/erp-bridge.jar"),
                                Path.of("").toAbsolutePath(),
                                data,
                                Map.of(
                                        "BRIDGE_BOOTSTRAP_API_KEY",
                                        RunningBridge.TENANT_KEY,
                                        "BRIDGE_OPERATOR_KEY",
                                        RunningBridge.OPERATOR_KEY,
                                        "BRIDGE_DELIVERY_ALLOWED_NETWORKS",
                                        "127.0.0.0/8"))
                        .awaitReady()) {
            Footprint.Probe probe = new Footprint.Probe(Long.toString(bridge.pid()));
            Api operator = new Api(bridge.url(), RunningBridge.OPERATOR_KEY);
            Api[] phones = new Api[TENANTS];
            for (int i = 0; i < TENANTS; i++) {
                phones[i] = tenant(bridge, operator, TARGET.formatted("%d", receiver.url(), http), calls / TENANTS);
            }
            System.out.println("before:  " + probe.take());
            for (Api phone : phones) {
                phone.post("/v1/inbound", sms).expect(202);
            }
            long begun = System.nanoTime();
            while (receiver.calls() < calls && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(20)) {
                Thread.sleep(50);
            }
            System.out.printf("%d calls hang after %.1f s%n", receiver.calls(), (System.nanoTime() - begun) / 1e9);
            System.out.println("hanging: " + probe.take());
            System.out.println(bridge.isAlive() ? "alive" : bridge.output());
        }
    }

    /** Makes a tenant with that many targets; returns its phone. */
    private static Api tenant(BridgeProcess bridge, Api operator, String connection, int targets) {
        String id = operator.post("/v1/tenants", "{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        Api tenant = new Api(
                bridge.url(),
                operator.post("/v1/tenants/" + id + "/keys").expect(201).at("/key"));
        for (int i = 0; i < targets; i++) {
            tenant.post("/v1/connections", connection.formatted(i)).expect(201);
        }
        return new Api(
                bridge.url(),
                tenant.post("/v1/devices", "{\"name\":\"d\"}").expect(201).at("/token"));
    }
}
