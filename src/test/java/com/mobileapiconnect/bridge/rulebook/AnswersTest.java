package com.mobileapiconnect.bridge.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers about targets and rules keep their bytes from release to release: keys, the order of keys, and nulls. */
class AnswersTest extends SharedSqliteSuite {

    private Api tenant;

    @BeforeEach
    void asATenantThatHasNothing() {
        tenant = bridge.newTenant("{\"name\":\"T\"}").api();
    }

    @Test
    void webhooks() {
        assertThat(bytes(tenant.get("/v1/webhooks"))).isEqualTo("""
                {"url":null,"enabled":false,"signing":false,"previousValidUntil":null,"status":"active",\
                "statusReason":null,"redelivery":{"maxAttempts":20,"initialDelay":"PT5S","multiplier":4.0,\
                "maxDelay":"PT6H","jitter":0.2,"timeout":"PT8S"},"concurrency":8,"ratePerSecond":null,\
                "ordered":false,"http":null,"success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":0,"createdAt":null,"updatedAt":null}""");
        assertThat(bytes(tenant.put("/v1/webhooks", """
                {"url":"https://example.com/all","secret":"whsec_0123456789abcdef","concurrency":4,"ratePerSecond":2.5,
                 "ordered":true,"expiresAfter":"PT2H","redelivery":{"maxAttempts":3,"jitter":0.5},
                 "http":{"headers":{"X-B":"b","X-A":"a"},"auth":{"type":"basic","username":"u","password":"p"}}}"""))).isEqualTo("""
                {"url":"https://example.com/all","enabled":true,"signing":true,"previousValidUntil":null,\
                "status":"active","statusReason":null,"redelivery":{"maxAttempts":3,"initialDelay":"PT5S",\
                "multiplier":4.0,"maxDelay":"PT6H","jitter":0.5,"timeout":"PT8S"},"concurrency":4,\
                "ratePerSecond":2.5,"ordered":true,"http":{"headers":{"X-B":true,"X-A":true},\
                "auth":{"type":"basic","username":"u","password":true},"tls":null},"success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":"PT2H","metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":1,\
                "createdAt":"<time>","updatedAt":"<time>"}""");
        assertThat(bytes(tenant.post("/v1/webhooks/rotate-secret"))).isEqualTo("""
                {"secret":"whsec_…","previousValidUntil":"<time>"}""");
        assertThat(bytes(tenant.post("/v1/webhooks/pause"))).isEqualTo("""
                {"url":"https://example.com/all","enabled":true,"signing":true,"previousValidUntil":"<time>",\
                "status":"paused","statusReason":null,"redelivery":{"maxAttempts":3,"initialDelay":"PT5S",\
                "multiplier":4.0,"maxDelay":"PT6H","jitter":0.5,"timeout":"PT8S"},"concurrency":4,\
                "ratePerSecond":2.5,"ordered":true,"http":{"headers":{"X-B":true,"X-A":true},\
                "auth":{"type":"basic","username":"u","password":true},"tls":null},"success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":"PT2H","metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":3,\
                "createdAt":"<time>","updatedAt":"<time>"}""");
        assertThat(bytes(tenant.put("/v1/webhooks/operations", "{\"url\":\"https://example.com/ops\"}")))
                .isEqualTo("""
                {"url":"https://example.com/ops","events":["target.disabled","target.recovered","delivery.failed",\
                "message.unparsed","device.silent","device.back","outgoing.updated"],"enabled":true,"signing":false,"previousValidUntil":null,\
                "status":"active","statusReason":null,"redelivery":{"maxAttempts":20,"initialDelay":"PT5S",\
                "multiplier":4.0,"maxDelay":"PT6H","jitter":0.2,"timeout":"PT8S"},"concurrency":8,\
                "ratePerSecond":null,"ordered":false,"http":null,"success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":1,"createdAt":"<time>",\
                "updatedAt":"<time>"}""");
        assertThat(bytes(tenant.post("/v1/webhooks/operations/rotate-secret"))).isEqualTo("""
                {"secret":"whsec_…","previousValidUntil":null}""");
    }

    @Test
    void connections() throws GeneralSecurityException {
        assertThat(bytes(connection())).isEqualTo("""
                {"id":"con_…","name":"SAP é","connector":"webhook","outboundUrl":"https://erp.example.com/sms",\
                "when":{"all":[{"field":"text","op":"keyword","value":"balance"},{"not":{"field":"from",\
                "op":"startsWith","value":"1900"}}]},"events":[],"properties":{},"enabled":true,"signing":true,\
                "previousValidUntil":null,"status":"active","statusReason":null,"redelivery":{"maxAttempts":20,\
                "initialDelay":"PT5S","multiplier":4.0,"maxDelay":"PT6H","jitter":0.2,"timeout":"PT8S"},\
                "concurrency":8,"ratePerSecond":null,"ordered":false,"http":{"headers":{},\
                "auth":{"type":"oauth2","tokenUrl":"https://erp.example.com/token","clientId":"id",\
                "clientSecret":true,"scope":"sms","audience":null,"inBody":false,"sharesTls":false},"tls":null},\
                "success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":1,"createdAt":"<time>","updatedAt":"<time>"}""");
        assertThat(bytes(tenant.post("/v1/connections", """
                {"name":"Plain","outboundUrl":"https://erp.example.com/","enabled":false,
                 "http":{"auth":{"type":"bearer","token":"t"},"tls":{"ca":"%s"}}}""".formatted(
                                new Certificates().authority().certificatePem().replace("\n", "\\n")))))
                .isEqualTo("""
                {"id":"con_…","name":"Plain","connector":"webhook","outboundUrl":"https://erp.example.com/",\
                "when":null,"events":[],"properties":{},"enabled":false,"signing":false,"previousValidUntil":null,\
                "status":"active","statusReason":null,"redelivery":{"maxAttempts":20,"initialDelay":"PT5S",\
                "multiplier":4.0,"maxDelay":"PT6H","jitter":0.2,"timeout":"PT8S"},"concurrency":8,\
                "ratePerSecond":null,"ordered":false,"http":{"headers":{},"auth":{"type":"bearer","token":true},\
                "tls":{"clientCertificate":null,"clientKey":null,"ca":"<pem>\\n"}},"success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":1,\
                "createdAt":"<time>","updatedAt":"<time>"}""");
        assertThat(bytes(tenant.get("/v1/connections"))).isEqualTo("""
                {"data":[{"id":"con_…","name":"Plain","connector":"webhook",\
                "outboundUrl":"https://erp.example.com/","when":null,"events":[],"properties":{},"enabled":false,\
                "signing":false,"previousValidUntil":null,"status":"active","statusReason":null,\
                "redelivery":{"maxAttempts":20,"initialDelay":"PT5S","multiplier":4.0,"maxDelay":"PT6H",\
                "jitter":0.2,"timeout":"PT8S"},"concurrency":8,"ratePerSecond":null,"ordered":false,\
                "http":{"headers":{},"auth":{"type":"bearer","token":true},"tls":{"clientCertificate":null,\
                "clientKey":null,"ca":"<pem>\\n"}},"success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":1,"createdAt":"<time>",\
                "updatedAt":"<time>"},{"id":"con_…","name":"SAP é","connector":"webhook",\
                "outboundUrl":"https://erp.example.com/sms","when":{"all":[{"field":"text","op":"keyword",\
                "value":"balance"},{"not":{"field":"from","op":"startsWith","value":"1900"}}]},"events":[],"properties":{},\
                "enabled":true,"signing":true,"previousValidUntil":null,"status":"active","statusReason":null,\
                "redelivery":{"maxAttempts":20,"initialDelay":"PT5S","multiplier":4.0,"maxDelay":"PT6H",\
                "jitter":0.2,"timeout":"PT8S"},"concurrency":8,"ratePerSecond":null,"ordered":false,\
                "http":{"headers":{},"auth":{"type":"oauth2","tokenUrl":"https://erp.example.com/token",\
                "clientId":"id","clientSecret":true,"scope":"sms","audience":null,"inBody":false,\
                "sharesTls":false},"tls":null},"success":["2xx"],"failureWhen":null,"replyFrom":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","version":1,"createdAt":"<time>","updatedAt":"<time>"}],\
                "next":null}""");
    }

    @Test
    void rules() {
        assertThat(bytes(rule(connection().at("/id")))).isEqualTo("""
                {"id":"rule_…","name":"Balance","enabled":true,"priority":10,"when":{"field":"from",\
                "op":"equals","value":"1900"},"then":[{"type":"connection","id":"con_…","actionId":"act_…"},\
                {"id":"act_…","type":"reply","text":"Hi {{from}}","maxSegments":3,"status":"active","statusReason":null},{"id":"act_…","type":"email",\
                "to":["ops@example.com"],"subject":"SMS","text":"{{text}}","status":"active","statusReason":null},{"id":"act_…","type":"webhook",\
                "url":"https://erp.example.com/x","success":["2xx"],"failureWhen":null,"replyFrom":null,"http":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","signing":true,"status":"active","statusReason":null}],\
                "continue":true,"version":1,"createdAt":"<time>","updatedAt":"<time>"}""");
        assertThat(bytes(tenant.post("/v1/rules", "{\"name\":\"Nothing\"}"))).isEqualTo("""
                {"id":"rule_…","name":"Nothing","enabled":true,"priority":100,"when":null,"then":[],\
                "continue":false,"version":2,"createdAt":"<time>","updatedAt":"<time>"}""");
        assertThat(bytes(tenant.get("/v1/rules"))).isEqualTo("""
                {"data":[{"id":"rule_…","name":"Nothing","enabled":true,"priority":100,"when":null,"then":[],\
                "continue":false,"version":2,"createdAt":"<time>","updatedAt":"<time>"},{"id":"rule_…",\
                "name":"Balance","enabled":true,"priority":10,"when":{"field":"from","op":"equals",\
                "value":"1900"},"then":[{"type":"connection","id":"con_…","actionId":"act_…"},{"id":"act_…",\
                "type":"reply","text":"Hi {{from}}","maxSegments":3,"status":"active","statusReason":null},{"id":"act_…","type":"email",\
                "to":["ops@example.com"],"subject":"SMS","text":"{{text}}","status":"active","statusReason":null},{"id":"act_…","type":"webhook",\
                "url":"https://erp.example.com/x","success":["2xx"],"failureWhen":null,"replyFrom":null,"http":null,"expiresAfter":null,"metadata":{},\
                "payload":{"include":[]},"signatureHeader":"X-MAC-Signature","signing":true,"status":"active","statusReason":null}],\
                "continue":true,"version":1,"createdAt":"<time>","updatedAt":"<time>"}],"next":null}""");
        assertThat(bytes(tenant.post("/v1/rules/test", "{\"message\":{\"from\":\"1900\",\"text\":\"bal\"}}")))
                .isEqualTo("""
                {"matchedRuleId":"rule_…","evaluation":[{"ruleId":"rule_…","name":"Balance","matched":true,\
                "predicates":[{"field":"from","op":"equals","value":"1900","actual":"1900","result":true}]},\
                {"ruleId":"rule_…","name":"Nothing","matched":true,"predicates":[]}],\
                "actions":[{"ruleId":"rule_…","actionId":"act_…","type":"connection","id":"con_…",\
                "name":"SAP é","enabled":true},{"ruleId":"rule_…","actionId":"act_…","type":"reply","to":"1900",\
                "text":"Hi 1900","ref":null,"sim":null,"deviceId":"dev_sample","truncated":false,\
                "encoding":"GSM-7","segments":1,"suppressed":"short-code"},{"ruleId":"rule_…","actionId":"act_…",\
                "type":"email","to":["ops@example.com"],"subject":"SMS","text":"bal","truncated":false},{"ruleId":"rule_…",\
                "actionId":"act_…","type":"webhook","url":"https://erp.example.com/x"}]}""");
    }

    @Test
    void theConfiguration() {
        rule(connection().at("/id"));
        assertThat(bytes(tenant.get("/v1/config"))).isEqualTo("""
                # yaml-language-server: $schema=http://localhost:<port>/v1/config/schema
                version: 1
                webhook:
                  enabled: false
                operations:
                  enabled: false
                guards:
                  quietHours: null
                  help: null
                  languages: null
                  optOutWords: []
                  optInWords: []
                devices: []
                keys:
                  - name: API key
                    scopes:
                      - everything
                connections:
                  - id: con_…
                    name: SAP é
                    connector: webhook
                    outboundUrl: https://erp.example.com/sms
                    when:
                      all:
                        - field: text
                          op: keyword
                          value: balance
                        - not:
                            field: from
                            op: startsWith
                            value: '1900'
                    events: []
                    properties: {}
                    enabled: true
                    redelivery:
                      maxAttempts: 20
                      initialDelay: PT5S
                      multiplier: 4.0
                      maxDelay: PT6H
                      jitter: 0.2
                      timeout: PT8S
                    concurrency: 8
                    ratePerSecond: null
                    ordered: false
                    http:
                      headers: {}
                      auth:
                        type: oauth2
                        tokenUrl: https://erp.example.com/token
                        clientId: id
                        clientSecret: true
                        scope: sms
                        audience: null
                        inBody: false
                        sharesTls: false
                      tls: null
                    success:
                      - '2xx'
                    failureWhen: null
                    replyFrom: null
                    expiresAfter: null
                    metadata: {}
                    payload:
                      include: []
                    signatureHeader: X-MAC-Signature
                    secret: true
                rules:
                  - id: rule_…
                    name: Balance
                    enabled: true
                    priority: 10
                    when:
                      field: from
                      op: equals
                      value: '1900'
                    then:
                      - type: connection
                        id: con_…
                        actionId: act_…
                      - id: act_…
                        type: reply
                        text: Hi {{from}}
                        maxSegments: 3
                      - id: act_…
                        type: email
                        to:
                          - ops@example.com
                        subject: SMS
                        text: '{{text}}'
                      - id: act_…
                        type: webhook
                        url: https://erp.example.com/x
                        secret: true
                    continue: true
                """);
    }

    private Api.Reply connection() {
        return tenant.post("/v1/connections", """
                {"name":"SAP é","outboundUrl":"https://erp.example.com/sms","secret":"whsec_0123456789abcdef",
                 "when":{"all":[{"field":"text","op":"keyword","value":"balance"},
                  {"not":{"field":"from","op":"startsWith","value":"1900"}}]},
                 "http":{"auth":{"type":"oauth2","tokenUrl":"https://erp.example.com/token","clientId":"id",
                  "clientSecret":"s","scope":"sms"}}}""");
    }

    private Api.Reply rule(String connection) {
        return tenant.post("/v1/rules", """
                {"name":"Balance","priority":10,"when":{"field":"from","op":"equals","value":"1900"},"continue":true,
                 "then":[{"type":"connection","id":"%s"},{"type":"reply","text":"Hi {{from}}"},
                  {"type":"email","to":["ops@example.com"],"subject":"SMS","text":"{{text}}"},
                  {"type":"webhook","url":"https://erp.example.com/x","secret":"whsec_fedcba9876543210"}]}""".formatted(connection));
    }

    /** The body, with names in place of what is another one each time. */
    private static String bytes(Api.Reply answer) {
        return answer.text()
                .replaceAll("\\b(con|act|rule)_[a-z0-9]{10,}", "$1_…")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "<time>")
                .replaceAll("localhost:\\d+", "localhost:<port>")
                .replaceAll("whsec_[A-Za-z0-9+/=]{44}", "whsec_…")
                .replaceAll("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", "<pem>");
    }
}
