package com.mobileapiconnect.bridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a trusted proxy a caller's address is the one that the proxy names, and nobody else's word counts. */
class ForwardedAddressTest {

    private static final String WRONG = "sk_live_wrong-0123456789-0123456789-0123";

    @TempDir
    Path data;

    private static Api.Reply from(String address, Api caller, String path, String method) {
        return caller.send(caller.request(path)
                .header("X-Forwarded-For", address)
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}")));
    }

    @Test
    void allowancesAndTheAuditLogGoByTheForwardedAddress() {
        try (RunningBridge bridge = RunningBridge.start(
                data, "bridge.access.wrong-keys-per-minute=3", "bridge.connection.trusted-proxies=127.0.0.0/8")) {
            Api wrong = bridge.nobody().as(WRONG);
            assertThat(IntStream.range(0, 10).map(i -> from("203.0.113.5", wrong, "/v1/messages", "GET")
                            .status()))
                    .startsWith(401)
                    .contains(429);
            assertThat(IntStream.range(0, 3).map(i -> from("198.51.100." + i, wrong, "/v1/messages", "GET")
                            .status()))
                    .as("one of them may share the slot")
                    .contains(401);

            from("10.9.9.9, 203.0.113.5", bridge.tenant(), "/v1/keys", "POST").expect(201);
            assertThat(bridge.tenant().get("/v1/audit").at("/data/0/address")).isEqualTo("203.0.113.5");
        }
    }

    @Test
    void whatACallerSaysOfItselfIsNotBelieved() {
        try (RunningBridge bridge = RunningBridge.start(data)) {
            from("203.0.113.5", bridge.tenant(), "/v1/keys", "POST").expect(201);

            assertThat(bridge.tenant().get("/v1/audit").at("/data/0/address")).isEqualTo("127.0.0.1");
        }
    }
}
