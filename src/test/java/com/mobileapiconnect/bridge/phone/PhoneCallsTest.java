package com.mobileapiconnect.bridge.phone;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.net.http.HttpRequest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls that a phone makes about itself: where messages go, what became of them, and what is missing. */
class PhoneCallsTest extends SharedBridgeSuite {

    private static Receiver receiver;

    private Api tenant;
    private String device;
    private Api phone;

    @BeforeAll
    static void listen() {
        receiver = new Receiver();
    }

    @AfterAll
    static void hearNoMore() {
        receiver.close();
    }

    @BeforeEach
    void pair() {
        tenant = bridge.newTenant().api();
        Api.Reply paired = tenant.post(
                        "/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\",\"manage\":true}")
                .expect(201);
        device = paired.at("/id");
        phone = tenant.as(paired.at("/token"));
    }

    @Test
    void aPhoneSeesWhatItIs() {
        Api.Reply self = phone.get("/v1/phone").expect(200);

        assertThat(self.at("/deviceId")).isEqualTo(device);
        assertThat(self.at("/name")).isEqualTo("Front desk");
        assertThat(self.at("/manage")).isEqualTo("true");
        tenant.get("/v1/phone").expect(403);
    }

    // The Forward URL

    /** The token is in the app's URL, which logs on the way have. */
    @Test
    void aTokenThatIsGoodForItsAppsUrlAloneIsNoneForTheForwardUrl() {
        String app = "{\"name\":\"A\",\"adapter\":\"textbee\",\"manage\":true%s}";
        Api alone = tenant.as(
                tenant.post("/v1/devices", app.formatted("")).expect(201).at("/token"));
        Api more = tenant.as(tenant.post("/v1/devices", app.formatted(",\"outbox\":true"))
                .expect(201)
                .at("/token"));

        String there = "{\"url\":\"" + receiver.url("/there") + "\"}";
        assertThat(alone.put("/v1/phone/forward-url", there).expect(403).at("/detail"))
                .contains("/v1/inbound/textbee");
        alone.get("/v1/phone/forward-url").expect(403);
        alone.post("/v1/phone/forward-url/test").expect(403);
        more.put("/v1/phone/forward-url", there).expect(200);
    }

    @Test
    void aPhoneWithManageSetsTheForwardUrlAndTriesItOut() {
        assertThat(phone.get("/v1/phone/forward-url")
                        .expect(200)
                        .json()
                        .get("url")
                        .isNull())
                .isTrue();
        phone.post("/v1/phone/forward-url/test").expect(404);
        Api.Reply set = phone.put("/v1/phone/forward-url", "{\"url\":\"" + receiver.url("/erp") + "\"}")
                .expect(200);
        assertThat(set.at("/enabled")).isEqualTo("true");
        assertThat(set.header("ETag")).isEqualTo("\"1\"");
        assertThat(tenant.get("/v1/webhooks").at("/url")).isEqualTo(receiver.url("/erp"));

        Api.Reply attempt = phone.post("/v1/phone/forward-url/test").expect(200);
        assertThat(attempt.at("/outcome")).isEqualTo("success");
        assertThat(attempt.at("/httpStatus")).isEqualTo("200");

        JsonNode log = tenant.get("/v1/audit?limit=1").json().at("/data/0");
        assertThat(log.get("action").asText()).isEqualTo("webhook.update");
        assertThat(log.get("actor").asText()).isEqualTo(device);
    }

    @Test
    void settingTheForwardUrlLeavesAllElseOfTheWebhookAsItIs() {
        String secret = "whsec_" + "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";
        tenant.put(
                        "/v1/webhooks",
                        "{\"url\":\"" + receiver.url("/a") + "\",\"secret\":\"" + secret
                                + "\",\"ordered\":true,\"redelivery\":{\"maxAttempts\":3}}")
                .expect(200);
        tenant.post("/v1/webhooks/pause").expect(200);

        phone.put("/v1/phone/forward-url", "{\"url\":\"" + receiver.url("/b") + "\",\"enabled\":false}")
                .expect(200);
        JsonNode webhook = tenant.get("/v1/webhooks").json();
        assertThat(webhook.get("url").asText()).isEqualTo(receiver.url("/b"));
        assertThat(webhook.get("enabled").asBoolean()).isFalse();
        assertThat(webhook.get("ordered").asBoolean()).isTrue();
        assertThat(webhook.get("signing").asBoolean()).isTrue();
        assertThat(webhook.at("/redelivery/maxAttempts").asInt()).isEqualTo(3);
        assertThat(webhook.get("status").asText()).isEqualTo("paused");
    }

    @Test
    void credentialsOfTheWebhookDoNotFollowAPhoneToAnotherHost() {
        tenant.put(
                        "/v1/webhooks",
                        "{\"url\":\"" + receiver.url("/a") + "\",\"http\":{\"headers\":{\"X-Api-Key\":\"k\"}}}")
                .expect(200);

        phone.put("/v1/phone/forward-url", "{\"url\":\"" + receiver.url("/b") + "\"}")
                .expect(200);
        assertThat(phone.put("/v1/phone/forward-url", "{\"url\":\"https://elsewhere.example.com/\"}")
                        .expect(409)
                        .at("/detail"))
                .contains("API key");
        assertThat(tenant.get("/v1/webhooks").at("/url")).isEqualTo(receiver.url("/b"));
    }

    @Test
    void theForwardUrlIsClosedToPhonesWithoutManageAndHeldToTheRulesOfUrls() {
        Api other = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token"));
        assertThat(other.get("/v1/phone/forward-url").expect(403).at("/detail")).contains("manage");
        other.put("/v1/phone/forward-url", "{\"url\":\"https://erp.example.com/\"}")
                .expect(403);
        other.post("/v1/phone/forward-url/test").expect(403);

        phone.put("/v1/phone/forward-url", "{\"url\":\"ftp://erp.example.com/\"}")
                .expect(422);
        phone.put("/v1/phone/forward-url", "{\"url\":\"http://10.0.0.1/\"}").expect(422);
        phone.put("/v1/phone/forward-url", "{}").expect(422);
        phone.put("/v1/phone/forward-url", "{\"enabled\":false,\"secret\":\"x\"}")
                .expect(422);
        HttpRequest.Builder stale = phone.request("/v1/phone/forward-url")
                .header("If-Match", "\"9\"")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"url\":\"" + receiver.url("/c") + "\"}"));
        phone.send(stale).expect(412);
        assertThat(phone.get("/v1/phone/forward-url").json().get("url").isNull())
                .isTrue();
    }

    // Messages

    @Test
    void aPhoneSeesItsOwnMessagesAndWhatBecameOfThem() {
        phone.put("/v1/phone/forward-url", "{\"url\":\"" + receiver.url("/erp") + "\"}")
                .expect(200);
        Api other = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token"));
        other.post("/v1/inbound", "{\"from\":\"919876500000\",\"text\":\"not mine\"}")
                .expect(202);
        phone.post("/v1/inbound", "{\"id\":\"p-1\",\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202);

        eventually(() -> {
            Api.Reply shown = phone.get("/v1/phone/messages").expect(200);
            assertThat(shown.json().get("data")).hasSize(1);
            assertThat(shown.at("/data/0/phoneId")).isEqualTo("p-1");
            assertThat(shown.at("/data/0/text")).isEqualTo("balance");
            assertThat(shown.at("/data/0/deliveries/0/target/type")).isEqualTo("webhook");
            assertThat(shown.at("/data/0/deliveries/0/status")).isEqualTo("delivered");
        });
        String adapter = tenant.post("/v1/devices", "{\"name\":\"K\",\"adapter\":\"kannel\"}")
                .expect(201)
                .at("/token");
        tenant.as(adapter).get("/v1/phone/messages").expect(403);
    }

    /** Otherwise whoever may pair phones could read what customers wrote. */
    @Test
    void aPhoneThatIsPairedAnewIsShownNothingFromBefore() {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"before\"}")
                .expect(202);
        String link =
                tenant.post("/v1/devices/" + device + "/pairing").expect(201).at("/link");
        assertThat(phone.get("/v1/phone/messages").at("/data/0/text")).isEqualTo("before");
        String code = link.substring(link.indexOf("#pair=") + "#pair=".length());
        Api anew = tenant.as(bridge.nobody()
                .post("/v1/pairing", "{\"code\":\"" + code + "\"}")
                .expect(200)
                .at("/token"));

        assertThat(anew.get("/v1/phone/messages").expect(200).json().get("data"))
                .isEmpty();
        anew.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"after\"}")
                .expect(202);
        assertThat(anew.get("/v1/phone/messages").json().findValuesAsText("text"))
                .containsExactly("after");
    }

    // What is missing

    @Test
    void aPhoneIsToldWhichOfItsCapturesNeverArrived() {
        phone.post(
                        "/v1/inbound",
                        "{\"messages\":[%s]}"
                                .formatted(IntStream.of(1, 2, 4)
                                        .mapToObj(n -> "{\"id\":\"p-" + n + "\",\"from\":\"1\",\"text\":\"" + n + "\"}")
                                        .collect(Collectors.joining(","))))
                .expect(202);

        Api.Reply answer = phone.post(
                        "/v1/inbound/reconcile",
                        "{\"since\":\"2026-06-12T14:32:00.000Z\",\"ids\":[\"p-5\",\"p-4\",\"p-3\",\"p-2\",\"p-3\"]}")
                .expect(200);
        assertThat(answer.at("/checked")).isEqualTo("4");
        assertThat(answer.json().get("missing").toString()).isEqualTo("[\"p-5\",\"p-3\"]");
        Api other = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token"));
        assertThat(other.post("/v1/inbound/reconcile", "{\"ids\":[\"p-1\"]}")
                        .expect(200)
                        .json()
                        .get("missing"))
                .hasSize(1);
    }

    @Test
    void fiveThousandIdsAreLookedUpAtOnceAndMoreAreRefused() {
        String ids = IntStream.range(0, 5_000).mapToObj(n -> "\"n-" + n + "\"").collect(Collectors.joining(","));
        phone.post("/v1/inbound", "{\"id\":\"n-4999\",\"from\":\"1\",\"text\":\"t\"}")
                .expect(202);

        Api.Reply answer =
                phone.post("/v1/inbound/reconcile", "{\"ids\":[" + ids + "]}").expect(200);
        assertThat(answer.json().get("missing")).hasSize(4_999);
        phone.post("/v1/inbound/reconcile", "{\"ids\":[" + ids + ",\"n-5000\"]}")
                .expect(422);
        assertThat(phone.post("/v1/inbound/reconcile", "{\"ids\":[\"a\",7,\"" + "x".repeat(129) + "\"]}")
                        .expect(422)
                        .json()
                        .findValuesAsText("field"))
                .containsExactly("ids[1]", "ids[2]");
        phone.post("/v1/inbound/reconcile", "no json").expect(400);
        tenant.post("/v1/inbound/reconcile", "{\"ids\":[\"a\"]}").expect(403);
        bridge.nobody().post("/v1/inbound/reconcile", "{\"ids\":[\"a\"]}").expect(401);
        phone.get("/v1/inbound/reconcile").expect(405);
    }

    @Test
    void gapsInAPhonesOwnCountingAreListedWithoutWhatWaitsOnIt() {
        String gaps = "/v1/devices/" + device + "/gaps";
        assertThat(tenant.get(gaps).expect(200).json().get("from").isNull()).isTrue();
        beat(10, 0);
        assertThat(tenant.get(gaps).expect(200).json().get("from").isNull()).isTrue();
        for (int n : new int[] {11, 12, 15, 18}) {
            phone.post("/v1/inbound", "{\"id\":\"" + n + "\",\"from\":\"1\",\"text\":\"t\"}")
                    .expect(202);
        }
        beat(20, 2);

        Api.Reply answer = tenant.get(gaps).expect(200);
        assertThat(answer.at("/from")).isEqualTo("11");
        assertThat(answer.at("/to")).isEqualTo("18");
        assertThat(answer.json().get("missing").toString())
                .isEqualTo("[{\"from\":13,\"to\":14},{\"from\":16,\"to\":17}]");
        bridge.newTenant().api().get(gaps).expect(404);

        beat(1, 0); // the app was installed anew, and counts from the beginning
        assertThat(tenant.get(gaps).expect(200).json().get("missing").toString())
                .isEqualTo("[{\"from\":1,\"to\":1}]");
    }

    private void beat(int lastNumber, int pending) {
        phone.post("/v1/devices/heartbeat", "{\"lastNumber\":" + lastNumber + ",\"pending\":" + pending + "}")
                .expect(200);
    }
}
