package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Delivered;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Rejected;
import com.mobileapiconnect.bridge.delivery.Outcome.Retry;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Single writes of rows of Dataverse, and what becomes of them by what it answers. */
class DataverseRowTest extends SharedSqliteSuite {

    private static final String FIELDS = "{\"subject\":\"SMS\",\"description\":\"what the SMS says\"}";
    private static final String PROPERTIES = "{\"entitySet\":\"leads\",\"key\":\"new_deliveryid\",\"fields\":{}}";

    private final FakeDataverse fake = new FakeDataverse();
    private final String id = "dlv_" + System.nanoTime();
    private Receiver service;

    @BeforeEach
    void open() {
        service = new Receiver().answering(fake);
    }

    @AfterEach
    void close() {
        service.close();
    }

    private Attempts to() {
        return Attempts.of(bridge, "dataverse", service.url(""), PROPERTIES);
    }

    private String row() {
        return fake.rows.get(id).path("leadid").asText();
    }

    private void isTheRow(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Delivered.class, done -> {
            assertThat(done.record().id()).isEqualTo(row());
            assertThat(done.record().url())
                    .isEqualTo(service.url("/main.aspx?pagetype=entityrecord&etn=lead&id=" + row()));
        });
        assertThat(fake.rows).hasSize(1);
    }

    @Test
    void aRowIsMadeOnTheConditionThatThereIsNoneWithItsKey() {
        isTheRow(to().first(id, FIELDS));
        Receiver.Got got = service.requests().get(0);
        assertThat(got.method() + " " + got.path())
                .isEqualTo("PATCH /api/data/v9.2/leads(new_deliveryid='" + id + "')?$select=new_deliveryid");
        assertThat(got.header("If-None-Match")).isEqualTo("*");
        assertThat(got.header("Prefer")).isEqualTo("return=representation");
        assertThat(got.text()).doesNotContain("new_deliveryid");
        assertThat(fake.rows.get(id).path("description").asText()).isEqualTo("what the SMS says");
    }

    @Test
    void aRepeatAfterALostAnswerIsTheSameRowAndUndoesNothing() {
        fake.lost.add(Answer.of(503));
        assertThat(to().first(id, FIELDS)).isInstanceOf(Retry.class);
        fake.rows.get(id).put("description", "a clerk was here");
        isTheRow(to().again(id, FIELDS));
        assertThat(fake.rows.get(id).path("description").asText()).isEqualTo("a clerk was here");
        assertThat(service.requests())
                .extracting(got -> got.method() + " " + got.header("If-None-Match"))
                .containsExactly("PATCH *", "PATCH *", "GET ");
    }

    @Test
    void theAddressOfTheWebApiMayBeGivenAndAnActivityHasTheTableThatIsNamed() {
        service.answering(got -> FakeService.json(
                201, "{\"new_deliveryid\":\"x\",\"activityid\":\"ef0d112e-d70e-ed11-82e5-00224822577b\"}"));
        String root = service.url("/api/data/v9.1/");
        Outcome plain = Attempts.of(bridge, "dataverse", root, PROPERTIES.replace("leads", "phonecalls"))
                .first(id, FIELDS);
        assertThat(((Delivered) plain).record().url())
                .isEqualTo(service.url("/api/data/v9.1/phonecalls(ef0d112e-d70e-ed11-82e5-00224822577b)"));
        String named = PROPERTIES.replace("\"leads\"", "\"phonecalls\",\"table\":\"phonecall\"");
        assertThat(((Delivered) Attempts.of(bridge, "dataverse", root, named).first(id, FIELDS))
                        .record()
                        .url())
                .endsWith("/main.aspx?pagetype=entityrecord&etn=phonecall&id=ef0d112e-d70e-ed11-82e5-00224822577b");
    }

    /** What Dataverse's documents say of errors; a status without a row of its own is in the table of OData. */
    @ParameterizedTest
    @CsvSource({
        "400, 0x80048d19, Rejected",
        "400, 0x80044331, Rejected",
        "401, , LoginRefused",
        "403, 0x80040220, Rejected",
        "404, 0x80060888, Rejected",
        "412, 0x80060892, Rejected",
        "412, 0x80040333, Rejected",
        "412, 0x80040237, Retry",
        "413, , Rejected",
        "429, 0x80072322, Retry",
        "500, 0x80040216, Retry",
        "502, , Retry",
        "503, , Retry",
        "302, , Retry"
    })
    void withoutTheRowStatusAndCodeDecide(int status, String code, String outcome) {
        fake.refused.add(FakeDataverse.error(status, code == null ? "" : code, "No to 'what the SMS says'"));
        Outcome was = to().first(id, FIELDS);
        assertThat(was.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(was.evidence().httpStatus()).isEqualTo(status);
        assertThat(was.evidence().error()).doesNotContain("what the SMS says");
        if (status != 302) {
            assertThat(was.evidence().error()).contains("No to '…'");
        }
    }

    @Test
    void theWaitThatItAsksForIsPassedOn() {
        fake.refused.add(Answer.of(429, Map.of("Retry-After", "35")));
        assertThat(to().first(id, FIELDS)).isInstanceOfSatisfying(Retry.class, retry -> assertThat(retry.after())
                .isEqualTo(Duration.ofSeconds(35)));
    }

    @Test
    void aRowThatIsSaidToBeThereAndIsNotShownIsAskedLater() {
        service.answering(got -> got.method().equals("GET")
                ? FakeService.json(200, "{\"new_deliveryid\":\"dlv_of_another\"}")
                : FakeDataverse.error(412, "0x80040237", "A record with matching key values already exists."));
        assertThat(to().again(id, FIELDS)).isInstanceOfSatisfying(Retry.class, retry -> assertThat(
                        retry.evidence().error())
                .contains("nothing that has the delivery's id in new_deliveryid"));
    }

    static List<String> oddTexts() {
        return List.of("'\"}],{\"x\":1", "<b>&amp; & <script>", "a\bb\fc", "😀 \u202e é", "x".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void aTextIsAValueWhateverItSays(String text) {
        ObjectNode fields = Attempts.json("{}").put("description", text);
        isTheRow(to().first(id, fields.toString()));
        assertThat(fake.rows.get(id).path("description").asText())
                .isEqualTo(text.replace('\b', '\ufffd').replace('\f', '\ufffd'));
    }

    @Test
    void aHugeAnswerIsReadToItsBoundAndTheRowHasTheIdOfItsDelivery() {
        String huge = "{\"new_deliveryid\":\"" + id + "\",\"x\":\"" + "x".repeat(4 << 20) + "\"}";
        service.answering(got -> FakeService.json(201, huge));
        assertThat(to().first(id, FIELDS))
                .isInstanceOfSatisfying(
                        Delivered.class, done -> assertThat(done.record().id()).isEqualTo(id));
    }

    @Test
    void anEnvironmentThatHangsEndsWithTheTimeOfTheTarget() {
        try (RawServer hangs = RawServer.start(peer -> {
            peer.request();
            peer.hang();
        })) {
            Outcome outcome = Attempts.of(bridge, "dataverse", "http://127.0.0.1:" + hangs.port(), PROPERTIES)
                    .within(Duration.ofSeconds(1))
                    .first(id, FIELDS);
            assertThat(outcome.evidence().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
        }
    }

    @Test
    void aRefusedLoginIsOneWhateverWasAsked() {
        fake.wantsToken = true;
        assertThat(to().first(id, FIELDS).evidence().errorClass()).isEqualTo(ErrorClass.LOGIN);
        assertThat(to().again(id, FIELDS)).isNotInstanceOfAny(Rejected.class, Delivered.class);
        assertThat(fake.rows).isEmpty();
    }
}
