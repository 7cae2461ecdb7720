package com.mobileapiconnect.bridge.tracking;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asking for what came before a connection was made, over the API. */
class BackfillApiTest extends ReceiverSuite {

    private static final String ALL = "{\"since\":\"2020-01-01T00:00:00.000Z\"}";
    private static final String DRY = "{\"since\":\"2020-01-01T00:00:00.000Z\",\"dryRun\":true}";

    private void send(String from, String text) {
        phone.post("/v1/inbound", "{\"from\":\"" + from + "\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    private String connection(String more) {
        return tenant.connection(receiver.url("/erp"), "\"concurrency\":1" + more);
    }

    private Api.Reply backfill(String connection, String body) {
        return tenant.post("/v1/connections/" + connection + "/backfill", body);
    }

    private JsonNode ended(Api.Reply begun) {
        String job = begun.expect(202).at("/job");
        assertThat(begun.header("Location")).isEqualTo("/v1/jobs/" + job);
        eventually(() -> assertThat(tenant.get("/v1/jobs/" + job).at("/status")).isEqualTo("done"));
        return tenant.get("/v1/jobs/" + job).json();
    }

    private List<String> received() {
        return receiver.requests().stream()
                .map(got -> got.text().replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void aConnectionMadeLaterGetsWhatCameBeforeByItsOwnConditionAndInOrder() {
        for (int i = 0; i < 5; i++) {
            send("919876543210", "balance " + i);
            send("919876543210", "help " + i);
        }
        String id = connection(",\"when\":{\"field\":\"text\",\"op\":\"startsWith\",\"value\":\"balance\"}");

        Api.Reply dry = backfill(id, DRY).expect(200);
        assertThat(dry.at("/matched")).isEqualTo("5");
        assertThat(dry.at("/complete")).isEqualTo("true");
        assertThat(dry.json().get("job").isNull()).isTrue();
        assertThat(receiver.requests()).isEmpty();
        JsonNode job = ended(backfill(id, ALL));

        eventually(() -> assertThat(received())
                .containsExactly("balance 0", "balance 1", "balance 2", "balance 3", "balance 4"));
        assertThat(job.at("/kind").asText()).isEqualTo("backfill");
        assertThat(job.at("/done").asInt()).isEqualTo(5);
        assertThat(job.at("/result/messages").asInt()).isEqualTo(10);
        assertThat(job.at("/result/made").asInt()).isEqualTo(5);
        assertThat(tenant.get("/v1/audit").json().findValuesAsText("action")).contains("connection.backfill");
        assertThat(tenant.get("/v1/audit").text()).contains("since 2020-01-01T00:00:00.000Z");
        assertThat(backfill(id, DRY).at("/matched")).isEqualTo("0");
        assertThat(ended(backfill(id, ALL)).at("/result/made").asInt()).isZero();
        assertThat(received()).hasSize(5);
    }

    @Test
    void whatHasAgedOutIsSaidByTheTimeOfTheOldestMessageThatIsKept() {
        String id = connection("");
        assertThat(backfill(id, DRY).json().get("keptFrom").isNull()).isTrue();

        send("1", "first");
        String accepted = tenant.get("/v1/messages").at("/data/0/acceptedAt");

        assertThat(backfill(id, DRY).at("/keptFrom")).isEqualTo(accepted);
        assertThat(backfill(id, ALL).expect(202).at("/keptFrom")).isEqualTo(accepted);
    }

    @Test
    void bodiesHaveWhatTheConnectionAsksForBesideTheMessage() {
        send("1", "one");
        String id = connection(
                ",\"payload\":{\"include\":[\"deviceName\",\"metadata\"]},\"metadata\":{\"b\":\"x\",\"2\":\"y\"}");

        ended(backfill(id, ALL));

        eventually(() -> assertThat(receiver.requests()).hasSize(1));
        assertThat(receiver.requests().get(0).text())
                .endsWith("\"deviceName\":\"p\",\"metadata\":{\"2\":\"y\",\"b\":\"x\"}}");
    }

    @Test
    void aPausedConnectionHoldsThemUntilItIsResumed() {
        send("1", "one");
        send("1", "two");
        String id = connection("");
        tenant.post("/v1/connections/" + id + "/pause").expect(200);

        ended(backfill(id, ALL));
        assertThat(tenant.get("/v1/deliveries?target=" + id).json().findValuesAsText("status"))
                .containsExactly("held", "held");
        tenant.post("/v1/connections/" + id + "/resume").expect(200);

        eventually(() -> assertThat(received()).containsExactly("one", "two"));
    }

    @Test
    void nothingOfANumberThatWasErasedComesBack() {
        send("919876543210", "of who wants to be forgotten");
        send("919876543211", "of another");
        String id = connection("");
        tenant.post("/v1/erase", "{\"number\":\"919876543210\"}").expect(200);

        ended(backfill(id, ALL));

        eventually(() -> assertThat(received()).containsExactly("of another"));
        assertThat(tenant.get("/v1/jobs").text()).doesNotContain("919876543210");
    }

    @Test
    void besideNewMessagesEachIsDeliveredOnce() {
        for (int i = 0; i < 20; i++) {
            send("1", "before " + i);
        }
        String id = connection("");
        CompletableFuture<Void> live = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 40; i++) {
                send("2", "beside " + i);
            }
        });
        List<Api.Reply> begun = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            begun.add(backfill(id, ALL));
        }
        live.join();
        begun.forEach(this::ended);

        eventually(() -> assertThat(received()).hasSizeGreaterThanOrEqualTo(60));
        assertThat(received()).hasSize(60).doesNotHaveDuplicates();
        assertThat(received().stream().filter(text -> text.startsWith("before")).toList())
                .hasSize(20)
                .startsWith("before 0", "before 1", "before 2");
    }

    @Test
    void whoseConnectionItIsNotAndWhichIsSwitchedOffIsAnswered() {
        String id = connection("");
        Api other = bridge.newTenant().api();
        other.post("/v1/connections/" + id + "/backfill", ALL).expect(404);
        tenant.post("/v1/connections/webhook/backfill", ALL).expect(404);
        tenant.post("/v1/connections/con_none/backfill", ALL).expect(404);
        tenant.put(
                        "/v1/connections/" + id,
                        "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/erp") + "\",\"enabled\":false}")
                .expect(200);

        assertThat(backfill(id, ALL).expect(409).at("/detail")).contains("Enable it first");
        backfill(id, DRY).expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|since",
                "{\"dryRun\":true}|since",
                "{\"since\":null,\"until\":null}|since",
                "{\"since\":\"yesterday\"}|since",
                "{\"since\":\"2026-06-12\"}|since",
                "{\"since\":\"2026-06-12T00:00:00\"}|since",
                "{\"since\":1781222400000}|since",
                "{\"until\":\"2026-13-12T00:00:00Z\"}|until",
                "{\"until\":true}|until",
                "{\"since\":\"2026-06-12T00:00:00Z\",\"until\":\"2026-06-12T00:00:00Z\"}|until",
                "{\"since\":\"2026-06-13T00:00:00Z\",\"until\":\"2026-06-12T00:00:00Z\"}|until",
                "{\"since\":\"2026-06-12T00:00:00Z\",\"dryRun\":\"yes\"}|dryRun",
                "{\"since\":\"2026-06-12T00:00:00Z\",\"status\":\"failed\"}|status",
                "{\"since\":\"2026-06-12T00:00:00Z\",\"limit\":1}|limit",
            })
    void whatCannotBeMeantIsRefusedAndNamed(String body, String field) {
        String id = connection("");

        assertThat(backfill(id, body).expect(422).json().at("/errors").findValuesAsText("field"))
                .contains(field);
        assertThat(tenant.get("/v1/jobs").json().get("data")).isEmpty();
    }
}
