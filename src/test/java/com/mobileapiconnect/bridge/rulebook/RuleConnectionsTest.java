package com.mobileapiconnect.bridge.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import org.junit.jupiter.api.Test;

/** No rule sends into a void without saying so. */
class RuleConnectionsTest extends ReceiverSuite {

    private String connection(String more) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"Ledger\",\"outboundUrl\":\"%s\",\"when\":%s%s}"
                                .formatted(
                                        receiver.url("/ledger"),
                                        "{\"field\":\"text\",\"op\":\"equals\",\"value\":\"never\"}",
                                        more))
                .expect(201)
                .at("/id");
    }

    private String rule(String connection) {
        return tenant.post(
                        "/v1/rules",
                        "{\"name\":\"Pay\",\"then\":[{\"type\":\"connection\",\"id\":\"%s\"},{\"type\":\"reply\",\"text\":\"ok\"}]}"
                                .formatted(connection))
                .expect(201)
                .at("/id");
    }

    private JsonNode story() {
        String id = phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"pay\"}")
                .expect(202)
                .at("/messages/0/id");
        return tenant.get("/v1/messages/" + id).expect(200).json();
    }

    private void remove(String connection) {
        bridge.bean(Store.class).writeNow(tx -> bridge.bean(Targets.class).remove(tx, connection));
    }

    @Test
    void theActionsThatSendToAConnectionAreDeletedWithIt() {
        String connection = connection("");
        String rule = rule(connection);
        String alone = tenant.post(
                        "/v1/rules",
                        "{\"name\":\"Alone\",\"then\":[{\"type\":\"connection\",\"id\":\"%s\"}]}".formatted(connection))
                .expect(201)
                .at("/id");

        tenant.delete("/v1/connections/" + connection).expect(204);

        tenant.get("/v1/connections/" + connection).expect(404);
        JsonNode after = tenant.get("/v1/rules/" + rule).expect(200).json();
        assertThat(after.path("then").findValuesAsText("type")).containsExactly("reply");
        assertThat(after.path("version").asInt()).isGreaterThan(2);
        assertThat(tenant.get("/v1/audit?subject=" + rule)
                        .expect(200)
                        .json()
                        .path("data")
                        .findValuesAsText("action"))
                .containsExactly("rule.update", "rule.create");
        tenant.put("/v1/rules/" + rule, after.toString()).expect(200);
        JsonNode empty = tenant.get("/v1/rules/" + alone).expect(200).json();
        assertThat(empty.path("then")).isEmpty();
        tenant.put("/v1/rules/" + alone, empty.toString()).expect(200);
    }

    @Test
    void nothingIsTakenFromTheRulesWhileTheConnectionStays() {
        String connection = connection("");
        String rule = rule(connection);
        receiver.answering(got -> Answer.of(503));
        story();

        tenant.delete("/v1/connections/" + connection).expect(409);

        assertThat(tenant.get("/v1/rules/" + rule).expect(200).at("/then/0/id")).isEqualTo(connection);
        assertThat(tenant.get("/v1/rules/" + rule).expect(200).at("/version")).isEqualTo("1");
    }

    @Test
    void aFileMayNotRemoveAConnectionThatTheRulesGoOnNaming() {
        rule(connection(""));

        assertThat(tenant.put("/v1/config?discard=true", "{\"connections\":[]}")
                        .expect(422)
                        .at("/errors/0/message"))
                .contains("Ledger", "Pay");
        tenant.put("/v1/config", "{\"connections\":[],\"rules\":[]}").expect(200);
    }

    @Test
    void theStorySaysWhichActionsMadeNoDelivery() {
        String off = connection(",\"enabled\":false");
        rule(off);

        JsonNode note = story().at("/evaluation/0/unsent");

        assertThat(note).hasSize(1);
        assertThat(note.at("/0/target").asText()).isEqualTo(off);
        assertThat(note.at("/0/reason").asText()).contains("enabled");
    }

    @Test
    void anActionWhoseConnectionIsGoneAlreadyCanBeShownSavedAndTakenToAFile() {
        String gone = connection("");
        String rule = rule(gone);
        remove(gone); // as versions did that did not ask the rules

        JsonNode shown = tenant.get("/v1/rules/" + rule).expect(200).json();
        assertThat(story().at("/evaluation/0/unsent/0/reason").asText()).contains("deleted");
        tenant.put("/v1/rules/" + rule, shown.toString()).expect(200);
        String file = tenant.get("/v1/config").expect(200).text();
        tenant.put("/v1/config", file).expect(200);
        assertThat(tenant.post("/v1/rules", shown.toString()).expect(422).at("/errors/0/field"))
                .isEqualTo("then[0].id");
    }
}
