package com.mobileapiconnect.bridge.email;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.support.MailServers;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.Texts;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.tracking.Attempts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E-mail against a real SMTP server, and against one that refuses in every way. */
class EmailSenderTest {

    private static final String FROM = "ERP Bridge <bridge@acme.example>";
    private static final Workers WORKERS = new Workers(8);
    private static CamelContext camel;

    @BeforeAll
    static void start() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stop() {
        camel.stop();
    }

    private static EmailSender sender(String url) {
        return new EmailSender(server(url), () -> camel, Clock.systemUTC(), WORKERS, new SimpleMeterRegistry());
    }

    private static byte[] body(String subject, String text, String... to) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("subject", subject).put("text", text);
        for (String address : to) {
            body.withArray("to").add(address);
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Outcome send(String url, byte[] body) throws Exception {
        EmailSender sender = sender(url);
        try {
            return sender.sendNow(Attempts.of("ten_1", "dlv_0123", "email"), body);
        } finally {
            sender.destroy();
        }
    }

    private static String url(GreenMail mail) {
        return "smtp://127.0.0.1:" + mail.getSmtp().getPort();
    }

    @Test
    void aMailArrivesWithEverybodyInPlainTextAndEscaped() throws Exception {
        GreenMail mail = MailServers.smtp(0);
        try {
            Outcome outcome = send(
                    url(mail), body("SMS from +91 \u0939\u093f", Texts.UGLY, "ops@acme.example", "boss@acme.example"));
            assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
            assertThat(outcome.evidence().body()).contains("2 recipients");
            MimeMessage[] got = mail.getReceivedMessages();
            assertThat(got).hasSize(2);
            assertThat(got[0].getSubject()).isEqualTo("SMS from +91 \u0939\u093f");
            assertThat(got[0].getMessageID()).isEqualTo("<dlv.0123@acme.example>");
            assertThat(got[0].getHeader("From")).containsExactly(FROM);
            assertThat(got[0].getHeader("To")).containsExactly("ops@acme.example, boss@acme.example");
            MimeMultipart parts = (MimeMultipart) got[0].getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative");
            Part plain = parts.getBodyPart(0);
            assertThat(plain.getContentType()).isEqualTo("text/plain; charset=UTF-8");
            assertThat(normalised(plain)).isEqualTo(Texts.UGLY.replace("\t\r\n", "\t\n"));
            assertThat(normalised(parts.getBodyPart(1)))
                    .contains("&lt;b&gt;&amp;amp;&lt;/b&gt;", "white-space:pre-wrap")
                    .doesNotContain("<b>");
        } finally {
            mail.stop();
        }
    }

    private static String normalised(Part part) throws Exception {
        return ((String) part.getContent()).replace("\r\n", "\n");
    }

    @Test
    void nothingOfAnSmsBecomesAHeader() throws Exception {
        GreenMail mail = MailServers.smtp(0);
        try {
            String evil = "hi\r\nBcc: evil@example.com\r\nContent-Type: text/html\r\n\r\n<script>";
            send(url(mail), body(evil, evil, "ops@acme.example"));
            MimeMessage got = mail.getReceivedMessages()[0];
            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(got.getHeader("Bcc")).isNull();
            assertThat(got.getSubject()).isEqualTo(evil.replace("\r", " ").replace("\n", " "));
            List<String> names = new ArrayList<>();
            Collections.list(got.getAllHeaders()).forEach(header -> names.add(header.getName()));
            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "Return-Path",
                            "Received",
                            "Date",
                            "From",
                            "To",
                            "Message-ID",
                            "Subject",
                            "MIME-Version",
                            "Content-Type",
                            "Auto-Submitted");
        } finally {
            mail.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not an address",
                "",
                "a@b, c@d",
                "Boss <boss@acme.example>",
                "a@b\r\nBcc: evil@example.com",
                "group:a@b;"
            })
    void anAddressThatIsNoneIsRefusedBeforeAnybodyIsAsked(String to) throws Exception {
        Outcome outcome = send("smtp://127.0.0.1:1", body("s", "t", "ops@acme.example", to));
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.evidence().error())
                .contains("is not an e-mail address")
                .doesNotContain("\r");
    }

    @Test
    void aServerThatIsDownForAWhileGetsItLater() throws Exception {
        int port = Ports.free();
        EmailSender sender = sender("smtp://127.0.0.1:" + port);
        byte[] body = body("s", "t", "ops@acme.example");
        Outcome down = sender.sendNow(Attempts.of("ten_1", "dlv_0123", "email"), body);
        assertThat(down).isInstanceOf(Outcome.Retry.class);
        assertThat(down.evidence().errorClass()).isEqualTo(ErrorClass.CONNECT);
        GreenMail mail = MailServers.smtp(port);
        try {
            assertThat(sender.sendNow(Attempts.of("ten_1", "dlv_0123", "email"), body))
                    .isInstanceOf(Outcome.Delivered.class);
            assertThat(mail.getReceivedMessages()).hasSize(1);
        } finally {
            mail.stop();
            sender.destroy();
        }
    }

    @Test
    void credentialsAreUsedAndWrongOnesAreTriedAgain() throws Exception {
        GreenMail mail = MailServers.smtp(0);
        try {
            mail.getUserManager().setAuthRequired(true);
            mail.setUser("bridge@acme.example", "bridge", "s/e c:ret");
            byte[] body = body("s", "t", "ops@acme.example");
            String at = "@" + url(mail).substring("smtp://".length());
            assertThat(send("smtp://bridge:s%2Fe%20c%3Aret" + at, body)).isInstanceOf(Outcome.Delivered.class);
            Outcome wrong = send("smtp://bridge:wrong" + at, body);
            assertThat(wrong).isInstanceOf(Outcome.Retry.class);
            assertThat(wrong.evidence().errorClass()).isEqualTo(ErrorClass.SMTP);
        } finally {
            mail.stop();
        }
    }

    @Test
    void laterMeansLaterAndNeverMeansNeverWithTheServersWords() throws Exception {
        for (String command : List.of("MAIL", "RCPT", "DATA")) {
            for (String code : List.of("451 4.7.1 greylisted", "554 5.7.1 spam")) {
                try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.startsWith(command) ? code : null)) {
                    Outcome outcome = send(smtp.url(), body("s", "t", "ops@acme.example"));
                    assertThat(outcome)
                            .as(command + " " + code)
                            .isInstanceOf(code.startsWith("4") ? Outcome.Retry.class : Outcome.Rejected.class);
                    assertThat(outcome.evidence().error()).contains(code);
                    assertThat(outcome.evidence().errorClass()).isEqualTo(ErrorClass.SMTP);
                    assertThat(smtp.mails()).isEmpty();
                }
            }
        }
    }

    @Test
    void oneRecipientThatIsRefusedForGoodDoesNotKeepItFromTheOthers() throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(
                line -> line.startsWith("RCPT") && line.contains("gone@") ? "550 5.1.1 no such user" : null)) {
            Outcome outcome = send(smtp.url(), body("s", "t", "ops@acme.example", "gone@acme.example"));
            assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
            assertThat(outcome.evidence().body()).contains("gone@acme.example: 550 5.1.1 no such user");
            assertThat(smtp.mails()).hasSize(1);
        }
        try (ScriptedSmtp smtp = new ScriptedSmtp(
                line -> line.startsWith("RCPT") && line.contains("full@") ? "452 4.2.2 mailbox full" : null)) {
            assertThat(send(smtp.url(), body("s", "t", "ops@acme.example", "full@acme.example")))
                    .isInstanceOf(Outcome.Retry.class);
            assertThat(smtp.mails()).isEmpty();
        }
    }

    @Test
    void aServerThatHangsIsLeftWhenTheTimeIsUp() throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.startsWith("MAIL") ? "" : null)) {
            EmailSender sender = sender(smtp.url());
            Outcome outcome;
            int seconds = 1;
            do { // on a busy machine a conversation may not even begin within half of a short time
                outcome = sender.sendNow(
                        Attempts.of("ten_1", "dlv_0123", "email", Duration.ofSeconds(seconds)),
                        body("s", "t", "ops@acme.example"));
                seconds *= 4;
            } while (outcome instanceof Outcome.Deferred && seconds < 100);
            sender.destroy();
            assertThat(outcome).isInstanceOf(Outcome.Retry.class);
            assertThat(outcome.evidence().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
            assertThat(outcome.evidence().error()).contains("not done within");
        }
    }

    @Test
    void mailsOfOneTenantThatHangKeepNoOtherTenantsFromTheServer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> {
            if (!line.startsWith("RCPT") || !line.contains("hangs@")) {
                return null;
            }
            await(over);
            return "451 4.3.2 later";
        })) {
            EmailSender sender = sender(smtp.url());
            byte[] hangs = body("s", "t", "hangs@acme.example");
            List<CompletableFuture<Outcome>> hung = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                hung.add(sender.send(Attempts.of("ten_1", "dlv_" + i, "email"), hangs));
            }
            eventually(() -> assertThat(smtp.conversations()).isEqualTo(16));
            List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
            for (int i = 16; i < 20; i++) {
                waiting.add(sender.send(Attempts.of("ten_1", "dlv_" + i, "email", Duration.ofSeconds(1)), hangs));
            }
            assertThat(sender.sendNow(Attempts.of("ten_2", "dlv_b", "email"), body("s", "t", "ops@acme.example")))
                    .isInstanceOf(Outcome.Delivered.class);
            assertThat(waiting.stream().map(CompletableFuture::join))
                    .as("never begun")
                    .allMatch(Outcome.Deferred.class::isInstance);
            assertThat(hung).noneMatch(CompletableFuture::isDone);
            over.countDown();
            assertThat(hung.stream().map(CompletableFuture::join)).allMatch(Outcome.Retry.class::isInstance);
            sender.destroy();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void withoutAServerTheSettingIsNamed() throws Exception {
        Outcome outcome = new EmailSender(null, () -> camel, Clock.systemUTC(), WORKERS, new SimpleMeterRegistry())
                .sendNow(Attempts.of("ten_1", "dlv_0123", "email"), body("s", "t", "ops@acme.example"));
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.evidence().error()).contains("BRIDGE_SMTP_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.com",
                "http://mail.example.com",
                "smtp://",
                "smtp://u:p@ss@host",
                "smtp://host?mail.debug=true"
            })
    void aUrlThatIsNoneIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> SmtpServer.of(url, FROM))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("BRIDGE_SMTP_URL")
                .hasMessageNotContaining("p@ss");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "a@b, c@d"})
    void whomMailsComeFromIsOneAddress(String from) {
        assertThatThrownBy(() -> SmtpServer.of("smtp://host", from)).hasMessageContaining("BRIDGE_MAIL_FROM");
    }

    @Test
    void passwordsDoNotTravelInTheClear() {
        assertThat(server("smtp://u:p@mail.example.com").startTls()).isEqualTo(SmtpServer.StartTls.REQUIRED);
        assertThat(server("smtp://u:p@mail.example.com?starttls=off").startTls())
                .isEqualTo(SmtpServer.StartTls.OFF);
        assertThat(server("smtp://mail.example.com").startTls()).isEqualTo(SmtpServer.StartTls.IF_OFFERED);
        assertThat(server("smtps://mail.example.com").port()).isEqualTo(465);
        assertThat(server("smtp://u:p@mail.example.com").toString())
                .doesNotContain("u:p")
                .doesNotContain("=p,");
    }

    private static SmtpServer server(String url) {
        return SmtpServer.of(url, FROM).orElseThrow();
    }
}
