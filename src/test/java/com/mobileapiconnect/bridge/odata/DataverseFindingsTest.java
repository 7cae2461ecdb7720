package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the test of a connection to Dataverse finds. */
class DataverseFindingsTest extends SharedSqliteSuite {

    private static final String PROPERTIES = "{\"entitySet\":\"leads\",\"key\":\"new_deliveryid\",\"fields\":{}}";

    private final FakeDataverse fake = new FakeDataverse();
    private Receiver service;

    @BeforeEach
    void open() {
        service = new Receiver().answering(fake);
    }

    @AfterEach
    void close() {
        service.close();
    }

    private ErpFindings tested(String fields) {
        return Attempts.of(bridge, "dataverse", service.url(""), PROPERTIES.replace("{}", fields))
                .test();
    }

    @Test
    void theTestReadsTheTableItsKeyAndWhatTheLoginMayDo() {
        ErpFindings good = tested("{\"subject\":\"{{from}}\",\"new_when\":\"{{receivedAt}}\","
                + "\"numberofemployees\":{\"value\":\"5\",\"as\":\"integer\"},"
                + "\"parentaccountid@odata.bind\":\"/accounts(ef0d112e-d70e-ed11-82e5-00224822577b)\"}");
        assertThat(good.faults()).isEmpty();
        assertThat(good.checked())
                .containsExactly(
                        "The login works",
                        "The table leads is there, with all mapped columns",
                        "The alternate key new_deliveryid is ready",
                        "Not mapped, though forms of the table ask people for it: lastname",
                        "It may make rows of leads");
        assertThat(service.requests()).extracting(Receiver.Got::method).containsOnly("GET");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'subjekt':'x'}                     | leads has no field subjekt; it has subject",
                "{'createdon':'{{receivedAt}}'}      | The field createdon of leads cannot be written",
                "{'numberofemployees':'{{text}}'}    | is of the type Edm.Int32, and is mapped as string",
                "{'parentaccountid':'5'}             | parentaccountid@odata.bind"
            })
    void theTestNamesWhatIsWrongWithTheMapping(String fields, String fault) {
        assertThat(tested(fields.replace('\'', '"')).faults())
                .anySatisfy(each -> assertThat(each.words()).contains(fault));
    }

    @Test
    void theTestNamesAKeyThatIsNotReadyAndAPrivilegeThatIsMissing() {
        fake.keyStatus = "Pending";
        fake.privileges = "[]";
        assertThat(tested("{}").faults())
                .extracting(fault -> fault.words())
                .anySatisfy(words -> assertThat(words).contains("not ready: Pending"))
                .anySatisfy(
                        words -> assertThat(words).contains("no permission for making rows of leads (prvCreateLead)"));
        assertThat(Attempts.of(bridge, "dataverse", service.url(""), PROPERTIES.replace("new_deliveryid", "new_other"))
                        .test()
                        .faults())
                .anySatisfy(fault ->
                        assertThat(fault.words()).contains("an alternate key of leads made of new_other alone"));
        assertThat(Attempts.of(bridge, "dataverse", service.url(""), PROPERTIES.replace("leads", "lead"))
                        .test()
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.words()).contains("the entity set lead at 127.0.0.1"));
        service.answering(got -> Answer.of(200, "<html>Sign in</html>"));
        assertThat(tested("{}").faults()).singleElement().satisfies(fault -> assertThat(fault.words())
                .contains("something that is no Web API"));
        service.answering(got -> Answer.of(403));
        assertThat(tested("{}").faults()).singleElement().satisfies(fault -> assertThat(fault.words())
                .contains("no permission for WhoAmI"));
    }
}
