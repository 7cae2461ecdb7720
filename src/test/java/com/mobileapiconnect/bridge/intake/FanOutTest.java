package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.intake.FanOutLifeTest.ALL;
import static com.mobileapiconnect.bridge.intake.FanOutLifeTest.CONFIGURATION;
import static com.mobileapiconnect.bridge.intake.FanOutLifeTest.CONNECTIONS;
import static com.mobileapiconnect.bridge.intake.FanOutLifeTest.MESSAGES;
import static com.mobileapiconnect.bridge.intake.FanOutLifeTest.backlog;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.ShiftedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The steps in which the deliveries of a large backlog are made, one by one. */
@OnBothDatabases
class FanOutTest {

    private static final ShiftedClock CLOCK = new ShiftedClock();
    /** Of a sender that the backlogs have, too. */
    private static final String LATER = "{\"from\":\"919876500000\",\"text\":\"later\"}";

    private static final String OF_LAST = "and message_seq = (select max(seq) from message)";
    private static final long STEP = Duration.ofMillis(10).toNanos();

    private static RunningBridge bridge;
    /** Makes no step by itself. */
    private static FanOuts fanOuts;

    private RunningBridge.NewTenant tenant;

    static class SetClock {

        @Bean
        @Primary
        Clock setClock() {
            return CLOCK;
        }
    }

    @BeforeDatabase
    static void start(Database database) throws IOException {
        bridge = RunningBridge.start(
                List.of(SetClock.class),
                Files.createTempDirectory("fan-out"),
                database,
                "bridge.rules.budget=1000000000");
        fanOuts = bridge.bean(FanOuts.class);
        fanOuts.destroy();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void aTenantWithManyTargets() {
        CLOCK.setBy(Duration.ZERO);
        tenant = bridge.newTenant();
        tenant.api().put("/v1/config", CONFIGURATION).expect(200);
    }

    private Api phone() {
        return tenant.api()
                .as(tenant.api()
                        .post("/v1/devices", "{\"name\":\"phone\",\"number\":\"911234500000\"}")
                        .expect(201)
                        .at("/token"));
    }

    private long count(String table) {
        return count(table, "");
    }

    /** With the rows of planned deliveries, however long the writer takes for them. */
    private long count(String table, String and) {
        bridge.bean(Store.class).writeNow(tx -> true);
        return bridge.bean(Store.class)
                .read(sql -> sql.sql("select count(*) from " + table + " where tenant_id = ? " + and)
                        .param(tenant.id())
                        .query(Long.class)
                        .single());
    }

    private String orderedConnection() {
        return tenant.api().connection("http://127.0.0.1:1/", "\"ordered\":true");
    }

    private void toTheEnd() {
        while (fanOuts.step(tenant.id())) {
            // to the end
        }
        assertThat(count("fan_out")).isZero();
    }

    private void assertEachIsMadeOnce() {
        assertThat(count("fan_out")).isZero();
        assertThat(count("delivery")).isEqualTo(ALL);
        assertThat(count("(select distinct tenant_id, message_seq, target_id from delivery) as each_one"))
                .isEqualTo(ALL);
    }

    @Test
    void ofTooManyMessagesThePhonesKeepTheRestUntilSomeAreDone() {
        Api phone = phone();
        for (int i = 0; i < Notes.MOST_WAITING / 500; i++) {
            phone.post("/v1/inbound", backlog("b" + i, 500)).expect(202);
        }
        Api.Reply refused = phone.post("/v1/inbound", backlog("more")).expect(503);
        assertThat(refused.header("Retry-After")).isEqualTo("5"); // none is done, so that nobody knows
        assertThat(count("message")).isEqualTo(Notes.MOST_WAITING);
        Api another = bridge.newTenant().api();
        String token =
                another.post("/v1/devices", "{\"name\":\"phone\"}").expect(201).at("/token");
        another.as(token).post("/v1/inbound", backlog("theirs")).expect(202);

        while (count("fan_out") == Notes.MOST_WAITING) {
            fanOuts.step(tenant.id());
        }
        phone.post("/v1/inbound", backlog("more")).expect(202);
    }

    @Test
    void whereTooManyWaitAMessageThatNeedNotWaitIsTaken() {
        Api phone = phone();
        for (int i = 0; i < Notes.MOST_WAITING / 500; i++) {
            phone.post("/v1/inbound", backlog("b" + i, 500)).expect(202);
        }
        phone.post("/v1/inbound", LATER).expect(202);
        assertThat(count("delivery")).isEqualTo(CONNECTIONS + 1);

        orderedConnection();
        phone.post("/v1/inbound", LATER).expect(503);
    }

    @Test
    void aLaterMessageDoesNotWaitForIt() {
        Api phone = phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        fanOuts.step(tenant.id());
        phone.post("/v1/inbound", LATER).expect(202);

        assertThat(count("delivery", OF_LAST)).isEqualTo(CONNECTIONS + 1);
        assertThat(count("fan_out", OF_LAST)).isZero();
        assertThat(count("delivery")).isLessThan(ALL);
        toTheEnd();
        assertThat(count("delivery")).isEqualTo(ALL + CONNECTIONS + 1);
    }

    @Test
    void inAnOrderedLaneALaterMessageDoesNotOvertakeItAndIsMadeOnce() {
        String inOrder = " and target_id = '" + orderedConnection() + "'";
        Api phone = phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        phone.post("/v1/inbound", LATER).expect(202);
        assertThat(count("delivery", OF_LAST)).isEqualTo(CONNECTIONS + 1);
        assertThat(count("delivery", inOrder)).isZero();

        while (fanOuts.step(tenant.id())) {
            long last = count("delivery", OF_LAST + inOrder);
            assertThat(last == 0 || count("delivery", inOrder) == MESSAGES + 1).isTrue();
        }
        assertThat(count("delivery", inOrder)).isEqualTo(MESSAGES + 1);
        assertThat(count("delivery", OF_LAST)).isEqualTo(CONNECTIONS + 2);
        assertThat(count("delivery")).isEqualTo(ALL + MESSAGES + CONNECTIONS + 2);
        assertThat(count("fan_out")).isZero();
    }

    @Test
    void aLaterMessageOfManyDeliveriesWaitsInTurn() {
        Api phone = phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        phone.post("/v1/inbound", backlog("later")).expect(202);
        assertThat(count("delivery")).isZero();

        while (fanOuts.step(tenant.id())) {
            long last = count("delivery", OF_LAST);
            assertThat(last == 0 || count("delivery") >= ALL).isTrue();
        }
        assertThat(count("delivery")).isEqualTo(2 * ALL);
    }

    @Test
    void stepsGiveWayToPhonesButNotToTheBacklogsThemselves() {
        Api phone = phone();
        long before = System.nanoTime();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        assertThat(fanOuts.rest().after(STEP, before + Rest.AFTER_PHONE_NANOS)).isZero();

        phone.post("/v1/inbound", LATER).expect(202);
        assertThat(fanOuts.rest().after(STEP, before + Rest.AFTER_PHONE_NANOS)).isEqualTo(3 * STEP);
    }

    @Test
    void anErasedMessageGetsNoDeliveryAfterwards() {
        phone().post("/v1/inbound", backlog("a")).expect(202);
        tenant.api().post("/v1/erase", "{\"number\":\"919876500007\"}").expect(200);

        toTheEnd();
        assertThat(count("delivery")).isEqualTo(ALL - CONNECTIONS - 1);
    }

    @Test
    void theActionsOfARuleThatIsGoneMeanwhileAreStillTaken() {
        phone().post("/v1/inbound", backlog("a")).expect(202);
        tenant.api().put("/v1/config", "rules: []").expect(200);

        toTheEnd();
        assertThat(count("delivery")).isEqualTo(ALL);
    }

    @Test
    void aClockThatIsSetBackNeitherLosesNorAddsADelivery() {
        CLOCK.setBy(Duration.ofHours(-1));
        phone().post("/v1/inbound", backlog("a")).expect(202);
        CLOCK.setBy(Duration.ofHours(-2));
        tenant.api()
                .post("/v1/connections", "{\"name\":\"late\",\"outboundUrl\":\"http://127.0.0.1:1/\"}")
                .expect(201);

        toTheEnd();
        assertEachIsMadeOnce();
    }

    @Test
    void aTargetThatIsMadeBetweenTwoStepsGetsOnlyWhatIsAcceptedAfterwards() {
        Api phone = phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        fanOuts.step(tenant.id());
        String late = tenant.api()
                .post("/v1/connections", "{\"name\":\"late\",\"outboundUrl\":\"http://127.0.0.1:1/\"}")
                .expect(201)
                .at("/id");
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"later\"}")
                .expect(202);

        toTheEnd();
        assertThat(count("delivery")).isEqualTo(ALL + CONNECTIONS + 2);
        assertThat(count("delivery", "and target_id = '" + late + "'")).isEqualTo(1);
    }

    @Test
    void laterMessagesOfTheSameGroupAreNotedToo() {
        String tenantId = tenant.id();
        InboundMessage sms = new InboundMessage(
                "msg_1", tenantId, "dev_1", null, "1", null, "t", null, null, Instant.now(), Flags.NONE);
        StoredMessage message = new StoredMessage(1_000_000_000, sms, "Acme", Instant.now(), null);

        boolean known = bridge.bean(Store.class).writeNow(tx -> {
            fanOuts.add(tx, tenantId, List.of(message));
            return fanOuts.any(tenantId);
        });

        assertThat(known).isTrue();
    }
}
