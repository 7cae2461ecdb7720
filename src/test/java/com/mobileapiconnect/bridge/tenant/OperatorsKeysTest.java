package com.mobileapiconnect.bridge.tenant;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The operator sees a tenant's keys and revokes them; who did it, and from where, is in the audit log. */
class OperatorsKeysTest extends SharedBridgeSuite {

    private final Api operator = bridge.operator();
    private final String id =
            operator.post("/v1/tenants", "{\"name\":\"T\"}").expect(201).at("/id");
    private final Api.Reply key =
            operator.post("/v1/tenants/" + id + "/keys", "{\"name\":\"CI\"}").expect(201);
    private final Api tenant = operator.as(key.at("/key"));

    private String keys() {
        return "/v1/tenants/" + id + "/keys";
    }

    @Test
    void theListNamesTheKeysAndShowsNone() {
        String other = operator.post("/v1/tenants", "{\"name\":\"O\"}").at("/id");
        operator.post("/v1/tenants/" + other + "/keys").expect(201);
        tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201);

        Api.Reply list = operator.get(keys()).expect(200);
        assertThat(list.json().findValuesAsText("id")).containsExactly(key.at("/id"));
        assertThat(list.text()).contains("CI").doesNotContain(key.at("/key"));
    }

    @Test
    void aRevokedKeyIsUnknownAtOnceEvenTheLastOne() {
        tenant.get("/v1/keys").expect(200);
        operator.delete(keys() + "/" + key.at("/id")).expect(204);

        tenant.get("/v1/keys").expect(401);
        assertThat(operator.get(keys()).json().get("data")).isEmpty();
        operator.delete(keys() + "/" + key.at("/id")).expect(404);
        operator.as(operator.post(keys()).expect(201).at("/key"))
                .get("/v1/keys")
                .expect(200);
    }

    @Test
    void aKeyOfAnotherTenantOrOfAPhoneIsNotRevokedByThisPath() {
        String other = operator.post("/v1/tenants", "{\"name\":\"O\"}").at("/id");
        operator.delete("/v1/tenants/" + other + "/keys/" + key.at("/id")).expect(404);
        operator.get("/v1/tenants/ten_unknown/keys").expect(404);
        operator.delete("/v1/tenants/ten_unknown/keys/" + key.at("/id")).expect(404);

        tenant.get("/v1/keys").expect(200);
    }

    @Test
    void theAuditLogSaysFromWhereEachChangeCame() {
        tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201);
        operator.patch("/v1/tenants/" + id, "{\"name\":\"U\"}").expect(200);

        assertThat(tenant.get("/v1/audit").json().findValuesAsText("address"))
                .hasSize(4)
                .containsOnly("127.0.0.1");
        assertThat(operator.get("/v1/operator/audit?limit=1")
                        .json()
                        .at("/data/0/action")
                        .asText())
                .isEqualTo("tenant.update");
    }

    @Test
    void theQueryOfAUrlIsNotInTheAuditLog() {
        String url = "https://erp.example.com/sms?token=s3cret";
        String connection = tenant.post("/v1/connections", "{\"name\":\"C\",\"outboundUrl\":\"" + url + "\"}")
                .expect(201)
                .at("/id");
        tenant.put("/v1/connections/" + connection, "{\"name\":\"C\",\"outboundUrl\":\"" + url + "2\"}")
                .expect(200);
        tenant.put("/v1/webhooks", "{\"url\":\"" + url + "\"}").expect(200);
        tenant.post("/v1/webhooks/pause").expect(200);

        assertThat(tenant.get("/v1/audit").text())
                .contains("https://erp.example.com/sms?…")
                .doesNotContain("s3cret");
    }

    private static List<ILoggingEvent> copyOf(ListAppender<ILoggingEvent> lines) {
        synchronized (lines) { // the appender's own lock
            return List.copyOf(lines.list);
        }
    }

    @Test
    void theQueryOfAUrlIsNotInTheLogWhateverBecomesOfTheCall() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger attempts = (Logger) LoggerFactory.getLogger("bridge.attempts");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        root.addAppender(lines);
        attempts.setLevel(Level.INFO);
        try (Receiver receiver = new Receiver().answering(500)) {
            operator.patch("/v1/tenants/" + id, "{\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                    .expect(200);
            for (String url : List.of(receiver.url("/c"), "http://127.0.0.1:1/", "http://no-such-name.invalid/")) {
                tenant.post("/v1/connections", "{\"name\":\"C\",\"outboundUrl\":\"" + url + "?token=s3cret\"}")
                        .expect(201);
            }
            String phone =
                    tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
            tenant.as(phone)
                    .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}")
                    .expect(202);
            eventually(() -> assertThat(copyOf(lines))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains("outcome=Retry"))
                    .hasSizeGreaterThanOrEqualTo(3));
            assertThat(receiver.requests().get(0).path()).contains("s3cret");
        } finally {
            attempts.setLevel(Level.WARN);
            root.detachAppender(lines);
        }
        assertThat(copyOf(lines))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("s3cret"));
    }
}
