package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A backlog with more deliveries than one unit of work takes on. */
@OnBothDatabases
class FanOutTest {

    private static final int CONNECTIONS = 30;
    private static final int MESSAGES = 25;
    private static final int ALL = MESSAGES * (CONNECTIONS + 1); // a reply each

    private static final String LARGE = "bridge.rules.budget=1000000000";
    private static final String SMALL = "bridge.rules.budget=1000000";

    private static final AtomicLong CLOCK_SET_BY_HOURS = new AtomicLong();

    private String[] settings;
    private RunningBridge bridge;
    private String connections;

    static class SetClock {

        @Bean
        @Primary
        Clock setClock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Clock.systemUTC().instant().plus(Duration.ofHours(CLOCK_SET_BY_HOURS.get()));
                }
            };
        }
    }

    @TempDir
    Path data;

    @BeforeEach
    void start(Database database) {
        CLOCK_SET_BY_HOURS.set(0);
        settings = database.settings();
        bridge = start(LARGE);
        connections = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> "  - {name: c%d, outboundUrl: 'http://127.0.0.1:1/'}\n".formatted(i))
                .collect(Collectors.joining("", "connections:\n", ""));
        bridge.tenant()
                .put("/v1/config", connections + "rules: [{name: r, then: [{type: reply, text: Hi}]}]\n")
                .expect(200);
    }

    private RunningBridge start(String budget) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = budget;
        return RunningBridge.start(List.of(SetClock.class), data, all);
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private long count(String what) {
        return bridge.bean(Store.class).read(sql -> sql.sql("select count(*) from " + what)
                .query(Long.class)
                .single());
    }

    private String tenantId() {
        return bridge.bean(Store.class).read(sql -> sql.sql("select id from tenant order by created_at limit 1")
                .query(String.class)
                .single());
    }

    private static String backlog(String ids) {
        return backlog(ids, MESSAGES);
    }

    private static String backlog(String ids, int messages) {
        return backlog(ids, messages, "t");
    }

    private static String backlog(String ids, int messages, String text) {
        return IntStream.range(0, messages)
                .mapToObj(i -> "{\"id\":\"%s-%d\",\"from\":\"9198765%05d\",\"text\":\"%s\"}".formatted(ids, i, i, text))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private void assertEachIsMadeOnce() {
        eventually(() -> assertThat(count("fan_out")).isZero());
        assertThat(count("delivery")).isEqualTo(ALL);
        assertThat(count("(select distinct message_seq, target_id from delivery) as each_one"))
                .isEqualTo(ALL);
    }

    /** The deliveries of what is accepted from now on are made by the test's own steps. */
    private FanOuts byHand() {
        FanOuts fanOuts = bridge.bean(FanOuts.class);
        fanOuts.destroy();
        return fanOuts;
    }

    @Test
    void isAcceptedAsAWholeAndEachDeliveryIsMadeOnce() {
        Api phone = bridge.phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);

        assertThat(count("message")).isEqualTo(MESSAGES);
        assertEachIsMadeOnce();
        assertThat(phone.post("/v1/inbound", backlog("a")).expect(202).at("/messages/0/duplicate"))
                .isEqualTo("true");
        assertEachIsMadeOnce();
    }

    @Test
    void goesOnAfterACrashInTheMiddle() {
        FanOuts fanOuts = byHand();
        bridge.phone().post("/v1/inbound", backlog("a")).expect(202);
        assertThat(count("delivery")).isZero();
        assertThat(fanOuts.step(tenantId())).isTrue();
        assertThat(count("delivery")).isBetween(1L, ALL - 1L);

        bridge.close();
        bridge = start(LARGE);

        assertEachIsMadeOnce();
    }

    @Test
    void ofTooManyMessagesThePhonesKeepTheRestUntilSomeAreDone() {
        FanOuts fanOuts = byHand();
        Api phone = bridge.phone();
        for (int i = 0; i < FanOuts.MOST_WAITING / 500; i++) {
            phone.post("/v1/inbound", backlog("b" + i, 500)).expect(202);
        }
        Api.Reply refused = phone.post("/v1/inbound", backlog("more")).expect(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(count("message")).isEqualTo(FanOuts.MOST_WAITING);
        Api another = bridge.newTenant().api();
        String token =
                another.post("/v1/devices", "{\"name\":\"phone\"}").expect(201).at("/token");
        another.as(token).post("/v1/inbound", backlog("theirs")).expect(202);

        String tenantId = tenantId();
        while (count("fan_out") == FanOuts.MOST_WAITING) {
            fanOuts.step(tenantId);
        }
        phone.post("/v1/inbound", backlog("more")).expect(202);
    }

    @Test
    void aStepThatTheStoreRefusesIsTakenAgain(Database database) {
        FanOuts fanOuts = byHand();
        bridge.phone().post("/v1/inbound", backlog("a")).expect(202);
        fanOuts.step(tenantId());
        long before = count("delivery");
        // Nothing may grow from now on, so this step fails in its middle, or at its commit.
        try (Database.Outage outage = database.outage(bridge)) {
            assertThatThrownBy(() -> {
                        while (fanOuts.step(tenantId())) {
                            // until it is refused
                        }
                    })
                    .isInstanceOf(StoreUnavailableException.class);
        }
        eventually(() -> assertThatCode(() -> count("delivery")).doesNotThrowAnyException());
        assertThat(count("delivery")).isGreaterThanOrEqualTo(before);

        eventually(() -> assertThatCode(() -> fanOuts.step(tenantId())).doesNotThrowAnyException());
        while (fanOuts.step(tenantId())) {
            // to the end
        }
        assertEachIsMadeOnce();
    }

    @Test
    void laterMessagesOfTheTenantDoNotOvertakeIt() {
        FanOuts fanOuts = byHand();
        Api phone = bridge.phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"later\"}")
                .expect(202);
        assertThat(count("delivery")).isZero();

        while (fanOuts.step(tenantId())) {
            long last = count("delivery where message_seq = (select max(seq) from message)");
            assertThat(last == 0 || count("delivery") >= ALL).isTrue();
        }
        assertThat(count("delivery")).isEqualTo(ALL + CONNECTIONS + 1);
        assertThat(count("fan_out")).isZero();
    }

    @Test
    void anErasedMessageGetsNoDeliveryAfterwards() {
        FanOuts fanOuts = byHand();
        bridge.phone().post("/v1/inbound", backlog("a")).expect(202);
        bridge.tenant().post("/v1/erase", "{\"number\":\"919876500007\"}").expect(200);

        while (fanOuts.step(tenantId())) {
            // to the end
        }
        assertThat(count("delivery")).isEqualTo(ALL - CONNECTIONS - 1);
        assertThat(count("fan_out")).isZero();
    }

    @Test
    void theActionsOfARuleThatIsGoneMeanwhileAreStillTaken() {
        FanOuts fanOuts = byHand();
        bridge.phone().post("/v1/inbound", backlog("a")).expect(202);
        bridge.tenant().put("/v1/config", "rules: []").expect(200);

        while (fanOuts.step(tenantId())) {
            // to the end
        }
        assertThat(count("delivery")).isEqualTo(ALL);
    }

    @Test
    void aClockThatIsSetBackNeitherLosesNorAddsADelivery() {
        FanOuts fanOuts = byHand();
        CLOCK_SET_BY_HOURS.set(-1);
        bridge.phone().post("/v1/inbound", backlog("a")).expect(202);
        CLOCK_SET_BY_HOURS.set(-2);
        bridge.tenant()
                .post("/v1/connections", "{\"name\":\"late\",\"outboundUrl\":\"http://127.0.0.1:1/\"}")
                .expect(201);

        while (fanOuts.step(tenantId())) {
            // to the end
        }
        assertEachIsMadeOnce();
    }

    @Test
    void aTargetThatIsMadeBetweenTwoStepsGetsOnlyWhatIsAcceptedAfterwards() {
        FanOuts fanOuts = byHand();
        Api phone = bridge.phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        fanOuts.step(tenantId());
        String late = bridge.tenant()
                .post("/v1/connections", "{\"name\":\"late\",\"outboundUrl\":\"http://127.0.0.1:1/\"}")
                .expect(201)
                .at("/id");
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"later\"}")
                .expect(202);

        while (fanOuts.step(tenantId())) {
            // to the end
        }
        assertThat(count("delivery")).isEqualTo(ALL + CONNECTIONS + 2);
        assertThat(count("delivery where target_id = '" + late + "'")).isEqualTo(1);
    }

    @Test
    void theStorySaysThatAConditionDidNotCountInAStep() {
        for (int i = 0; i < 3; i++) {
            bridge.tenant()
                    .post("/v1/connections", """
                            {"name":"costly","outboundUrl":"http://127.0.0.1:1/","when":
                             {"field":"text","op":"regex","value":"%s[%dz]"}}""".formatted("a?".repeat(100), i))
                    .expect(201);
        }
        bridge.close();
        bridge = start(SMALL);

        bridge.phone()
                .post("/v1/inbound", backlog("a", MESSAGES, "a".repeat(9_000)))
                .expect(202);

        assertEachIsMadeOnce();
        JsonNode stories = bridge.tenant().get("/v1/messages").json().get("data");
        assertThat(stories).hasSize(MESSAGES);
        assertThat(stories)
                .allSatisfy(story ->
                        assertThat(story.at("/flags/rulesLeftOut").asBoolean()).isTrue());
        assertThat(bridge.operator().get("/actuator/prometheus").text())
                .contains("bridge_rules_left_out_total " + (double) MESSAGES);
    }

    @Test
    void laterMessagesOfTheSameGroupAreNotedToo() {
        FanOuts fanOuts = byHand();
        String tenantId = tenantId();
        InboundMessage sms = new InboundMessage(
                "msg_1", tenantId, "dev_1", null, "1", null, "t", null, null, Instant.now(), Flags.NONE);
        StoredMessage message = new StoredMessage(1, sms, "Acme", Instant.now(), null);

        boolean known = bridge.bean(Store.class).writeNow(tx -> {
            fanOuts.add(tx, tenantId, List.of(message));
            return fanOuts.any(tenantId);
        });

        assertThat(known).isTrue();
    }
}
