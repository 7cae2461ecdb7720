package com.mobileapiconnect.bridge.gateway;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.http.Form;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class SmsSyncTest extends GatewayContract {

    @Override
    String adapter() {
        return "smssync";
    }

    @Override
    Call handsOver(Said sms, boolean unknownField) {
        return SpokenBy.smsSync(sms, unknownField);
    }

    @Override
    Call signed(Call call, String url, String key) {
        return Call.post(Form.CONTENT_TYPE, call.text() + "&secret=" + key);
    }

    @Override
    void isReceipt(Api.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/payload/success")).isEqualTo("true");
        assertThat(reply.json().at("/payload/error").isNull()).isTrue();
    }

    @Test
    void aReplyStandsInTheAnswer() {
        tenant().post("/v1/rules", "{\"name\":\"All\",\"then\":[{\"type\":\"reply\",\"text\":\"Hi {{from}}\"}]}")
                .expect(201);
        Api.Reply paired = pair(",\"signingKey\":\"" + KEY + "\"");
        AtomicInteger tries = new AtomicInteger();
        AtomicReference<String> replied = new AtomicReference<>("");
        eventually(
                () -> { // to another SMS if the reply takes longer than the app is kept waiting
                    String from = "+9198765432" + (9 + tries.incrementAndGet());
                    Said said = said("id-" + tries, "one");
                    Said sms = new Said(said.id(), from, said.to(), said.text(), said.at());
                    Api.Reply answer = send(pathOf(paired), signed(handsOver(sms, false), "", KEY));
                    isReceipt(answer);
                    assertThat(answer.at("/payload/secret")).isEqualTo(KEY);
                    assertThat(answer.json().at("/payload/messages")).anySatisfy(reply -> {
                        assertThat(reply.get("to").asText()).isEqualTo(from);
                        assertThat(reply.get("message").asText()).isEqualTo("Hi " + from);
                        replied.set(reply.get("uuid").asText());
                    });
                });
        String uuid = replied.get();
        eventually(() -> assertThat(statusOf(uuid)).isEqualTo("sent"));
        Api.Reply taken = send(
                pathOf(paired) + "?task=sent&secret=" + KEY, Call.json("{\"queued_messages\":[\"" + uuid + "\"]}"));
        assertThat(taken.text()).isEqualTo("{\"message_uuids\":[\"" + uuid + "\"]}");
        assertThat(statusOf(uuid)).isEqualTo("sent");
    }

    @Test
    void tasksAreFetchedAndTheirResultsCount() {
        Api.Reply paired = pair("");
        List<String> all = List.of(outgoing(paired), outgoing(paired), outgoing(paired));
        JsonNode task =
                send(pathOf(paired), Call.get("task=send")).expect(200).json().get("payload");
        assertThat(task.get("task").asText()).isEqualTo("send");
        assertThat(task.get("messages")).hasSize(3);
        assertThat(task.has("secret")).isFalse();
        assertThat(send(pathOf(paired), Call.get("task=send")).json().at("/payload/messages"))
                .as("given once")
                .isEmpty();
        eventually(() -> assertThat(all)
                .as("without a word of the app, which says nothing unless it is set to")
                .extracting(this::statusOf)
                .containsOnly("sent"));
        send(pathOf(paired) + "?task=result", Call.json("""
                {"message_result":[{"uuid":"%s","sent_result_code":0,"delivered_result_code":-1},
                 {"uuid":"%s","sent_result_code":0,"delivered_result_code":0},
                 {"uuid":"%s","sent_result_code":4,"sent_result_message":"No service"},{"uuid":"out_unknown"}]}
                """.formatted(all.toArray())))
                .expect(200);
        assertThat(all).extracting(this::statusOf).containsExactly("sent", "delivered", "failed");
        assertThat(send(pathOf(paired), Call.get("task=result")).text()).isEqualTo("{\"message_uuids\":[]}");
    }

    /** The app gives its key with every SMS. */
    @Test
    void theKeyIsNotInARequestThatIsKept() {
        Api.Reply paired = pair(",\"signingKey\":\"" + KEY + "\"");
        send(pathOf(paired), Call.post(Form.CONTENT_TYPE, "secret=" + KEY + "&from=%2B1"))
                .expect(200);
        String id = tenant().get("/v1/messages?limit=1").at("/data/0/id");
        assertThat(tenant().get("/v1/messages/" + id).at("/raw/body")).isEqualTo("secret=***&from=%2B1");
    }

    @Test
    void aWrongSecretGetsNothing() {
        Api.Reply paired = pair(",\"signingKey\":\"" + KEY + "\"");
        outgoing(paired);
        send(pathOf(paired), Call.get("task=send")).expect(401);
        send(pathOf(paired), Call.get("task=send&secret=other")).expect(401);
        assertThat(send(pathOf(paired), Call.get("task=send&secret=" + KEY))
                        .json()
                        .at("/payload/messages"))
                .hasSize(1);
    }
}
