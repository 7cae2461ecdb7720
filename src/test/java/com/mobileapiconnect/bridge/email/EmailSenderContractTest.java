package com.mobileapiconnect.bridge.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.Sender;
import com.mobileapiconnect.bridge.delivery.SenderContract;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.thread.Workers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailSenderContractTest extends SenderContract {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id: *(\\S+)");

    private final CamelContext camel = new DefaultCamelContext();
    private final ScriptedSmtp smtp = new ScriptedSmtp(EmailSenderContractTest::answer);
    private EmailSender sender;

    private static @Nullable String answer(String line) {
        if (line.startsWith("EHLO")) {
            return "250-scripted\r\n250 AUTH PLAIN";
        } else if (line.startsWith("AUTH")) {
            return "235 welcome";
        } else if (line.startsWith("RCPT") && line.contains("hangs@")) {
            return "";
        }
        return line.startsWith("RCPT") && line.contains("refuses@") ? "554 " + line + " no".repeat(300) : null;
    }

    @BeforeEach
    void start() {
        camel.start();
        sender = new EmailSender(
                SmtpServer.of(
                                smtp.url().replace("//", "//bridge:" + secret() + "@"),
                                "ERP Bridge <bridge@acme.example>")
                        .orElseThrow(),
                () -> camel,
                Clock.systemUTC(),
                new Workers(8),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        sender.destroy();
        camel.stop();
        smtp.close();
    }

    @Override
    protected Sender sender() {
        return sender;
    }

    @Override
    protected Target target(Behaviour receiver, Duration timeout) {
        return SampleTarget.reached("ten_1", Target.Reach.by("email"), timeout);
    }

    @Override
    protected byte[] body(Behaviour receiver) {
        String to = receiver.name().toLowerCase(Locale.ROOT) + "@acme.example";
        return "{\"to\":[\"%s\"],\"subject\":\"s\",\"text\":\"t\"}"
                .formatted(to)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected List<String> taken() {
        return smtp.mails().stream()
                .map(mail -> MESSAGE_ID
                        .matcher(mail)
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1))
                .toList();
    }

    @Override
    protected String secret() {
        return "a-password-that-nobody-sees";
    }

    @Override
    protected @Nullable Duration asksToWait() {
        return null; // SMTP has no such answer
    }

    @Override
    protected int held() {
        return smtp.conversations();
    }

    @Test
    void thePasswordIsUsed() throws Exception {
        whatTheReceiverTakesIsDelivered();
        String auth = "AUTH PLAIN ";
        assertThat(smtp.inTheClear())
                .filteredOn(line -> line.startsWith(auth))
                .extracting(line ->
                        new String(Base64.getDecoder().decode(line.substring(auth.length())), StandardCharsets.UTF_8))
                .singleElement(STRING)
                .endsWith("\0bridge\0" + secret());
    }

    @Override
    protected void closeSender() {
        sender.destroy();
    }
}
