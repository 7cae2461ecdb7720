package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A bridge that runs examples of docs/routes.md, each with a connection, action or device of its own in place of the sample. */
final class ExampleBridge implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Receiver receiver = new Receiver();
    private final Path directory;
    private final String[] settings;
    private final Map<String, String> targets = new TreeMap<>();
    private RunningBridge bridge;
    private String device = "";
    private String token = "";

    /** A bridge without examples, in which what they name can be made. */
    ExampleBridge(Path directory, Database database) {
        this.directory = directory;
        this.settings = database.settings();
        this.bridge = RunningBridge.start(directory.resolve("data"), settings);
        Api.Reply paired = bridge.tenant()
                .post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"}")
                .expect(201);
        device = paired.at("/id");
        token = paired.at("/token");
    }

    /** Makes the connection of an example: it gets the SMS that begin with this word, at a path of the example's name. */
    void connect(String example, String word, String more) {
        targets.put(
                example,
                bridge.tenant()
                        .connection(
                                receiver.url("/" + example),
                                "\"when\":{\"field\":\"text\",\"op\":\"startsWith\",\"value\":\"" + word + "\"}"
                                        + more));
    }

    /** Makes the action of an example: an e-mail about the SMS that begin with this word. */
    void mail(String example, String word, String to) {
        targets.put(
                example,
                bridge.tenant()
                        .post("/v1/rules", """
                                {"name":"R","when":{"field":"text","op":"startsWith","value":"%s"},
                                 "then":[{"type":"email","to":["%s"],"subject":"An SMS","text":"{{text}}"}]}""".formatted(word, to))
                        .expect(201)
                        .at("/then/0/id"));
    }

    /** Starts again with these examples beside, or in place of, the product's routes. */
    void run(List<String> examples, String... more) throws IOException {
        bridge.close();
        Path routes = Files.createDirectories(directory.resolve("routes"));
        for (String own : List.of("accept", "deliver", "errors", "intake")) {
            Files.copy(Path.of("routes", own + ".camel.yaml"), routes.resolve(own + ".camel.yaml"));
        }
        for (String example : examples) {
            Files.writeString(routes.resolve(example + ".camel.yaml"), text(example));
        }
        bridge = RunningBridge.start(
                directory.resolve("data"),
                Stream.of(settings, more, new String[] {"bridge.routes.dir=" + routes})
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    /** The text of an example, with what was made for it in place of what the page names. */
    String text(String example) {
        String target = targets.getOrDefault(example, "");
        return RoutePage.examples()
                .get(example)
                .replace("con_your-connection", target)
                .replace("act_your-action", target)
                .replace("dev_your-phone", device);
    }

    Receiver receiver() {
        return receiver;
    }

    RunningBridge bridge() {
        return bridge;
    }

    String target(String example) {
        return targets.getOrDefault(example, "");
    }

    String device() {
        return device;
    }

    /** A phone brings an SMS; returns the message's id. */
    String sms(String from, String text, String receivedAt) {
        try {
            return bridge.tenant()
                    .as(token)
                    .post(
                            "/v1/inbound",
                            JSON.writeValueAsString(Map.of("from", from, "text", text, "receivedAt", receivedAt)))
                    .expect(202)
                    .at("/messages/0/id");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String sms(String from, String text) {
        return sms(from, text, "2026-06-12T14:32:00.000Z");
    }

    /** What the receiver of an example got, as JSON. */
    List<JsonNode> got(String example) {
        List<JsonNode> got = new ArrayList<>();
        for (Receiver.Got request : receiver.requests("/" + example)) {
            got.add(json(request.text()));
        }
        return got;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** The delivery of a message to the target of an example. */
    JsonNode delivery(String example, String message) {
        return bridge.tenant()
                .get("/v1/deliveries?target=" + target(example) + "&messageId=" + message)
                .expect(200)
                .json()
                .at("/data/0");
    }

    /** The messages that came from a number. */
    JsonNode messages(String from) {
        return bridge.tenant()
                .get("/v1/messages?from=" + from)
                .expect(200)
                .json()
                .get("data");
    }

    @Override
    public void close() {
        bridge.close();
        receiver.close();
    }
}
