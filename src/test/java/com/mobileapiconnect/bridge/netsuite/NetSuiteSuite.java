package com.mobileapiconnect.bridge.netsuite;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fake account of NetSuite, and a tenant whose connections lead to it. */
abstract class NetSuiteSuite extends SharedSqliteSuite {

    static final String TOKEN = "\"consumerKey\":\"" + FakeNetSuite.CONSUMER_KEY + "\",\"consumerSecret\":\""
            + FakeNetSuite.CONSUMER_SECRET + "\",\"tokenId\":\"" + FakeNetSuite.TOKEN_ID + "\",\"tokenSecret\":\""
            + FakeNetSuite.TOKEN_SECRET + "\",\"account\":\"1234567-sb1\"";

    Receiver server;
    FakeNetSuite fake;
    Api tenant;
    Api phone;

    @BeforeEach
    void open() {
        server = new Receiver();
        fake = new FakeNetSuite(server.port());
        server.answering(fake);
        tenant = bridge.newTenant().api();
        phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token"));
    }

    @AfterEach
    void close() {
        tenant.deleteConnections();
        server.close();
    }

    String body(String properties) {
        return "{\"name\":\"NetSuite\",\"outboundUrl\":\"" + server.url("")
                + "\",\"connector\":\"netsuite-record\",\"properties\":{" + properties
                + "},\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"timeout\":\"PT5S\"}}";
    }

    String connection(String properties) {
        return tenant.post("/v1/connections", body(properties)).expect(201).at("/id");
    }

    JsonNode delivery(String status) {
        return delivery("balance", status);
    }

    JsonNode delivery(String text, String status) {
        String message = phone.post(
                        "/v1/inbound",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("from", "919876543210")
                                .put("text", text)
                                .toString())
                .expect(202)
                .at("/messages/0/id");
        String path = "/v1/deliveries?messageId=" + message;
        within(20, () -> assertThat(tenant.get(path).at("/data/0/status")).isEqualTo(status));
        return tenant.get(path).json().at("/data/0");
    }

    List<String> methods() {
        return server.requests().stream().map(Receiver.Got::method).toList();
    }
}
