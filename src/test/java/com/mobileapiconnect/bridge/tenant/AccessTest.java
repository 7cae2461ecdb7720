package com.mobileapiconnect.bridge.tenant;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Wrong keys and signatures are slowed down at every door; right ones from the same address are not. */
class AccessTest {

    private static final String SMS = "{\"from\":\"919876543210\",\"text\":\"balance\"}";
    private static final String WRONG = "sk_live_wrong-0123456789-0123456789-0123";

    static RunningBridge bridge;

    @BeforeAll
    static void start(@TempDir Path data) {
        bridge = RunningBridge.start(data, "bridge.access.wrong-keys-per-minute=3");
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    private final Api tenant = bridge.tenant();

    /** From here on every wrong key of this address is slowed. */
    private void useUpTheAllowance() {
        for (int i = 0; i < 5; i++) {
            tenant.as(WRONG).get("/v1/messages");
        }
        Api.Reply slowed = tenant.as(WRONG).get("/v1/messages").expect(429);
        assertThat(slowed.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Long.parseLong(slowed.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(slowed.header("Connection")).isEqualTo("close");
    }

    /** Asks again if it was let through: the allowance grows by one each twenty seconds. */
    private static void slowed(Supplier<Api.Reply> wrong) {
        Api.Reply reply = wrong.get();
        for (int i = 0; i < 5 && reply.status() == 401; i++) {
            reply = wrong.get();
        }
        reply.expect(429);
    }

    @Test
    void rightKeysOfTheSameAddressAreServedAllTheWhile() {
        String gateway = tenant.post("/v1/devices", "{\"name\":\"K\",\"adapter\":\"kannel\"}")
                .expect(201)
                .at("/token");
        useUpTheAllowance();

        tenant.get("/v1/messages").expect(200);
        bridge.operator().get("/v1/tenants").expect(200);
        bridge.phone().post("/v1/inbound", SMS).expect(202);
        bridge.nobody()
                .get("/v1/inbound/kannel/" + gateway + "?from=919876543210&text=hi&id=k-1")
                .expect(200);
        bridge.nobody().get("/v1/messages").expect(401); // no key is no guess
    }

    @Test
    void aWrongTokenInAPathIsSlowedLikeOneInAHeader() {
        useUpTheAllowance();

        slowed(() -> bridge.nobody().get("/v1/inbound/kannel/dvt_wrong?from=1&text=hi"));
        slowed(() -> tenant.as("dvt_wrong").post("/v1/inbound", SMS));
        slowed(() -> tenant.as("dvt_wrong").get("/v1/outbox"));
        slowed(() -> tenant.as(WRONG).get("/actuator/prometheus"));
    }

    @Test
    void aWrongSignatureIsSlowedAndTheRightOneServed() throws Exception {
        Api.Reply made = tenant.post("/v1/devices", "{\"name\":\"S\",\"signingKey\":\"the app's own secret\"}")
                .expect(201);
        Api phone = tenant.as(made.at("/token"));
        useUpTheAllowance();

        slowed(() -> phone.post("/v1/inbound", SMS.getBytes(StandardCharsets.UTF_8), "X-Signature", "00".repeat(32)));
        phone.post(
                        "/v1/inbound",
                        SMS.getBytes(StandardCharsets.UTF_8),
                        "X-Signature",
                        Hmac.sha256("the app's own secret", SMS))
                .expect(202);
    }

    @Test
    void oneLineAMinuteNamesTheAddressAndNoKey() {
        // The bridge itself writes its line at some moment of each minute.
        eventually(this::oneLineNamesTheAddressAndNoKey);
    }

    private void oneLineNamesTheAddressAndNoKey() {
        WrongKeys wrongKeys = bridge.bean(WrongKeys.class);
        wrongKeys.report();
        Logger log = (Logger) LoggerFactory.getLogger(WrongKeys.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            useUpTheAllowance();
            wrongKeys.report();
            wrongKeys.report();
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo(List.of("Wrong keys in the last minute: 6 from 127.0.0.1"));
    }
}
