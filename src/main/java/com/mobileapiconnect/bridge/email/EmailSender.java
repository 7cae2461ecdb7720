package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.BlockingSender;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.thread.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * The sender of the connector {@code email}. A server that is unavailable or answers 4xx gets the mail later; a mail
 * that it refuses for good (5xx) fails with the server's words. A recipient refused for good does not keep the mail
 * from the others.
 */
final class EmailSender extends BlockingSender implements DisposableBean {

    private final @Nullable SmtpServer server;
    private final @Nullable Mailer mailer;
    private final Clock clock;

    /**
     * @param server null refuses every e-mail, naming the setting
     * @param camel  asked with the first mail
     */
    EmailSender(
            @Nullable SmtpServer server,
            Supplier<CamelContext> camel,
            Clock clock,
            Workers workers,
            MeterRegistry metrics) {
        super(workers);
        this.server = server;
        this.mailer = server == null ? null : new Mailer(camel, server, metrics);
        this.clock = clock;
    }

    @Override
    public String connector() {
        return "email";
    }

    /** @param body {@code {"to":["a@b"],"subject":"…","text":"…"}} */
    @Override
    protected Outcome sendNow(Attempt attempt, byte[] body) throws IOException {
        if (server == null || mailer == null) {
            return rejected(
                    ErrorClass.ROUTE,
                    "E-mail is not set up: the operator sets BRIDGE_SMTP_URL and" + " BRIDGE_MAIL_FROM");
        }
        Mail mail;
        try {
            mail = Mail.read(body);
        } catch (Mail.BadMailException e) {
            return rejected(ErrorClass.ROUTE, String.valueOf(e.getMessage()));
        }
        List<InternetAddress> recipients = new ArrayList<>(mail.to());
        List<String> remarks = new ArrayList<>();
        while (true) {
            Refusal refusal;
            try {
                refusal = refusal(mailer, server.from(), mail, recipients, attempt);
            } catch (Mailer.NoTurnException e) {
                return Outcome.Deferred.because(String.valueOf(e.getMessage()));
            }
            if (refusal == null) {
                return delivered(server, recipients.size(), remarks);
            }
            Evidence evidence = Evidence.failure(refusal.errorClass(), refusal.words());
            if (!refusal.forGood()) {
                return new Outcome.Retry(evidence, null);
            }
            remarks.add(refusal.words());
            boolean some = recipients.removeIf(to -> refusal.addresses().contains(to.getAddress()));
            if (!some || recipients.isEmpty()) {
                return new Outcome.Rejected(Evidence.failure(refusal.errorClass(), String.join("; ", remarks)));
            }
            // No recipient has it yet: the server was asked for all or none.
        }
    }

    private @Nullable Refusal refusal(
            Mailer open, InternetAddress from, Mail mail, List<InternetAddress> recipients, Attempt attempt)
            throws Mailer.NoTurnException {
        try {
            String messageId = messageId(attempt.delivery(), from);
            open.send(
                    attempt.delivery().tenantId(),
                    mail.toMime(open.session(), from, recipients, messageId, clock.instant()),
                    attempt.deadlineNanos() - System.nanoTime());
            return null;
        } catch (Mailer.NoTurnException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.of(e);
        } catch (Exception e) {
            return Refusal.of(e);
        }
    }

    /**
     * Returns an id that is the same on every attempt, so that a repeat can be recognised; a replay by a person is
     * another mail.
     */
    private static String messageId(Delivery delivery, InternetAddress from) {
        String address = from.getAddress();
        String grant = delivery.grantedFrom() == 0 ? "" : "." + delivery.grantedFrom();
        return "<dlv." + Ids.rest(delivery.id()) + grant + "@" + address.substring(address.indexOf('@') + 1) + ">";
    }

    private static Outcome delivered(SmtpServer server, int recipients, List<String> remarks) {
        String taken =
                "taken by " + server.host() + " for " + recipients + (recipients == 1 ? " recipient" : " recipients");
        String refused = remarks.isEmpty() ? "" : "; refused for " + String.join("; ", remarks);
        return new Outcome.Delivered(new Evidence(null, null, null, taken + refused));
    }

    private static Outcome rejected(ErrorClass errorClass, String why) {
        return new Outcome.Rejected(Evidence.failure(errorClass, why));
    }

    @Override
    public void destroy() {
        if (mailer != null) {
            mailer.close();
        }
    }
}
