package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.TenantAssault.Call;
import com.mobileapiconnect.bridge.support.Api;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The attacks of a siege, each with the numbers that once stopped a bridge. Names that begin with {@code silent} have to be
 * those that nobody answers for.
 */
final class Assaults {

    private static final String NUMBER = "919800000000";
    private static final int GATEWAYS = 60;
    private static final String CONNECTION =
            "{\"name\":\"c#\",\"outboundUrl\":\"%s\",\"redelivery\":{\"timeout\":\"PT30S\"}}";

    private Assaults() {}

    static List<Assault> all(URI url, Api operator) {
        return List.of(
                HeldConnections.bodies(url),
                HeldConnections.unread(url),
                of("heavy-calls", 320, operator, Assaults::heavyCalls),
                of("trees", 40, operator, Assaults::trees),
                of("connections", 2, operator, Assaults::connections),
                of("actions", 2, operator, Assaults::actions),
                of("costly-rules", 4, operator, Assaults::costlyRules),
                of("gateways", GATEWAYS, operator, Assaults::gateways),
                of("names", 2, operator, Assaults::names));
    }

    private static Assault of(String name, int callers, Api operator, Function<BadTenant, List<Call>> setUp) {
        return new TenantAssault(name, callers, BadTenant.open(operator, name), setUp);
    }

    /** Nearly all callers try a receiver out that hangs; the others ask for what goes over many rows. */
    private static List<Call> heavyCalls(BadTenant by) {
        String id = by.tenant()
                .post("/v1/connections", CONNECTION.formatted(by.hangingUrl("/hangs")))
                .expect(201)
                .at("/id");
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            calls.add(() -> by.tenant().post("/v1/connections/" + id + "/test"));
        }
        calls.add(() -> by.tenant().post("/v1/rules/replay", "{}"));
        calls.add(() -> by.tenant().post("/v1/deliveries/replay", "{\"target\":\"" + id + "\"}"));
        calls.add(() -> by.tenant().post("/v1/erase", "{\"number\":\"" + NUMBER + "\"}"));
        calls.add(() -> by.phone().post("/v1/inbound", backlog(500, "x")));
        return calls;
    }

    private static List<Call> trees(BadTenant by) {
        byte[] capture = bytes("{\"from\":\"1\",\"text\":\"t\",\"y\":[" + "{},".repeat(340_000) + "{}]}");
        byte[] zeros = bytes("rules: [" + "0,".repeat(2_600_000) + "0]");
        byte[] number = bytes("version: " + "9".repeat(1 << 20));
        byte[] comment = bytes("#".repeat(8 << 20));
        return List.of(
                () -> by.phone().post("/v1/inbound", capture),
                () -> by.phone().post("/v1/inbound", capture),
                () -> by.phone().post("/v1/inbound", capture),
                () -> by.phone().post("/v1/inbound", capture),
                () -> config(by, zeros),
                () -> config(by, number),
                () -> config(by, comment));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Api.Reply config(BadTenant by, byte[] yaml) {
        return by.tenant().send(by.tenant().request("/v1/config").PUT(HttpRequest.BodyPublishers.ofByteArray(yaml)));
    }

    private static List<Call> connections(BadTenant by) {
        by.make(1_000, "/v1/connections", CONNECTION.formatted("http://127.0.0.1:9/closed"));
        return List.of(() -> by.phone().post("/v1/inbound", backlog(500, "x")));
    }

    private static List<Call> actions(BadTenant by) {
        String action = "{\"type\":\"webhook\",\"url\":\"http://127.0.0.1:9/closed\"}";
        by.make(
                1_000,
                "/v1/rules",
                "{\"name\":\"r#\",\"continue\":true,\"then\":[" + (action + ",").repeat(19) + action + "]}");
        return List.of(() -> by.phone().post("/v1/inbound", backlog(100, "x")));
    }

    /** As many rules as the budget allows, each with two expressions that nothing shares and no letter can rule out. */
    private static List<Call> costlyRules(BadTenant by) {
        String atoms = "a?".repeat(200);
        int rules = by.make(100, "/v1/rules", """
                {"name":"r#","continue":true,"then":[],"when":{"any":[{"field":"text","op":"regex","value":"%1$s[b#]"},
                {"field":"text","op":"regex","value":"%1$s[c#]"}]}}""".formatted(atoms));
        if (rules == 0 || rules == 100) {
            throw new IllegalStateException(rules + " costly rules were taken, so they are none, or have no budget");
        }
        return List.of(() -> by.phone().post("/v1/inbound", backlog(4, "a".repeat(10_000))));
    }

    private static List<Call> gateways(BadTenant by) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < GATEWAYS; i++) {
            Api.Reply device = by.tenant().post("/v1/devices", """
                    {"name":"g","transport":{"type":"android-sms-gateway","url":"%s","username":"u","password":"p"}}""".formatted(by.hangingUrl("/message")));
            String sms = "{\"to\":\"%s\",\"text\":\"t\",\"deviceId\":\"%s\"}"
                    .formatted(NUMBER, device.expect(201).at("/id"));
            calls.add(() -> by.tenant().post("/v1/messages", sms));
        }
        return calls;
    }

    private static List<Call> names(BadTenant by) {
        by.make(100, "/v1/connections", CONNECTION.formatted("https://silent-#.example.com/"));
        return List.of(() -> by.phone().post("/v1/inbound", backlog(1, "x")));
    }

    private static String backlog(int messages, String text) {
        String message = "{\"from\":\"" + NUMBER + "\",\"text\":\"" + text + "\"}";
        return "{\"messages\":[" + (message + ",").repeat(messages - 1) + message + "]}";
    }
}
