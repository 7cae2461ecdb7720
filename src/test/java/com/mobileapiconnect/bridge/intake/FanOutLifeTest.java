package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backlog with more deliveries than one unit of work takes on: whole, across crashes, outages and restarts. */
@OnBothDatabases
class FanOutLifeTest {

    static final int CONNECTIONS = 30;
    static final int MESSAGES = 25;
    static final int ALL = MESSAGES * (CONNECTIONS + 1); // a reply each

    static final String CONFIGURATION = IntStream.range(0, CONNECTIONS)
            .mapToObj(i -> "  - {name: c%d, outboundUrl: 'http://127.0.0.1:1/'}\n".formatted(i))
            .collect(Collectors.joining("", "connections:\n", "rules: [{name: r, then: [{type: reply, text: Hi}]}]\n"));

    private static final String LARGE = "bridge.rules.budget=1000000000";
    private static final String SMALL = "bridge.rules.budget=1000000";

    @TempDir
    Path data;

    private String[] settings;
    private RunningBridge bridge;

    @BeforeEach
    void start(Database database) {
        settings = database.settings();
        bridge = start(LARGE);
        bridge.tenant().put("/v1/config", CONFIGURATION).expect(200);
    }

    private RunningBridge start(String budget) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = budget;
        return RunningBridge.start(data, all);
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    /** With the rows of planned deliveries, however long the writer takes for them. */
    private long count(String what) {
        bridge.bean(Store.class).writeNow(tx -> true);
        return bridge.bean(Store.class).read(sql -> sql.sql("select count(*) from " + what)
                .query(Long.class)
                .single());
    }

    private String tenantId() {
        return bridge.bean(Store.class).read(sql -> sql.sql("select id from tenant order by created_at limit 1")
                .query(String.class)
                .single());
    }

    static String backlog(String ids) {
        return backlog(ids, MESSAGES);
    }

    static String backlog(String ids, int messages) {
        return backlog(ids, messages, "t");
    }

    static String backlog(String ids, int messages, String text) {
        return IntStream.range(0, messages)
                .mapToObj(i -> "{\"id\":\"%s-%d\",\"from\":\"9198765%05d\",\"text\":\"%s\"}".formatted(ids, i, i, text))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private void assertEachIsMadeOnce() {
        assertEachIsMadeOnce(ALL);
    }

    private void assertEachIsMadeOnce(int all) {
        eventually(() -> assertThat(count("fan_out")).isZero());
        assertThat(count("delivery")).isEqualTo(all);
        assertThat(count("(select distinct message_seq, target_id from delivery) as each_one"))
                .isEqualTo(all);
    }

    /** The deliveries of what is accepted from now on are made by the test's own steps. */
    private FanOuts byHand() {
        FanOuts fanOuts = bridge.bean(FanOuts.class);
        fanOuts.destroy();
        return fanOuts;
    }

    private void pauseAll() {
        JsonNode connections = bridge.tenant()
                .get("/v1/connections?limit=" + CONNECTIONS)
                .json()
                .get("data");
        assertThat(connections).hasSize(CONNECTIONS);
        connections.forEach(each -> bridge.tenant()
                .post("/v1/connections/" + each.get("id").asText() + "/pause", "")
                .expect(200));
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
    void aMessageBehindItInAnOrderedLaneIsWholeAfterACrash() {
        FanOuts fanOuts = byHand();
        bridge.tenant().connection("http://127.0.0.1:1/", "\"ordered\":true");
        Api phone = bridge.phone();
        phone.post("/v1/inbound", backlog("a")).expect(202);
        phone.post("/v1/inbound", "{\"from\":\"919876500000\",\"text\":\"behind\"}")
                .expect(202);
        fanOuts.step(tenantId());
        assertThat(count("(select 1 from fan_out where message_seq = (select max(seq) from message)) as last"))
                .isEqualTo(1);

        bridge.close();
        bridge = start(LARGE);

        assertEachIsMadeOnce(ALL + MESSAGES + CONNECTIONS + 2);
    }

    @Test
    void aStepThatTheStoreRefusesIsTakenAgain(Database database) {
        FanOuts fanOuts = byHand();
        pauseAll(); // an outcome that is refused first would give SQLite's writer a new connection, without the limit
        bridge.phone().post("/v1/inbound", backlog("a")).expect(202);
        fanOuts.step(tenantId());
        long before = count("delivery");
        // Nothing may grow from now on, so a step fails in its middle, or at its commit; unless the bridge's own work
        // was refused before it, and gave SQLite's writer a new connection.
        StoreUnavailableException refused = null;
        while (refused == null) {
            try (Database.Outage outage = database.outage(bridge)) {
                assertThat(fanOuts.step(tenantId())).as("deliveries are left").isTrue();
            } catch (StoreUnavailableException e) {
                refused = e;
            }
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
}
