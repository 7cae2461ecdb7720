package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.Sender;
import com.mobileapiconnect.bridge.delivery.SenderContract;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.thread.Workers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class EmailSenderContractTest extends SenderContract {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id: *(\\S+)");

    private final CamelContext camel = new DefaultCamelContext();
    private final ScriptedSmtp smtp = new ScriptedSmtp(line -> line.startsWith("RCPT")
            ? line.contains("hangs@") ? "" : line.contains("refuses@") ? "554 " + "no ".repeat(100) : null
            : null);
    private EmailSender sender;

    @BeforeEach
    void start() {
        camel.start();
        sender = new EmailSender(
                SmtpServer.of(smtp.url(), "ERP Bridge <bridge@acme.example>").orElseThrow(),
                camel,
                Clock.systemUTC(),
                new Workers(8));
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
        return SampleTarget.without(
                "email", "act_test", "ten_1", new RedeliveryPolicy(20, timeout, 4, timeout, 0.2, timeout));
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
    protected void closeSender() {
        sender.destroy();
    }
}
