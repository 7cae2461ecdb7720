package com.mobileapiconnect.bridge.odata;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Delivered;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Rejected;
import com.mobileapiconnect.bridge.delivery.Outcome.Retry;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Where camel-olingo4 misroutes, hangs or lies by itself, and does not here. */
class OlingoTrapsTest extends SharedSqliteSuite {

    private static final String PROPERTIES = "{\"entitySet\":\"Sms\",\"key\":\"ID\",\"fields\":{}}";
    private static final String FIELDS = "{\"text\":\"what the SMS says\"}";
    private static final int LARGE = 200 << 20;
    private static final String SECRET_TEXT = "what only the customer knows";
    private static final String PASSWORD = "open-sesame-81";

    private Receiver service;
    private final String id = "dlv_" + System.nanoTime();

    @BeforeEach
    void open() {
        service = new Receiver();
    }

    @AfterEach
    void close() {
        service.close();
    }

    private Attempts to(Receiver receiver) {
        return Attempts.of(bridge, "olingo4", receiver.url("/odata"), PROPERTIES);
    }

    private Attempts posted(Function<Receiver.Got, Answer> answer) {
        service.answering(got -> FakeService.isMetadata(got)
                ? FakeService.metadata()
                : got.method().equals("POST") ? answer.apply(got) : Answer.of(404));
        return to(service);
    }

    @Test
    void connectionsAtOnceEachReachTheirOwnServiceWithTheirOwnCredentials() {
        List<Receiver> services = List.of(service, new Receiver(), new Receiver());
        List<CompletableFuture<Outcome>> calls = new ArrayList<>();
        services.forEach(
                each -> each.answering(got -> FakeService.isMetadata(got) ? FakeService.metadata() : Answer.of(201)));
        for (int i = 0; i < 24; i++) {
            calls.add(to(services.get(i % 3)).as("user" + i % 3, "p").begin(id + i, FIELDS));
        }
        assertThat(calls).allSatisfy(call -> assertThat(Attempts.end(call)).isInstanceOf(Delivered.class));
        for (int i = 0; i < 3; i++) {
            assertThat(services.get(i).requests("/odata/Sms")).hasSize(8);
            assertThat(services.get(i).requests().stream()
                            .map(got -> got.header("Authorization"))
                            .distinct())
                    .hasSize(1);
        }
        services.get(1).close();
        services.get(2).close();
    }

    @Test
    void aRedirectIsNoSuccessAndIsNotFollowed() {
        Outcome outcome = posted(got -> Answer.of(307, Map.of("Location", service.url("/elsewhere"))))
                .first(id, FIELDS);
        assertThat(outcome).isInstanceOf(Retry.class);
        assertThat(outcome.evidence().httpStatus()).isEqualTo(307);
        assertThat(service.requests("/elsewhere")).isEmpty();
    }

    @Test
    void anAnswerWithoutARecordIsTheRecordOfTheKey() {
        assertThat(posted(got -> Answer.of(204)).first(id, FIELDS))
                .isInstanceOfSatisfying(
                        Delivered.class, done -> assertThat(done.record().id()).isEqualTo(id));
    }

    @Test
    void aLargeAnswerIsCutAndJudgedByItsStatus() {
        try (RawServer large = RawServer.start(peer -> {
            String head = peer.request();
            if (head.startsWith("GET")) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: "
                        + FakeService.METADATA.length() + "\r\n\r\n" + FakeService.METADATA);
                peer.request();
            }
            peer.send("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: " + LARGE + "\r\n\r\n")
                    .endlessly("{\"a\":[".repeat(1000), 0);
        })) {
            assertThat(Attempts.of(bridge, "olingo4", "http://127.0.0.1:" + large.port(), PROPERTIES)
                            .first(id, FIELDS))
                    .isInstanceOf(Delivered.class);
        }
    }

    @Test
    void aServiceThatSaysTooMuchOfItselfIsRefusedInWords() {
        service.answering(got -> new Answer(200, Map.of(), new byte[OlingoCall.LARGEST_METADATA + 1]));
        assertThat(to(service).first(id, FIELDS)).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(
                        rejected.evidence().error())
                .contains("512 KiB", "odata4-entity"));
    }

    /** Descriptions that the library cannot end with: types that are their own base, and ones too deep for a stack. */
    private static Stream<String> descriptions() {
        String ofItself = FakeService.METADATA.replace(
                "<EntityType Name=\"Sms\">", "<EntityType Name=\"Sms\" BaseType=\"desk.Sms\">");
        String inACircle = FakeService.METADATA
                .replace("<EntityType Name=\"Sms\">", "<EntityType Name=\"Sms\" BaseType=\"desk.Other\">")
                .replace("</Schema>", "<EntityType Name=\"Other\" BaseType=\"desk.Sms\"/></Schema>");
        int deep = 15_000;
        String tooDeep = FakeService.METADATA.replace(
                "</Schema>",
                "<Annotations Target=\"desk.Sms\"><Annotation Term=\"x.y\">" + "<Not>".repeat(deep)
                        + "</Not>".repeat(deep) + "</Annotation></Annotations></Schema>");
        return Stream.of(ofItself, inACircle, tooDeep);
    }

    /** More of them than may be stuck: none is, each ends in its time, and no thread is there that was not before. */
    @ParameterizedTest
    @MethodSource("descriptions")
    void anErrorOfTheLibraryEndsOneAttemptAndNoThread(String description) {
        Answer broken = new Answer(
                200, Map.of("Content-Type", "application/xml"), description.getBytes(StandardCharsets.UTF_8));
        service.answering(got -> FakeService.isMetadata(got) ? broken : Answer.of(201));
        Attempts connection = to(service).within(Duration.ofSeconds(60));
        List<CompletableFuture<Outcome>> calls = new ArrayList<>();
        for (int i = 0; i < 2 * Overdue.MOST; i++) {
            calls.add(connection.begin(id + i, FIELDS));
        }
        for (CompletableFuture<Outcome> call : calls) {
            Outcome outcome = Attempts.end(call);
            assertThat(outcome).isInstanceOfAny(Delivered.class, Retry.class);
            if (outcome instanceof Retry) {
                assertThat(outcome.evidence().errorClass())
                        .as(outcome.evidence().error())
                        .isEqualTo(ErrorClass.ANSWER);
            }
        }
        assertThat(posted(got -> Answer.of(201)).first(id, FIELDS)).isInstanceOf(Delivered.class);
        assertThat(connection.first(id, FIELDS)).isInstanceOf(Delivered.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .as("threads of the library's own client")
                .noneMatch(name -> name.contains("I/O dispatcher") || name.contains("reactor"));
    }

    @Test
    void aDripIsEndedByTheTimeOfTheTarget() {
        for (String drip : List.of("GET", "POST")) {
            try (RawServer drips = RawServer.start(peer -> {
                if (!peer.request().startsWith(drip)) {
                    peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: "
                            + FakeService.METADATA.length() + "\r\n\r\n" + FakeService.METADATA);
                    peer.request();
                }
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").endlessly("<", 50);
            })) {
                Outcome outcome = Attempts.of(bridge, "olingo4", "http://127.0.0.1:" + drips.port(), PROPERTIES)
                        .within(Duration.ofSeconds(1))
                        .first(id, FIELDS);
                assertThat(outcome.evidence().errorClass()).as(drip).isEqualTo(ErrorClass.TIMEOUT);
            }
        }
    }

    @Test
    void theWaitThatIsAskedForIsKeptAlsoWithAnAnswerInHtml() {
        Outcome outcome = posted(got -> new Answer(
                        503,
                        Map.of("Retry-After", "420", "Content-Type", "text/html"),
                        "<html><title>Maintenance</title></html>".getBytes()))
                .first(id, FIELDS);
        assertThat(outcome).isInstanceOfSatisfying(Retry.class, retry -> assertThat(retry.after())
                .isEqualTo(Duration.ofMinutes(7)));
        assertThat(outcome.evidence().error()).contains("HTTP 503", "Maintenance");
    }

    @Test
    void thePartsOfJacksonAreOfOneVersion() {
        assertThat(com.fasterxml.jackson.core.json.PackageVersion.VERSION.toString())
                .isEqualTo(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString())
                .isEqualTo(com.fasterxml.jackson.dataformat.xml.PackageVersion.VERSION.toString());
    }

    /** Ways to fail in which services, or the library, repeat what they were sent. */
    private static Map<String, Function<Receiver.Got, Answer>> failures() {
        return Map.of(
                "rejected", got -> FakeService.json(400, got.text()),
                "broken",
                        got -> new Answer(
                                500,
                                Map.of("Content-Type", "text/html"),
                                ("<html><body>" + got.text() + "</body></html>").getBytes(StandardCharsets.UTF_8)),
                "busy", got -> new Answer(503, Map.of("Retry-After", "1"), got.body()),
                "moved", got -> Answer.of(307, Map.of("Location", "/elsewhere?text=" + SECRET_TEXT)),
                "refused", got -> FakeService.json(401, got.text()),
                "no JSON", got -> new Answer(201, Map.of(), ("{" + got.text()).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejected", "broken", "busy", "moved", "refused", "no JSON"})
    void nothingOfAWriteIsLoggedHoweverItFails(String failure) {
        service.answering(got -> FakeService.isMetadata(got)
                ? FakeService.metadata()
                : got.method().equals("POST") ? failures().get(failure).apply(got) : Answer.of(404));
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        root.addAppender(events);
        Level before = root.getLevel();
        root.setLevel(Level.INFO);
        RunningBridge.NewTenant tenant = bridge.newTenant();
        try {
            tenant.api()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"connector\":\"olingo4-entity\",\"outboundUrl\":\""
                                    + service.url("/odata")
                                    + "\",\"http\":{\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\""
                                    + PASSWORD + "\"}},\"properties\":{\"entitySet\":\"Sms\",\"key\":\"ID\","
                                    + "\"fields\":{\"text\":\"{{text}}\"}}}")
                    .expect(201);
            String token = tenant.api()
                    .post("/v1/devices", "{\"name\":\"P\"}")
                    .expect(201)
                    .at("/token");
            String message = tenant.api()
                    .as(token)
                    .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + SECRET_TEXT + "\"}")
                    .expect(202)
                    .at("/messages/0/id");
            eventually(() -> assertThat(tenant.api()
                            .get("/v1/deliveries?messageId=" + message)
                            .at("/data/0/attempts/0/n"))
                    .isEqualTo("1"));
        } finally {
            root.setLevel(before);
            root.detachAppender(events);
            tenant.api().deleteConnections();
        }
        assertThat(service.requests("/odata/Sms")).as("what was sent").anyMatch(got -> got.text()
                .contains(SECRET_TEXT));
        List<ILoggingEvent> lines;
        synchronized (events) { // the appender's own lock: somebody may have begun a line before it was detached
            lines = List.copyOf(events.list);
        }
        assertThat(lines)
                .map(OlingoTrapsTest::all)
                .noneMatch(
                        line -> line.contains(SECRET_TEXT) || line.contains(PASSWORD) || line.contains("919876543210"));
    }

    private static String all(ILoggingEvent event) {
        StringBuilder all = new StringBuilder(event.getFormattedMessage());
        for (IThrowableProxy each = event.getThrowableProxy(); each != null; each = each.getCause()) {
            all.append('\n').append(each.getClassName()).append(": ").append(each.getMessage());
        }
        return all.toString();
    }

    @Test
    void anEntitySetThatIsNotThereIsLookedForAgainByTheNextAttempt() {
        service.answering(got -> FakeService.isMetadata(got)
                ? new Answer(
                        200,
                        Map.of("Content-Type", "application/xml"),
                        FakeService.METADATA
                                .replace("EntitySet Name=\"Sms\"", "EntitySet Name=\"Other\"")
                                .getBytes())
                : Answer.of(201));
        Attempts connection = to(service);
        Outcome outcome = connection.first(id, FIELDS);
        assertThat(outcome).isInstanceOf(Retry.class);
        assertThat(outcome.evidence().error()).contains("entity set");
        posted(got -> Answer.of(201));
        assertThat(connection.first(id, FIELDS)).isInstanceOf(Delivered.class);
    }
}
