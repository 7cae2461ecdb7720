package com.mobileapiconnect.bridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import com.mobileapiconnect.bridge.support.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of a target's {@code http} that cannot be sent as they stand are refused, and named. */
class HttpOptionsRefusedTest extends ReceiverSuite {

    private Api.Reply refused(String more) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/erp") + "\"," + more + "}")
                .expect(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'headers':{'Host':'x'}} | http.headers.Host | is set by the bridge",
                "{'headers':{'content-type':'x'}} | http.headers.content-type | is set by the bridge",
                "{'headers':{'Content-Length':'1'}} | http.headers.Content-Length | is set by the bridge",
                "{'headers':{'Transfer-Encoding':'chunked'}} | http.headers.Transfer-Encoding | is set by the bridge",
                "{'headers':{'Connection':'close'}} | http.headers.Connection | is set by the bridge",
                "{'headers':{'Proxy-Authorization':'x'}} | http.headers.Proxy-Authorization | is set by the bridge",
                "{'headers':{'X-MAC-Signature':'x'}} | http.headers.X-MAC-Signature | is set by the bridge",
                "{'headers':{'Webhook-Id':'x'}} | http.headers.Webhook-Id | is set by the bridge",
                "{'headers':{'CamelHttpUri':'http://x'}} | http.headers.CamelHttpUri | is set by the bridge",
                "{'headers':{'X Y':'x'}} | http.headers.X Y | is not a header name",
                "{'headers':{'X-Y:':'x'}} | http.headers.X-Y: | is not a header name",
                "{'headers':{'X-Y':'a\\r\\nX-Z: b'}} | http.headers.X-Y | printable ASCII",
                "{'headers':{'X-Y':'\\u00e9'}} | http.headers.X-Y | printable ASCII",
                "{'headers':{'X-Y':' a'}} | http.headers.X-Y | printable ASCII",
                "{'headers':{'X-Y':7}} | http.headers.X-Y | must be a string",
                "{'headers':{'X-Y':true}} | http.headers.X-Y | there is none",
                "{'headers':{'X-Y':'a','x-y':'b'}} | http.headers.x-y | given twice",
                "{'headers':{'Authorization':'x'},'auth':{'type':'bearer','token':'t'}} | http.headers.Authorization |"
                        + " give only one of the two",
                "{'headers':[]} | http.headers | must be an object",
                "{'auth':{'type':'digest'}} | http.auth.type | must be one of basic, bearer, oauth2",
                "{'auth':{'type':'basic','username':'a:b','password':'x'}} | http.auth.username | colon",
                "{'auth':{'type':'basic','username':'a'}} | http.auth.password | must be given",
                "{'auth':{'type':'basic','username':'a','password':null}} | http.auth.password | must be given",
                "{'auth':{'type':'bearer','token':'a b'}} | http.auth.token | without spaces",
                "{'auth':{'type':'bearer','token':'a','username':'b'}} | http.auth.username | is unknown",
                "{'auth':{'type':'oauth2','clientId':'a','clientSecret':'b'}} | http.auth.tokenUrl | must be given",
                "{'auth':{'type':'oauth2','tokenUrl':'http://10.0.0.1/','clientId':'a','clientSecret':'b'}} |"
                        + " http.auth.tokenUrl | private address",
                "{'tls':{'ca':'nothing'}} | http.tls.ca | in PEM",
                "{'tls':{'ca':'/etc/ssl/cert.pem'}} | http.tls.ca | in PEM",
                "{'tls':{'clientCertificate':'x'}} | http.tls.clientKey | together",
                "{'tls':{'clientKey':'x'}} | http.tls.clientCertificate | together",
                "{'cookies':true} | http.cookies | is unknown",
                "7 | http | must be an object",
            })
    void whatCannotBeSentIsRefusedAndNamed(String http, String field, String reason) {
        Api.Reply reply = refused("\"http\":" + http.replace('\'', '"'));
        assertThat(reply.json().get("errors").findValuesAsText("field")).contains(field);
        assertThat(reply.text()).contains(reason);
    }

    @Test
    void aKeyThatIsNotItsCertificatesIsRefusedWithoutShowingIt() throws Exception {
        Certificates certificates = new Certificates();
        Certificates.Issued one = certificates.client("one");
        String tls = "{\"tls\":{\"clientCertificate\":%s,\"clientKey\":%s}}"
                .formatted(
                        Texts.quoted(one.certificatePem()),
                        Texts.quoted(certificates.client("two").keyPem()));
        Api.Reply reply = refused("\"http\":" + tls);
        assertThat(reply.text()).contains("http.tls.clientKey").contains("is not the key of");
    }

    @ParameterizedTest
    @CsvSource({
        "http.auth.password, ' erp'",
        "http.auth.password, 'erp '",
        "http.auth.password, 'erp\u00a0'",
        "http.auth.password, '\u2009erp'",
        "http.auth.password, '\ufefferp'",
        "http.auth.password, 'erp\u200b'",
        "http.auth.password, 'erp\u200e'",
        "http.auth.password, '\u3000erp'",
        "http.auth.username, ' erp'",
        "http.auth.username, 'erp '",
        "http.auth.username, 'erp\u00a0'",
        "http.auth.username, '\u2060erp'",
        "http.headers.X-Key, ' erp'",
        "http.headers.X-Key, 'erp '",
        "http.headers.X-Key, 'erp\u00a0'",
        "http.headers.X-Key, '\ufefferp'",
        "secret, ' 0123456789abcdef'",
        "secret, '0123456789abcdef '",
        "secret, '0123456789abcdef\u00a0'",
        "secret, '\ufeff0123456789abcdef'",
        "secret, '0123456789abcdef  '",
    })
    void aSecretOrHeaderWithWhiteSpaceAtAnEndIsRefused(String field, String value) {
        String quoted = Texts.quoted(value);
        String more =
                switch (field) {
                    case "secret" -> "\"secret\":" + quoted;
                    case "http.headers.X-Key" -> "\"http\":{\"headers\":{\"X-Key\":" + quoted + "}}";
                    case "http.auth.username" ->
                        "\"http\":{\"auth\":{\"type\":\"basic\",\"password\":\"p\",\"username\":" + quoted + "}}";
                    default ->
                        "\"http\":{\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":" + quoted + "}}";
                };

        Api.Reply refused = refused(more);

        assertThat(refused.at("/errors/0/field")).isEqualTo(field);
        assertThat(refused.text()).doesNotContain("0123456789abcdef");
    }
}
