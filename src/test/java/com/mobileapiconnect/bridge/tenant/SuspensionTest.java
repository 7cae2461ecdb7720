package com.mobileapiconnect.bridge.tenant;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suspended tenant loses nothing: its phones hand over, its deliveries wait, and its keys work again afterwards. */
@OnBothDatabases
class SuspensionTest {

    private static Path directory;
    private static Database database;
    private static RunningBridge bridge;

    private final Receiver receiver = new Receiver();
    private String id;
    private Api tenant;
    private Api phone;

    @BeforeDatabase
    static void start(Database kind, @TempDir Path data) {
        directory = data;
        database = kind;
        bridge = RunningBridge.start(data, kind, "bridge.reply.sweep-every=PT0.2S");
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void tenantWithPhone() {
        id = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        tenant = bridge.operator()
                .as(bridge.operator().post("/v1/tenants/" + id + "/keys").at("/key"));
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    private String suspend() {
        return bridge.operator()
                .post("/v1/tenants/" + id + "/suspend")
                .expect(200)
                .at("/status");
    }

    private String resume() {
        return bridge.operator()
                .post("/v1/tenants/" + id + "/resume")
                .expect(200)
                .at("/status");
    }

    private String arrive(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    private void forwardAll(String path) {
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url(path) + "\"}").expect(200);
    }

    @Test
    void itsKeysAreToldWhyUntilItIsResumed() {
        assertThat(suspend()).isEqualTo("suspended");

        Api.Reply refused = tenant.get("/v1/messages").expect(403);
        assertThat(refused.at("/detail")).contains("suspended", "operator");
        tenant.post("/v1/keys", "{}").expect(403);
        bridge.tenant().get("/v1/messages").expect(200);
        assertThat(resume()).isEqualTo("active");
        tenant.get("/v1/messages").expect(200);
    }

    @Test
    void messagesOfItsPhonesAreTakenAndDeliveredAfterwards() {
        forwardAll("/all");
        suspend();
        String first = arrive("one");
        String second = arrive("two");
        assertThat(receiver.requests()).isEmpty();

        resume();
        eventually(() -> assertThat(receiver.requests("/all"))
                .extracting(got -> got.header("X-MAC-Message"))
                .containsExactlyInAnyOrder(first, second));
    }

    @Test
    void deliveriesThatWaitedBeforeGoOutAfterwards() {
        receiver.answering(503);
        tenant.put(
                        "/v1/webhooks",
                        "{\"url\":\"" + receiver.url("/all") + "\",\"redelivery\":{\"initialDelay\":\"PT1S\"}}")
                .expect(200);
        String message = arrive("one");
        eventually(() -> assertThat(receiver.requests("/all")).isNotEmpty());
        suspend();
        receiver.answering(200);

        resume();
        eventually(() -> assertThat(tenant.get("/v1/messages/" + message).at("/deliveries/0/status"))
                .isEqualTo("delivered"));
    }

    @Test
    void aTargetThatWasPausedStaysPaused() {
        forwardAll("/all");
        tenant.post("/v1/webhooks/pause").expect(200);
        suspend();
        resume();

        String message = arrive("one");
        assertThat(tenant.get("/v1/messages/" + message).at("/deliveries/0/status"))
                .isEqualTo("held");
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void itsPhonesGetNoSmsToSendButMayReport() {
        String sms = "{\"to\":\"919876543210\",\"text\":\"hello\"}";
        String fetched = tenant.post("/v1/messages", sms).expect(202).at("/id");
        assertThat(phone.get("/v1/outbox").at("/messages/0/id")).isEqualTo(fetched);
        String waiting = tenant.post("/v1/messages", sms).expect(202).at("/id");
        suspend();

        assertThat(phone.get("/v1/outbox").expect(403).at("/detail")).contains("suspended");
        phone.post("/v1/outbox/" + fetched, "{\"status\":\"sent\"}").expect(200);
        resume();
        assertThat(tenant.get("/v1/outgoing/" + fetched).at("/status")).isEqualTo("sent");
        assertThat(phone.get("/v1/outbox").at("/messages/0/id")).isEqualTo(waiting);
    }

    @Test
    void itStaysSuspendedAcrossARestart() {
        forwardAll("/all");
        suspend();
        String message = arrive("one");
        if (database == Database.SQLITE) {
            bridge.close();
            bridge = RunningBridge.start(directory, "bridge.reply.sweep-every=PT0.2S");
            tenant = bridge.operator().as(keyOf(tenant));
        }
        assertThat(bridge.operator().get("/v1/tenants").json().findValuesAsText("status"))
                .contains("suspended");
        assertThat(receiver.requests()).isEmpty();
        resume();
        eventually(() -> assertThat(receiver.requests("/all"))
                .extracting(got -> got.header("X-MAC-Message"))
                .isEqualTo(List.of(message)));
    }

    private static String keyOf(Api api) {
        return api.request("/v1/messages")
                .build()
                .headers()
                .firstValue("Authorization")
                .orElseThrow()
                .substring("Bearer ".length());
    }

    @Test
    void onlyATenantThatIsThereIsSuspended() {
        bridge.operator().post("/v1/tenants/ten_unknown/suspend").expect(404);
        bridge.operator().post("/v1/tenants/ten_unknown/resume").expect(404);
        suspend();
        assertThat(suspend()).isEqualTo("suspended");
        assertThat(resume()).isEqualTo("active");
    }
}
