package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.IdTimes;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.tracking.Attempts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Automatic replies and what keeps them from doing harm, with a clock that can be set. */
class ReplySenderTest extends SharedBridgeSuite {

    private static final AtomicLong NUMBERS = new AtomicLong(919_800_000_000L);

    private final SettableClock clock = new SettableClock(Instant.parse("2027-06-12T14:32:00.000Z"));
    private Api tenant;
    private String tenantId;
    private String device;
    private ReplySender sender;

    @BeforeEach
    void pair() {
        RunningBridge.NewTenant made = bridge.newTenant("{\"name\":\"T\"}");
        tenantId = made.id();
        tenant = made.api();
        device = tenant.post("/v1/devices", """
                        {"name":"Front desk","number":"+91 1234 500000","sims":{"2":"911234500001"}}""").expect(201).at("/id");
        sender = sender(settings(6000));
    }

    @AfterAll
    static void idsAreOfTheUsualTimes() {
        IdTimes.goByTheClock();
    }

    private static ReplySettings settings(int perMinute) {
        return new ReplySettings(
                5,
                20,
                perMinute,
                Duration.ofMinutes(2),
                3,
                Duration.ofHours(24),
                Duration.ofHours(72),
                Duration.ofSeconds(5),
                16,
                0);
    }

    private ReplySender sender(ReplySettings settings) {
        Devices devices = bridge.bean(Devices.class);
        Store store = bridge.bean(Store.class);
        OptOuts optOuts = bridge.bean(OptOuts.class);
        Guards guards = new Guards(devices, optOuts, bridge.bean(OutgoingCount.class), settings, clock);
        return new ReplySender(
                new OutgoingQueue(
                        store,
                        guards,
                        bridge.bean(Refs.class),
                        bridge.bean(OutgoingCount.class),
                        bridge.bean(SmsPolicy.class),
                        bridge.bean(StatusUrls.class),
                        settings,
                        clock),
                devices,
                bridge.bean(Numbering.class),
                bridge.bean(Workers.class));
    }

    private static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }

    private Outcome reply(String to) throws Exception {
        return reply(Ids.timeOrdered("dlv_", clock.instant()), 0, to);
    }

    private Outcome reply(String delivery, int grantedFrom, String to) throws Exception {
        StoredDeliveries.keep(bridge.bean(Store.class), delivery, tenantId);
        return replyOf(delivery, grantedFrom, to);
    }

    @Test
    void aDeliveryThatWasErasedMeanwhileQueuesNothing() throws Exception {
        assertThat(reason(replyOf("dlv_gone", 0, "919876543210"))).isEqualTo("erased");
        assertThat(queued()).isEmpty();
    }

    private Outcome replyOf(String delivery, int grantedFrom, String to) throws Exception {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("to", to)
                .put("text", "Hello")
                .put("deviceId", device)
                .put("sim", 2)
                .putNull("ref");
        return sender.sendNow(
                Attempts.of(tenantId, delivery, grantedFrom, "reply"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Skipped skipped ? skipped.reason() : "none: " + outcome;
    }

    private List<String> queued() {
        return tenant.get("/v1/outgoing").expect(200).json().get("data").findValuesAsText("id");
    }

    @ParameterizedTest
    @CsvSource({
        "VK-HDFCBK, alphanumeric-sender",
        "Bank 24, alphanumeric-sender",
        "+, alphanumeric-sender",
        "123456, short-code",
        "'+12-34', short-code",
        "9198765432101234, not-a-number",
        "911234500000, own-number",
        "'+91 (1234) 500001', own-number",
        // the national spellings of its own
        "01234500000, own-number",
        "'01234-500001', own-number",
        "1234500000, own-number",
        "00911234500001, own-number",
        "'tel:+91-1234-500000', own-number",
        "'\u202a+91\u00a01234\u20115\u200b00000\u202c', own-number",
        "'\u0660\u0661\u0662\u0663\u0664\u0665\u0660\u0660\u0660\u0660\u0660', own-number"
    })
    void someNumbersAreNeverRepliedTo(String to, String reason) throws Exception {
        assertThat(reason(reply(to))).isEqualTo(reason);
        assertThat(queued()).isEmpty();
    }

    @Test
    void fiveInTenMinutesAndTwentyInADayToOneNumber() throws Exception {
        String to = number();
        int sent = 0;
        for (int tenMinutes = 0; tenMinutes < 6; tenMinutes++) {
            for (int i = 0; i < 7; i++) {
                sent += reply(i % 2 == 0 ? to : "+" + to) instanceof Outcome.Delivered ? 1 : 0;
            }
            assertThat(sent).isEqualTo(Math.min(20, 5 * (tenMinutes + 1)));
            assertThat(reason(reply(to))).isEqualTo("loop-guard");
            assertThat(reply(number())).isInstanceOf(Outcome.Delivered.class);
            clock.advance(Duration.ofMinutes(10));
        }
        clock.advance(Duration.ofHours(23));
        assertThat(reply(to)).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void whatAPersonSendsIsNotCounted() throws Exception {
        String to = number();
        for (int i = 0; i < 6; i++) {
            tenant.post("/v1/messages", "{\"to\":\"" + to + "\",\"text\":\"Hi\"}")
                    .expect(202);
        }
        assertThat(reply(to)).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aRepeatAfterACrashIsTheSameSmsAndAReplayIsAnother() throws Exception {
        String to = number();
        String delivery = Ids.timeOrdered("dlv_", clock.instant());
        Outcome first = reply(delivery, 0, to);
        assertThat(reply(delivery, 0, to)).isEqualTo(first);
        assertThat(first.evidence().body()).isEqualTo("queued as out_" + Ids.rest(delivery));
        assertThat(queued()).containsExactly("out_" + Ids.rest(delivery));
        reply(delivery, 1, to);
        assertThat(queued()).hasSize(2);
    }

    @Test
    void aTenantHasARateOverAllNumbers() throws Exception {
        sender = sender(settings(3));
        for (int i = 0; i < 3; i++) {
            assertThat(reply(number())).isInstanceOf(Outcome.Delivered.class);
        }
        assertThat(reason(reply(number()))).isEqualTo("tenant-rate");
        clock.advance(Duration.ofSeconds(20));
        assertThat(reply(number())).isInstanceOf(Outcome.Delivered.class);
        assertThat(reason(reply(number()))).isEqualTo("tenant-rate");
    }

    @Test
    void aDeviceThatIsGoneOrSendsNothingIsSaid() throws Exception {
        tenant.patch("/v1/devices/" + device, "{\"adapter\":\"twilio\"}").expect(200);
        assertThat(reply(number()).evidence().error()).contains("outbox");
        tenant.delete("/v1/devices/" + device).expect(204);
        assertThat(reply(number())).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void aBodyThatIsNoneIsRejected() throws Exception {
        for (String body : List.of("", "no json", "{}", "[]", "{\"to\":7,\"text\":\"x\",\"deviceId\":\"d\"}")) {
            assertThat(sender.sendNow(Attempts.of(tenantId, "dlv_x", "reply"), body.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Outcome.Rejected.class);
        }
    }
}
