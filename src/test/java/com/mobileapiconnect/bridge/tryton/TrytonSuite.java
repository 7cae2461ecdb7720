package com.mobileapiconnect.bridge.tryton;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant with a phone, and connections to a Tryton. */
abstract class TrytonSuite extends SharedSqliteSuite {

    static final String HOSTILE =
            "a' OR 1=1 --\r\n\"}],{}]\t\\u0000 \0 <b>&amp;</b> {{text}} {\"__class__\":\"Decimal\"} 👍🏽";
    /** The same in a field of one line; NUL does not come past the door. */
    static final String ONE_LINE =
            HOSTILE.replace("\r\n", " ").replace('\t', ' ').replace('\0', '\uFFFD');

    Api tenant;
    Api phone;

    @BeforeEach
    void pair() {
        tenant = bridge.newTenant().api();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"p\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    @AfterEach
    void unpair() {
        tenant.deleteConnections();
    }

    abstract String url();

    abstract String password();

    String connection(String more) {
        return connection(url(), "demo", FakeTryton.USER, password(), more, "");
    }

    String connection(String url, String database, String user, String password, String more, String redelivery) {
        return tenant.connection(
                url,
                "\"connector\":\"tryton-record\",\"properties\":{\"database\":\"" + database + "\"" + more
                        + "},\"http\":{\"auth\":{\"type\":\"basic\",\"username\":\"" + user
                        + "\",\"password\":\"" + password
                        + "\"}},\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1" + redelivery + "}");
    }

    String send(String text) {
        return phone.post(
                        "/v1/inbound",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("from", "919876543210")
                                .put("text", text)
                                .toString())
                .expect(202)
                .at("/messages/0/id");
    }

    JsonNode delivery(String text, String status) {
        return settled(send(text), status);
    }

    JsonNode settled(String message, String status) {
        String path = "/v1/deliveries?messageId=" + message;
        within(60, () -> {
            JsonNode now = tenant.get(path).json().at("/data/0");
            assertThat(now.path("status").asText()).as("%s", now).isEqualTo(status);
        });
        return tenant.get(path).json().at("/data/0");
    }

    JsonNode findings(String connection) {
        return tenant.tryOut(connection).path("findings");
    }
}
