package com.mobileapiconnect.bridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.Sender;
import com.mobileapiconnect.bridge.delivery.SenderContract;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.Signing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetProperties;
import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.thread.Loops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSenderContractTest extends SenderContract {

    private static final Duration LATER = Duration.ofMinutes(7);

    static RunningBridge bridge;

    private final AtomicInteger held = new AtomicInteger();
    private final Receiver receiver = new Receiver().answering(WebhookSenderContractTest::answer);
    private final RawServer hangs = RawServer.start(this::hold);
    private HttpCalls http;
    private WebhookSender sender;

    @BeforeAll
    static void startBridge(@TempDir Path data) {
        bridge = RunningBridge.start(data);
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
    }

    @BeforeEach
    void start() {
        http = new HttpCalls(
                bridge.bean(NetworkGuard.class),
                new DeliverySettings(""),
                bridge.bean(Lookups.class),
                bridge.bean(Tenants.class),
                new OwnHeaders("test"),
                bridge.bean(Loops.class));
        sender = new WebhookSender(
                http, bridge.bean(Tokens.class), bridge.bean(Tenants.class), Clock.systemUTC(), new OwnHeaders("test"));
    }

    @AfterEach
    void stop() {
        http.destroy();
        receiver.close();
        hangs.close();
    }

    private static Receiver.Answer answer(Receiver.Got got) {
        return switch (got.path()) {
            case "/refuses" -> Receiver.Answer.of(422, got.text().repeat(100));
            case "/asks_to_wait" -> Receiver.Answer.of(503, Map.of("Retry-After", Long.toString(LATER.toSeconds())));
            default -> Receiver.Answer.of(200);
        };
    }

    /** Takes the request, and waits for the other end to close the connection. */
    private void hold(RawServer.Peer peer) throws IOException {
        peer.request();
        held.incrementAndGet();
        try {
            peer.read();
        } finally {
            held.decrementAndGet();
        }
    }

    @Override
    protected Sender sender() {
        return sender;
    }

    @Override
    protected Target target(Behaviour behaviour, Duration timeout) {
        String url = behaviour == Behaviour.HANGS
                ? "http://127.0.0.1:" + hangs.port()
                : receiver.url("/" + behaviour.name().toLowerCase(java.util.Locale.ROOT));
        HttpOptions options = new HttpOptions(
                Map.of("X-Key", new Redacted(secret())), new HttpOptions.Auth.Bearer(new Redacted(secret())), null);
        Signing signing = new Signing(new Redacted(secret()), null, null);
        String tenant = bridge.bean(Tenants.class).all().iterator().next().id();
        return SampleTarget.reached(
                tenant, new Target.Reach("webhook", url, TargetProperties.NONE, options, signing), timeout);
    }

    @Override
    protected byte[] body(Behaviour behaviour) {
        return "{\"text\":\"hello, this is a long text\"}".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected List<String> taken() {
        return receiver.requests("/takes").stream()
                .map(got -> got.header("X-MAC-Delivery"))
                .toList();
    }

    @Override
    protected String secret() {
        return "a-secret-that-nobody-sees";
    }

    @Override
    protected Duration asksToWait() {
        return LATER;
    }

    @Override
    protected int held() {
        return held.get();
    }

    @Override
    protected void closeSender() {
        http.destroy();
    }

    @Test
    void theSecretIsUsed() throws Exception {
        whatTheReceiverTakesIsDelivered();
        assertThat(receiver.requests("/takes").get(0).header("Authorization")).isEqualTo("Bearer " + secret());
    }
}
