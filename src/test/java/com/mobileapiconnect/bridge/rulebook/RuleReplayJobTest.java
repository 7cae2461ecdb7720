package com.mobileapiconnect.bridge.rulebook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.job.StoredJobs;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules evaluated on everything that is stored, by a job. */
class RuleReplayJobTest extends SharedBridgeSuite {

    private static final String DRAFT = """
            {"id":"rule_new","name":"new","when":{"field":"text","op":"keyword","value":"pay"},
             "then":[{"type":"reply","text":"{{text}}"},
                     {"type":"webhook","url":"http://127.0.0.1:9/x","secret":"whsec_of-a-draft-0123456789"}]}""";

    private String tenantId;
    private Api tenant;
    private Api phone;

    @BeforeEach
    void aTenantWithAPhone() {
        RunningBridge.NewTenant made = bridge.newTenant();
        tenantId = made.id();
        tenant = made.api();
        phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token"));
    }

    private void send(String text) {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    private Api.Reply replay(String more) {
        return tenant.post("/v1/rules/replay", "{\"job\":true" + more + "}");
    }

    private JsonNode ended(Api.Reply begun) {
        String job = begun.expect(202).at("/job");
        assertThat(begun.header("Location")).isEqualTo("/v1/jobs/" + job);
        eventually(() -> assertThat(tenant.get("/v1/jobs/" + job).at("/status")).isEqualTo("done"));
        return tenant.get("/v1/jobs/" + job).json();
    }

    @Test
    void aJobSaysWhatDraftsWouldHaveDoneToAllMessagesAndSendsNothing() {
        for (int i = 0; i < 30; i++) {
            send("pay " + i);
            send("help " + i);
        }

        JsonNode job = ended(replay(",\"rules\":[" + DRAFT + "]"));

        assertThat(job.at("/kind").asText()).isEqualTo("rule-replay");
        assertThat(job.at("/done").asInt()).isEqualTo(60);
        assertThat(job.at("/total").asInt()).isEqualTo(60);
        JsonNode result = job.get("result");
        assertThat(result.at("/messages").asInt()).isEqualTo(60);
        assertThat(result.at("/matched").asInt()).isEqualTo(30);
        assertThat(result.at("/changed").asInt()).isEqualTo(30);
        assertThat(result.at("/rules").toString())
                .isEqualTo("[{\"ruleId\":\"rule_new\",\"name\":\"new\",\"matched\":30}]");
        assertThat(result.at("/actions").toString()).isEqualTo("{\"reply\":30,\"webhook\":30}");
        assertThat(result.at("/samples")).hasSize(20);
        assertThat(result.at("/samples/0/matchedRuleId").asText()).isEqualTo("rule_new");
        assertThat(result.at("/ended").isNull()).isTrue();
        assertThat(tenant.get("/v1/deliveries").json().path("data")).isEmpty();
        assertThat(tenant.get("/v1/audit").json().findValuesAsText("action")).contains("rule.replay");
    }

    @Test
    void withoutDraftsTheStoredRulesAreReplayedAndNothingIsDifferent() {
        tenant.post("/v1/rules", "{\"name\":\"r\",\"when\":{\"field\":\"text\",\"op\":\"keyword\",\"value\":\"pay\"}}")
                .expect(201);
        send("pay 1");
        send("help");

        JsonNode result = ended(replay("")).get("result");

        assertThat(result.at("/matched").asInt()).isEqualTo(1);
        assertThat(result.at("/changed").asInt()).isZero();
        assertThat(result.at("/rules/0/name").asText()).isEqualTo("r");
    }

    @Test
    void onlyMessagesOfThePeriodCount() {
        send("pay 1");
        String accepted = tenant.get("/v1/messages").at("/data/0/acceptedAt");

        assertThat(ended(replay(",\"until\":\"" + accepted + "\"")).at("/done").asInt())
                .isZero();
        assertThat(ended(replay(",\"since\":\"" + accepted + "\"")).at("/done").asInt())
                .isEqualTo(1);
    }

    @Test
    void aJobKeepsNeitherSecretsNorNumbersNorTexts() throws Exception {
        send("pay in full");

        RuleReplayJob.Work work = work(drafts());
        JsonNode job = ended(replay(",\"rules\":[" + DRAFT + "]"));

        assertThat(work.toString()).contains("rule_new").doesNotContain("whsec_");
        assertThat(job.toString()).doesNotContain("9876543210", "in full", "whsec_");
    }

    @Test
    void draftsThatAreTooLongForAJobAreRefused() {
        String text = "x".repeat(1_000);
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 280; i++) {
            rules.append(i == 0 ? "" : ",")
                    .append("{\"then\":[{\"type\":\"reply\",\"text\":\"")
                    .append(text)
                    .append("\"}]}");
        }

        Api.Reply refused = replay(",\"rules\":[" + rules + "]").expect(422);

        assertThat(refused.at("/errors/0/field")).isEqualTo("rules");
        assertThat(refused.at("/errors/0/message")).contains("262144");
        assertThat(tenant.get("/v1/jobs").json().path("data")).isEmpty();
    }

    @Test
    void everyStepGoesOnFromWhatIsStoredAndNothingIsCountedTwice() throws Exception {
        for (int i = 0; i < 7; i++) {
            send("pay " + i);
        }
        RuleReplayJob kind = bridge.bean(RuleReplayJob.class);
        StoredJobs stored = new StoredJobs(bridge.bean(Store.class), Clock.systemUTC());
        RuleReplayJob.Work work = work(drafts());
        String id = bridge.bean(Store.class).writeNow(tx -> stored.jobs.begin(tx, NewJob.by(tenantId, kind, work, 7L)));
        send("pay later");

        long before = -1;
        Job job = stored.find(id);
        for (; job.endedAt() == null; job = stored.find(id)) {
            assertThat(job.done()).isGreaterThan(before);
            before = job.done();
            kind.prepare(job, 2).get(); // and the process ends before the step is taken
            stored.take(kind, job, kind.prepare(job, 2).get(), Instant.EPOCH);
        }

        assertThat(job.done()).isEqualTo(7);
        assertThat(job.result()).contains("\"messages\":7", "\"matched\":7", "\"reply\":7");
        assertThat(job.work()).as("what has ended needs no drafts").isEmpty();
    }

    @Test
    void rulesOfThenThatAreGoneAreSaid() throws Exception {
        send("pay 1");
        RuleReplayJob kind = bridge.bean(RuleReplayJob.class);
        StoredJobs stored = new StoredJobs(bridge.bean(Store.class), Clock.systemUTC());
        RuleReplayJob.Work gone =
                new RuleReplayJob.Work(new KeptRules(1_000, 3, List.of()), null, null, Long.MAX_VALUE);
        String id =
                bridge.bean(Store.class).writeNow(tx -> stored.jobs.begin(tx, NewJob.by(tenantId, kind, gone, null)));

        Job job = stored.find(id);
        stored.take(kind, job, kind.prepare(job, 2).get(), Instant.EPOCH);

        assertThat(stored.find(id).result()).contains("\"ended\":\"the rules of then are gone\"");
    }

    private RuleReplayJob.Work work(RuleSet rules) {
        return new RuleReplayJob.Work(
                KeptRules.of(rules), null, null, bridge.bean(Store.class).read(MessageRows::newest));
    }

    private RuleSet drafts() throws Exception {
        List<Problem.FieldError> errors = new ArrayList<>();
        JsonNode body = new JsonMapper().readTree("{\"rules\":[" + DRAFT + "]}");
        return bridge.bean(Drafts.class).read(tenantId, Fields.of(body, "", errors), errors);
    }
}
