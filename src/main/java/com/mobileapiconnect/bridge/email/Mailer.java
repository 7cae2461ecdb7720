package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.thread.FairThreads;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * The SMTP client: a camel-mail endpoint, configured from the server's parts and not from a URI. Whole MIME messages
 * reach it on exchanges without headers, so that no header of a route or an SMS reaches a mail.
 */
final class Mailer implements AutoCloseable {

    private static final int AT_ONCE = 64;
    private static final int WAITING_OF_ONE_TENANT = 256;
    private static final int LONGEST_MILLIS = 30_000;

    private final Supplier<CamelContext> camel;
    private final SmtpServer server;
    private final Session session = Session.getInstance(new Properties());
    private final FairThreads threads;
    private volatile @Nullable Producer producer;

    Mailer(Supplier<CamelContext> camel, SmtpServer server, MeterRegistry metrics) {
        this.camel = camel;
        this.server = server;
        this.threads = new FairThreads("mail", AT_ONCE, WAITING_OF_ONE_TENANT).measuredBy(metrics);
    }

    /** Thrown when the tenant's other mails kept this one from being begun; the server was not asked. */
    static final class NoTurnException extends Exception {
        NoTurnException() {
            super("Too many other mails of this tenant are under way");
        }
    }

    /** Returns a session without a server, for making messages. */
    Session session() {
        return session;
    }

    /**
     * Returns when the server has accepted the mail. The time bounds the whole conversation, including name look-up and
     * waiting for the tenant's turn; a conversation that takes longer is cut off.
     *
     * @throws NoTurnException if the tenant's turn did not come
     * @throws TimeoutException if time ran out
     * @throws Exception from the client
     */
    void send(String tenantId, MimeMessage mime, long nanos) throws Exception {
        Conversation conversation = new Conversation();
        long beginsUntil = System.nanoTime() + nanos / 2;
        FutureTask<@Nullable Void> sending = new FutureTask<>(() -> {
            if (System.nanoTime() - beginsUntil > 0) {
                throw new NoTurnException(); // the time that is left is too short to blame the server
            }
            conversation.run(() -> deliver(mime));
            return null;
        });
        try {
            threads.execute(tenantId, sending);
            sending.get(nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new NoTurnException();
        } catch (TimeoutException e) {
            if (conversation.neverBegins()) {
                throw new NoTurnException();
            }
            cutOff(sending, conversation);
            throw new TimeoutException(
                    "The mail server was not done within " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
        } catch (InterruptedException e) {
            cutOff(sending, conversation);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private static void cutOff(FutureTask<?> sending, Conversation conversation) {
        sending.cancel(true);
        conversation.cutOff();
    }

    private void deliver(MimeMessage mime) throws Exception {
        Exchange exchange = new DefaultExchange(camel.get());
        exchange.getIn().setBody(mime);
        producer().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private Producer producer() throws Exception {
        Producer started = producer;
        return started == null ? start() : started;
    }

    private synchronized Producer start() throws Exception {
        Producer started = producer;
        if (started == null) {
            CamelContext context = camel.get();
            MailEndpoint endpoint = new MailEndpoint("bridge-mail:server", new MailComponent(context), configuration());
            endpoint.setCamelContext(context);
            started = endpoint.createProducer();
            started.start();
            producer = started;
        }
        return started;
    }

    private MailConfiguration configuration() {
        MailConfiguration configuration = new MailConfiguration();
        configuration.configureProtocol(server.protocol());
        configuration.setHost(server.host());
        configuration.setPort(server.port());
        if (server.username() != null) {
            configuration.setUsername(server.username());
        }
        if (server.password() != null) {
            configuration.setPassword(server.password().reveal());
        }
        configuration.setConnectionTimeout(LONGEST_MILLIS);
        configuration.setAdditionalJavaMailProperties(properties());
        return configuration;
    }

    private Properties properties() {
        String prefix = "mail." + server.protocol() + ".";
        Properties properties = new Properties();
        properties.put(prefix + "socketFactory", new Conversation.Sockets());
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "timeout", String.valueOf(LONGEST_MILLIS));
        properties.put(prefix + "connectiontimeout", String.valueOf(LONGEST_MILLIS));
        properties.put(prefix + "writetimeout", String.valueOf(LONGEST_MILLIS));
        properties.put(prefix + "auth", String.valueOf(server.username() != null));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "starttls.enable", String.valueOf(server.startTls() != SmtpServer.StartTls.OFF));
        properties.put(
                prefix + "starttls.required",
                String.valueOf(!server.tls() && server.startTls() == SmtpServer.StartTls.REQUIRED));
        properties.put(prefix + "sendpartial", "false"); // all recipients or none, so that a repeat doubles no mail
        properties.put(prefix + "quitwait", "false");
        return properties;
    }

    @Override
    public void close() {
        threads.close();
    }
}
