package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.Learned;
import com.mobileapiconnect.bridge.erp.NoAnswerException;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Makes a record of each message in Odoo: the system of {@code odoo-record}. The record's external id has the delivery's
 * id, so a repeat finds it; as a repeat would also write its values over again, a write that may have been carried out is
 * asked for first.
 */
@Component
@Lazy
class OdooSystem implements ErpSystem {

    private static final String ASKED = "Asked whether the record is there: ";
    /** Parts of what PostgreSQL says of transactions that have met, which an import puts among its messages. */
    private static final List<String> MET = List.of(
            "could not serialize access", "deadlock detected", "could not obtain lock", "transaction is aborted");

    private final TargetCalls calls;
    private final Clock clock;
    private final Workers workers;
    private final Learned<Greeting> greetings;

    OdooSystem(TargetCalls calls, Clock clock, Workers workers, Targets targets) {
        this.calls = calls;
        this.clock = clock;
        this.workers = workers;
        this.greetings = new Learned<>(targets);
    }

    @Override
    public String name() {
        return "odoo";
    }

    private OdooCalls calls(ErpConnection connection, long deadlineNanos) {
        return new OdooCalls(OdooServer.of(connection), calls, connection.target(), deadlineNanos, clock.instant());
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> sendNow(write));
    }

    private Outcome sendNow(ErpWrite write) {
        ErpConnection connection = write.connection();
        OdooCalls odoo = calls(connection, write.attempt().deadlineNanos());
        try {
            Greeting greeting = greetings.of(
                    connection.target(),
                    odoo.deadlineNanos(),
                    () -> odoo.greet(OdooTest.mapped(connection), OdooCalls.LARGEST_MODEL));
            Outcome there = write.mayBeThere() ? asked(odoo, greeting, write) : null;
            Outcome outcome = there == null ? loaded(odoo, greeting, write) : there;
            if (outcome instanceof Outcome.Rejected) {
                greetings.forget(connection.target()); // a field may have become another
            }
            return outcome;
        } catch (NoAnswerException e) {
            return e.outcome();
        }
    }

    private Outcome loaded(OdooCalls odoo, Greeting greeting, ErpWrite write) throws NoAnswerException {
        Row row = Row.of(write.fields(), greeting.types(), write.key());
        Said said = odoo.call(greeting, Method.load(odoo.server().model(), row));
        if (said.isElsewhere()) {
            greetings.forget(write.connection().target());
        }
        JsonNode id = said.result().at("/ids/0");
        if (said.isGood() && id.canConvertToLong() && id.isIntegralNumber()) {
            ExternalRecord record = odoo.server().record(greeting.api(), id.longValue());
            return OverHttp.made(said.answer(), write, record, clock.instant());
        }
        JsonNode messages = said.result().path("messages");
        if (said.isGood() && !said.result().path("ids").isArray() && messages.isArray() && !messages.isEmpty()) {
            String words = words(messages);
            String error = MET.stream().anyMatch(words::contains) ? Said.BUSY : Said.REFUSED;
            return odoo.failure(new Said(said.answer(), error, said.result()), "", hidden(words, write, row));
        }
        String words = said.isGood() ? "the answer is none of an import" : said.words();
        return odoo.failure(said, "", words == null ? null : hidden(words, write, row));
    }

    private static String words(JsonNode messages) {
        List<String> words = new ArrayList<>();
        messages.forEach(each -> {
            String said = SystemWords.of(each.toString(), "/message");
            words.add(said == null ? "no reason" : said);
        });
        return String.join("; ", words);
    }

    private static String hidden(String words, ErpWrite write, Row row) {
        ArrayNode sent = JsonNodeFactory.instance.arrayNode();
        row.values().forEach(sent::add);
        return SystemWords.without(SystemWords.without(words, write.fields()), sent);
    }

    /** Returns the outcome if the record is there, or if nobody says so; null if it is not there. */
    private @Nullable Outcome asked(OdooCalls odoo, Greeting greeting, ErpWrite write) throws NoAnswerException {
        Said said = odoo.call(greeting, Method.reference(write.key()));
        if (said.isElsewhere()) {
            greetings.forget(write.connection().target());
        }
        if (isAbsent(said, write.key())) {
            return null;
        } else if (!said.isGood()) {
            return odoo.failure(said, ASKED, said.words());
        }
        JsonNode id = said.result().path(1);
        if (!said.result().path(0).asText().equals(odoo.server().model())) {
            return Verdict.UNKNOWN.outcome(new SystemAnswer(
                    said.answer().status(),
                    ASKED + "the answer names no record of " + odoo.server().model(),
                    null));
        }
        // False: a record that the login may not see.
        return new Outcome.Delivered(
                Evidence.ok(said.answer().status(), "The record was there already"),
                false,
                id.canConvertToLong() ? odoo.server().record(greeting.api(), id.longValue()) : null);
    }

    private static boolean isAbsent(Said said, String key) {
        String words = "builtins.ValueError".equals(said.error()) ? said.words() : null;
        return words != null && (words.contains("External ID not found") || words.contains(key));
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        OdooServer server = OdooServer.of(write.connection());
        Greeting known = greetings.known(write.connection().target());
        Api api = known != null
                ? known.api()
                : server.only() == null ? server.hasKey() ? Api.JSON_2 : Api.JSON_RPC : server.only();
        Map<String, String> types = known == null ? Map.of("description", "html") : known.types();
        Row row = Row.of(write.fields(), types, write.key());
        return OverHttp.preview(
                write.connection(),
                server.masked().request(api, known == null ? 0 : known.uid(), Method.load(server.model(), row)));
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        return OdooTest.of(calls(connection, deadlineNanos), connection);
    }
}
