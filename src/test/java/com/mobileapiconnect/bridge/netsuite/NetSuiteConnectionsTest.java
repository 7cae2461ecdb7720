package com.mobileapiconnect.bridge.netsuite;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the connector {@code netsuite-record} logs in, what it shows, and what it refuses. */
class NetSuiteConnectionsTest extends NetSuiteSuite {

    private static String certificate(KeyPair pair) {
        return "\"clientId\":\"client0123456789abcdef\",\"certificateId\":\"custcertificate1\",\"privateKey\":\""
                + "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                        .replace("\n", "\\n")
                + "\\n-----END PRIVATE KEY-----\"";
    }

    private static KeyPair pair(String kind) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (kind.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    @ParameterizedTest
    @CsvSource({"RSA, PS256", "EC, ES256"})
    void aCertificateGetsAnAccessTokenThatAllCallsShare(String kind, String algorithm) throws Exception {
        KeyPair pair = pair(kind);
        fake.certificate = pair.getPublic();
        connection(certificate(pair));
        delivery("delivered");
        delivery("delivered");
        assertThat(methods()).containsExactly("POST", "PUT", "PUT");
        assertThat(FakeNetSuite.part(fake.assertion.split("[.]")[0]).path("alg").asText())
                .isEqualTo(algorithm);
        assertThat(server.requests().get(1).header("Authorization")).isEqualTo("Bearer " + FakeNetSuite.ACCESS);
    }

    @Test
    void aCertificateThatIsNotMappedDisablesTheConnection() throws Exception {
        fake.certificate = pair("RSA").getPublic();
        String id = connection(certificate(pair("RSA")));
        JsonNode delivery = delivery("held");
        assertThat(methods()).containsExactly("POST");
        assertThat(delivery.at("/attempts/0/error").asText()).contains("invalid_grant");
        eventually(() ->
                assertThat(tenant.get("/v1/connections/" + id).at("/status")).isEqualTo("disabled"));
    }

    @Test
    void aKeyThatIsNoneIsARefusedLogin() {
        connection("\"clientId\":\"client0123456789abcdef\",\"certificateId\":\"custcertificate1\",\"privateKey\":\""
                + "-----BEGIN PRIVATE KEY-----" + "A".repeat(100) + "-----END PRIVATE KEY-----\"");
        assertThat(delivery("held").at("/attempts/0/error").asText()).contains("The private key cannot be used");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void thePreviewIsTheVeryRequestAndShowsNoSecret() throws Exception {
        for (String login : List.of(TOKEN, certificate(pair("EC")))) {
            String id = connection(login);
            String shown = tenant.post(
                            "/v1/connections/" + id + "/preview", "{\"message\":{\"from\":\"1\",\"text\":\"hi\"}}")
                    .expect(200)
                    .text();
            assertThat(shown)
                    .contains("PUT", "/services/rest/record/v1/phonecall/eid:dlv_", "SMS from 1", " ***")
                    .doesNotContain(FakeNetSuite.CONSUMER_KEY, FakeNetSuite.TOKEN_ID, "PRIVATE", "oauth_signature");
            assertThat(tenant.get("/v1/connections/" + id).text())
                    .doesNotContain(FakeNetSuite.CONSUMER_KEY, FakeNetSuite.TOKEN_SECRET, "PRIVATE");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theTestReadsTheTypeAndLooksForARecordAsARepeatDoes() {
        String id =
                connection(TOKEN + ",\"fields\":{\"title\":\"x\",\"message\":\"{{text}}\",\"company\":{\"id\":\"5\"},"
                        + "\"custevent_level\":{\"value\":\"5\",\"as\":\"integer\"}}");
        JsonNode told =
                tenant.post("/v1/connections/" + id + "/test").expect(200).json();
        assertThat(told.at("/findings/faults")).as(told.toString()).isEmpty();
        assertThat(told.toString()).contains("The login works", "All mapped fields are there", "does not tell before");
        assertThat(server.requests())
                .extracting(got -> got.method() + " " + got.path())
                .containsExactly(
                        "GET /services/rest/record/v1/metadata-catalog/phonecall",
                        "GET /services/rest/record/v1/phonecall/eid:erp-bridge-test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'fields':{'titel':'x'}                          | has no field titel",
                "'fields':{'createdDate':'x'}                    | The field createdDate of the record type phonecall cannot be written",
                "'fields':{'company':'5'}                        | is of type object, such as",
                "'fields':{'title':{'id':'5'}}                   | is of type string",
                "'fields':{'custevent_level':'{{text}}'}         | is of type integer",
                "'fields':{'timedEvent':'true'}                  | is of type boolean",
                "'type':'customrecord_nope'                      | the metadata of customrecord_nope at 127.0.0.1"
            })
    void theTestNamesWhatIsWrong(String properties, String fault) {
        String id = connection(TOKEN + "," + properties.replace('\'', '"'));
        assertThat(tenant.post("/v1/connections/" + id + "/test").expect(200).text())
                .contains(fault);
    }

    @Test
    void theTestTellsWhatIsNoAccountAndARoleThatMayNotRead() {
        server.answering(got -> got.path().contains("eid:")
                ? FakeNetSuite.error(403, "INSUFFICIENT_PERMISSION", "Permission Violation")
                : fake.apply(got));
        String id = connection(TOKEN);
        assertThat(tenant.post("/v1/connections/" + id + "/test").expect(200).text())
                .contains("reading records of phonecall, which a repeat has to");
        server.answering(got -> Answer.of(200, "<html>Sign in</html>"));
        assertThat(tenant.post("/v1/connections/" + id + "/test").expect(200).text())
                .contains("something that is no metadata");
    }

    @Test
    void aLoginThatWouldHaveNoEffectIsRefused() {
        String both = body(TOKEN)
                .replaceFirst("}$", ",\"http\":{\"auth\":{\"type\":\"bearer\",\"token\":\"t-0123456789\"}}}");
        assertThat(tenant.post("/v1/connections", both).expect(422).text()).contains("leave http.auth out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                                              | consumerKey",
                "'clientId':'client0123456789abcdef'           | certificateId",
                "'consumerKey':'12345678','tokenId':'12345678' | consumerSecret",
                "TOKEN,'type':'phonecall/5'                    | type",
                "'account':'1 2'                               | account",
                "TOKEN,'fields':{}                             | fields",
                "TOKEN,'fields':{'a':'{{nope}}'}               | nope",
                "TOKEN,'privateKey':'-----BEGIN RSA'           | privateKey",
                "TOKEN,'nope':1                                | nope"
            })
    void propertiesThatCannotWorkAreRefused(String properties, String named) {
        String given = properties == null ? "" : properties.replace('\'', '"').replace("TOKEN", TOKEN);
        assertThat(tenant.post("/v1/connections", body(given)).expect(422).text())
                .contains(named)
                .doesNotContain(FakeNetSuite.TOKEN_SECRET);
    }

    @Test
    void aWrongTokenDisablesTheConnectionAtTheFirstCall() {
        String id = connection(TOKEN.replace(FakeNetSuite.TOKEN_SECRET, "another secret 1"));
        delivery("held");
        assertThat(methods()).containsExactly("PUT");
        eventually(() ->
                assertThat(tenant.get("/v1/connections/" + id).at("/status")).isEqualTo("disabled"));
        assertThat(tenant.post("/v1/connections/" + id + "/test").expect(200).text())
                .contains("refused the login", "clock", "Invalid login attempt");
    }

    @Test
    void anAnswerThatRepeatsTheCallShowsNoSecret() {
        server.answering(got -> FakeNetSuite.error(
                400, "USER_ERROR", "Bad: " + got.header("Authorization").replace("\"", "'")));
        connection(TOKEN);
        assertThat(delivery("failed").toString())
                .contains("Bad: OAuth realm='1234567_SB1'")
                .doesNotContain(FakeNetSuite.CONSUMER_KEY, FakeNetSuite.TOKEN_ID);
    }
}
