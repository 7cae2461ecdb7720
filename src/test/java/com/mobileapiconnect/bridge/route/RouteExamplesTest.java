package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.route.ExampleBridge.json;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The examples of docs/routes.md do what the page says, as they are written there; RouteExamplesIT has those with Kafka. */
@OnBothDatabases
class RouteExamplesTest {

    private static final List<String> EXAMPLES =
            List.of("customers", "ledger", "no-tests", "night", "mailbox", "tapped", "orders");
    private static final String CUSTOMER = "919876543210";

    private static ExampleBridge example;
    private static GreenMail mail;

    @BeforeDatabase
    static void start(Database database) throws IOException, SQLException {
        Path directory = Files.createTempDirectory("examples");
        ServerSetup[] servers = {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        };
        for (ServerSetup server : servers) {
            server.setServerStartupTimeout(60_000);
        }
        mail = new GreenMail(servers);
        mail.start();
        mail.setUser("sms@acme.example", "sms", "secret");
        String erp = "jdbc:sqlite:" + directory.resolve("erp.db");
        try (Connection connection = DriverManager.getConnection(erp);
                Statement statement = connection.createStatement()) {
            statement.execute("create table customer (id integer, name text, phone text)");
            statement.execute("insert into customer values (7, 'Acme \"Tools\" Ltd', '" + CUSTOMER + "')");
        }
        example = new ExampleBridge(directory, database);
        example.connect("customers", "bill", "");
        example.connect("ledger", "note", "");
        example.connect("no-tests", "ping", "");
        example.connect("tapped", "tap", "");
        example.connect("orders", "order", "");
        example.mail("night", "alarm", "day@acme.example");
        String smtp = "127.0.0.1:" + mail.getSmtp().getPort();
        example.run(
                EXAMPLES,
                "bridge.resource.databases=erp=" + erp,
                "bridge.smtp.url=smtp://" + smtp,
                "bridge.mail.from=bridge@acme.example",
                "route.mail=" + smtp,
                "route.mailbox=127.0.0.1:" + mail.getImap().getPort(),
                "route.mailbox-user=sms",
                "route.mailbox-password=secret");
    }

    @AfterDatabase
    static void stop() {
        example.close();
        mail.stop();
    }

    private static void delivered(String name, String body) {
        eventually(() -> assertThat(example.got(name)).contains(json(body)));
    }

    private static void becomes(String name, String message, String status) {
        eventually(
                () -> assertThat(example.delivery(name, message).path("status").asText())
                        .isEqualTo(status));
    }

    @Test
    void theErpGetsTheCustomerOfItsOwnTable() {
        example.sms(CUSTOMER, "bill please");
        delivered("customers", """
                {"phone":"919876543210","text":"bill please","customer":7,"name":"Acme \\"Tools\\" Ltd"}""");

        example.sms("917777777777", "bill of a stranger");
        delivered("customers", """
                {"phone":"917777777777","text":"bill of a stranger","customer":null,"name":"unknown"}""");

        example.sms("x' or '1'='1", "bill of an attacker");
        delivered("customers", """
                {"phone":"x' or '1'='1","text":"bill of an attacker","customer":null,"name":"unknown"}""");
    }

    @Test
    void oneConnectionGetsAnotherPayload() {
        example.sms(CUSTOMER, "note " + "x".repeat(200), "2026-06-12T20:32:00.000Z");

        delivered("ledger", """
                {"number":"919876543210","note":"SMS: note %s","reference":null,"day":"2026-06-13"}""".formatted("x".repeat(70)));
    }

    @Test
    void oneSenderIsSkippedForOneErp() {
        String skipped = example.sms("0091 98000-00001", "ping");
        String sent = example.sms(CUSTOMER, "ping");

        becomes("no-tests", skipped, "skipped");
        becomes("no-tests", sent, "delivered");
        assertThat(example.delivery("no-tests", skipped).get("reason").asText()).isEqualTo("monitoring");
        assertThat(example.got("no-tests")).hasSize(1);
    }

    @Test
    void aSecondMailIsSentAtNight() {
        becomes("night", example.sms(CUSTOMER, "alarm by day", "2026-06-12T08:00:00.000Z"), "delivered");
        becomes("night", example.sms(CUSTOMER, "alarm by night \u20ac", "2026-06-12T20:00:00.000Z"), "delivered");

        eventually(() -> assertThat(mails("night@acme.example")).singleElement().satisfies(second -> {
            assertThat(second.getSubject()).isEqualTo("An SMS at night");
            assertThat(second.getContent().toString().strip())
                    .isEqualTo("SMS of " + CUSTOMER + " at night: alarm by night \u20ac");
        }));
        assertThat(mails("day@acme.example")).hasSize(2);
    }

    private static List<MimeMessage> mails(String to) {
        return Stream.of(mail.getReceivedMessages())
                .filter(each -> to(each).equals(to))
                .toList();
    }

    private static String to(MimeMessage message) {
        try {
            return message.getRecipients(Message.RecipientType.TO)[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMailOfTheMailboxIsAnSms() {
        GreenMailUtil.sendTextEmail(
                "sms@acme.example",
                "gateway@acme.example",
                "918888888888",
                "hello \"from\" a mailbox",
                mail.getSmtp().getServerSetup());

        eventually(() -> assertThat(example.messages("918888888888"))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.get("text").asText().strip()).isEqualTo("hello \"from\" a mailbox");
                    assertThat(message.get("deviceId").asText()).isEqualTo(example.device());
                }));
    }

    @Test
    void aCopyOfWhatIsSentIsLogged() {
        Logger log = (Logger) LoggerFactory.getLogger("to-sap");
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        log.addAppender(seen);
        try {
            becomes("tapped", example.sms(CUSTOMER, "tap me"), "delivered");

            eventually(() -> assertThat(List.copyOf(seen.list))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).contains("\"text\":\"tap me\"")));
            assertThat(example.got("tapped")).hasSize(1);
        } finally {
            log.detachAppender(seen);
        }
    }

    @Test
    void theTextIsSplitIntoFields() {
        example.sms(CUSTOMER, "Order 4711  12 Lyon Sud");
        delivered("orders", "{\"order\":4711,\"pieces\":12,\"place\":\"Lyon Sud\"}");

        example.sms(CUSTOMER, "order 4712");
        delivered("orders", "{\"order\":4712,\"pieces\":1,\"place\":null}");

        example.sms(CUSTOMER, "order nothing");
        eventually(() -> assertThat(example.got("orders"))
                .extracting(body -> body.path("text").asText())
                .contains("order nothing"));
    }

    @Test
    void anExampleIsTakenAwayAndPutBackWhileTheBridgeRuns() {
        example.bridge().operator().delete("/v1/routes/ledger").expect(200, 204);
        // what is deleted works off what has entered, for a moment
        eventually(() -> {
            becomes("ledger", example.sms(CUSTOMER, "note without the route"), "delivered");
            assertThat(example.got("ledger"))
                    .anySatisfy(body -> assertThat(body.path("text").asText()).isEqualTo("note without the route"));
        });
        example.bridge()
                .operator()
                .put("/v1/routes/ledger", example.text("ledger"))
                .expect(200);
        becomes("ledger", example.sms(CUSTOMER, "note with the route"), "delivered");

        assertThat(example.got("ledger"))
                .anySatisfy(body -> assertThat(body.path("note").asText()).isEqualTo("SMS: note with the route"));
    }

    @Test
    void othersGoTheirUsualWay() {
        JsonNode hook = example.bridge()
                .tenant()
                .put("/v1/webhooks", "{\"url\":\"" + example.receiver().url("/all") + "\"}")
                .expect(200)
                .json();
        assertThat(hook.get("status").asText()).isEqualTo("active");

        example.sms(CUSTOMER, "to all");

        eventually(() -> assertThat(example.got("all"))
                .extracting(body -> body.path("text").asText())
                .contains("to all"));
    }
}
