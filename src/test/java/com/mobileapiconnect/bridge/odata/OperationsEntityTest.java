package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Delivered;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Retry;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Single writes of records of Finance and Operations, and what becomes of them by what it answers. */
class OperationsEntityTest extends SharedSqliteSuite {

    private static final String FIELDS = "{\"Body\":\"what the SMS says\",\"Sender\":\"919876543210\"}";
    private static final String PROPERTIES =
            "{\"entitySet\":\"SmsMessages\",\"key\":\"MessageId\",\"company\":\"usmf\",\"fields\":{}}";

    private final FakeOperations fake = new FakeOperations();
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
        return Attempts.of(bridge, "dynamics-fo", service.url(""), PROPERTIES);
    }

    private void isTheRecord(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Delivered.class, done -> {
            assertThat(done.record().id()).isEqualTo(id);
            assertThat(done.record().url())
                    .startsWith(service.url("/data/SmsMessages(dataAreaId='usmf',MessageId='" + id + "')"));
        });
        assertThat(fake.records.keySet()).containsExactly("usmf/" + id);
    }

    @Test
    void aRecordIsMadeInItsCompany() {
        isTheRecord(to().first(id, FIELDS));
        assertThat(service.requests())
                .extracting(got -> got.method() + " " + got.path())
                .containsExactly("POST /data/SmsMessages?cross-company=true");
        assertThat(fake.records.get("usmf/" + id).path("Body").asText()).isEqualTo("what the SMS says");
    }

    @Test
    void aRepeatAfterALostAnswerAsksFirst() {
        fake.lost.add(Answer.of(500));
        assertThat(to().first(id, FIELDS))
                .isInstanceOf(Delivered.class); // a 500 may be a duplicate: it is asked at once
        fake.records.clear();
        fake.lost.add(Answer.of(504));
        assertThat(to().first(id, FIELDS)).isInstanceOf(Retry.class);
        service.requests().clear();
        isTheRecord(to().again(id, FIELDS));
        assertThat(service.requests()).extracting(Receiver.Got::method).containsExactly("GET");
    }

    @Test
    void aDuplicateIsLookedForAndDone() {
        to().first(id, FIELDS);
        isTheRecord(to().first(id, FIELDS)); // as if nobody knew
        assertThat(service.requests()).extracting(Receiver.Got::method).containsExactly("POST", "POST", "GET");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Rejected",
        "401, LoginRefused",
        "403, Rejected",
        "404, Rejected",
        "405, Rejected",
        "409, Rejected",
        "429, Retry",
        "500, Retry",
        "502, Retry",
        "503, Retry",
        "504, Retry",
        "307, Retry"
    })
    void withoutTheRecordTheStatusDecidesAndTheInfologIsTold(int status, String outcome) {
        fake.refused.add(FakeOperations.error(
                status,
                "Write failed for table row of type 'SmsMessageEntity'. Infolog: Warning: 'what the SMS says' is too long.;"
                        + " Warning: validateWrite failed on data source 'Sms (Sms)'."));
        Outcome was = to().first(id, FIELDS);
        assertThat(was.getClass().getSimpleName()).isEqualTo(outcome);
        if (status != 307) {
            assertThat(was.evidence().error())
                    .isEqualTo("HTTP " + status + ": An error has occurred.; Write failed for table row of type"
                            + " 'SmsMessageEntity'. Infolog: Warning: '…' is too long.; Warning: validateWrite failed on"
                            + " data source 'Sms (Sms)'.");
        }
    }

    @Test
    void theWaitThatItAsksForIsPassedOn() {
        fake.refused.add(Answer.of(429, Map.of("Retry-After", "9")));
        assertThat(to().first(id, FIELDS)).isInstanceOfSatisfying(Retry.class, retry -> assertThat(retry.after())
                .isEqualTo(Duration.ofSeconds(9)));
    }

    @Test
    void otherRecordsThanItsOwnSayNothing() {
        service.answering(got -> FakeService.json(200, "{\"value\":[{\"MessageId\":\"dlv_of_another\"}]}"));
        assertThat(to().again(id, FIELDS)).isInstanceOf(Retry.class);
        service.answering(got -> Answer.of(404)); // no answer to a search
        assertThat(to().again(id, FIELDS)).isNotInstanceOf(Delivered.class);
        assertThat(service.requests()).extracting(Receiver.Got::method).containsOnly("GET");
    }

    @Test
    void anEntityWithoutACompanyHasNone() {
        service.answering(got -> Answer.of(201));
        Outcome outcome = Attempts.of(
                        bridge,
                        "dynamics-fo",
                        service.url("/data/?x=1"),
                        PROPERTIES.replace("\"company\":\"usmf\",", ""))
                .first(id, FIELDS);
        assertThat(((Delivered) outcome).record().url())
                .isEqualTo(service.url("/data/SmsMessages('" + id + "')?x=1&cross-company=true"));
        assertThat(service.requests().get(0).path()).isEqualTo("/data/SmsMessages?x=1&cross-company=true");
        assertThat(service.requests().get(0).text()).doesNotContain("dataAreaId");
    }

    @ParameterizedTest
    @MethodSource("com.mobileapiconnect.bridge.odata.DataverseRowTest#oddTexts")
    void aTextIsAValueWhateverItSays(String text) {
        ObjectNode fields = Attempts.json("{\"Sender\":\"1\"}").put("Body", text);
        isTheRecord(to().first(id, fields.toString()));
        assertThat(fake.records.get("usmf/" + id).path("Body").asText())
                .isEqualTo(text.replace('\b', '\ufffd').replace('\f', '\ufffd'));
    }

    @Test
    void anAnswerWithoutAnEndIsReadToItsBoundAndInTime() {
        service.answering(got -> FakeService.json(201, "{\"x\":\"" + "x".repeat(4 << 20) + "\"}"));
        assertThat(to().first(id, FIELDS)).isInstanceOf(Delivered.class);
        try (RawServer drips = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n").endlessly("x", 100);
        })) {
            Outcome outcome = Attempts.of(bridge, "dynamics-fo", "http://127.0.0.1:" + drips.port(), PROPERTIES)
                    .within(Duration.ofSeconds(1))
                    .first(id, FIELDS);
            assertThat(outcome.evidence().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
        }
    }

    private ErpFindings tested(String properties, String fields) {
        return Attempts.of(bridge, "dynamics-fo", service.url(""), properties.replace("{}", fields))
                .test();
    }

    @Test
    void theTestAsksTheMetadataServiceForTheOneEntity() {
        ErpFindings good = tested(PROPERTIES, "{\"Sender\":\"{{from}}\",\"Body\":\"{{text}}\",\"Urgent\":\"Yes\"}");
        assertThat(good.faults()).isEmpty();
        assertThat(good.checked())
                .startsWith("The login works", "The entity set SmsMessages is there")
                .anySatisfy(words -> assertThat(words).contains("may make records shows with the first one"));
        assertThat(service.requests())
                .extracting(got -> got.method() + " " + got.path())
                .containsExactly("GET /metadata/PublicEntities?$filter=EntitySetName%20eq%20'SmsMessages'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~                    | {'Sender':'x','Bodi':'x'}          | SmsMessages has no field Bodi; it has Body",
                "~~                    | {'Sender':'x','MadeBy':'x'}        | The field MadeBy of SmsMessages cannot be written",
                "~~                    | {'Sender':'x','Amount':'{{text}}'} | is of the type Edm.Decimal, and is mapped as string",
                "~~                    | {'Body':'x'}                       | The service wants to be given Sender, too",
                "'company':'usmf',     | {'Sender':'x'}                     | belong to a company: set company",
                "'MessageId'           | {'Sender':'x'}                     | The key of SmsMessages is MessageId, not Body",
                "'SmsMessages'         | {'Sender':'x'}                     | the entity set Body at 127.0.0.1"
            })
    void theTestNamesWhatIsWrong(String changed, String fields, String fault) {
        String properties = changed == null || changed.isEmpty()
                ? PROPERTIES
                : PROPERTIES.replace(changed.replace('\'', '"'), changed.startsWith("'company'") ? "" : "\"Body\"");
        assertThat(tested(properties, fields.replace('\'', '"')).faults())
                .anySatisfy(each -> assertThat(each.words()).contains(fault));
    }

    @Test
    void theTestTellsWhatIsNoEnvironmentAndALoginThatIsRefused() {
        service.answering(got -> Answer.of(200, "<html>Sign in</html>"));
        assertThat(tested(PROPERTIES, "{}").faults()).singleElement().satisfies(fault -> assertThat(fault.words())
                .contains("no list of entities"));
        service.answering(got -> Answer.of(401));
        assertThat(tested(PROPERTIES, "{}").faults()).singleElement().satisfies(fault -> assertThat(fault.words())
                .contains("refused the login"));
    }
}
