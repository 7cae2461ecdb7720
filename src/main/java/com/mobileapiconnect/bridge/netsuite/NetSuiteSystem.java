package com.mobileapiconnect.bridge.netsuite;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Makes a record in NetSuite of each message: the system of {@code netsuite-record}. An upsert by the external id makes no
 * second record, and would undo what people have changed in the first; so one that may have been carried out is asked for
 * before it is sent again.
 */
@Component
@Lazy
class NetSuiteSystem implements ErpSystem {

    /** The most of an answer: a whole record, of which no part can be asked for that is sure to have the external id. */
    private static final int ANSWER_BYTES = 256 << 10;

    private static final String ASKED = "Asked whether the record is there: ";

    /** Two that change a record at once, and too many calls at once, are a matter of time whatever their status is. */
    static final OutcomeTable TABLE = OutcomeTable.of("""
            409 * retry
            4xx RCRD_HAS_BEEN_CHANGED retry
            4xx CONCURRENCY_LIMIT_EXCEEDED retry
            """);

    private final NetSuiteLogin login;
    private final Clock clock;
    private final Workers workers;

    NetSuiteSystem(NetSuiteLogin login, Clock clock, Workers workers) {
        this.login = login;
        this.clock = clock;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "netsuite";
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> sendNow(write));
    }

    private Outcome sendNow(ErpWrite write) {
        NetSuiteAccount account = NetSuiteAccount.of(write.connection());
        if (write.mayBeThere()) {
            Outcome asked = asked(account, write);
            if (asked != null) {
                return asked;
            }
        }
        HttpResult result = call(write, account.upsert(write));
        if (!(result instanceof Answered answer)) {
            return OverHttp.outcome((Failed) result);
        } else if (!answer.isGood()) {
            return failure(answer, write, "");
        }
        return OverHttp.made(answer, write, account.made(answer, write.key()), clock.instant());
    }

    /** Returns the outcome if the record is there, or if nobody says so; null if it is not there. */
    private @Nullable Outcome asked(NetSuiteAccount account, ErpWrite write) {
        HttpResult result = call(write, account.search(write.key()));
        if (!(result instanceof Answered answer)) {
            return OverHttp.outcome((Failed) result);
        } else if (NetSuiteError.isAbsent(answer)) {
            return null;
        } else if (!answer.isGood() && answer.status() != NetSuiteError.NOT_FOUND) {
            return failure(answer, write, ASKED);
        }
        ExternalRecord found = account.found(AnswerJson.read(answer.body()), write.key());
        if (found != null) {
            return new Outcome.Delivered(Evidence.ok(answer.status(), "The record was there already"), false, found);
        }
        String words = ASKED + "the answer has no record with the delivery's external id";
        return Verdict.UNKNOWN.outcome(new SystemAnswer(answer.status(), words, answer.body()));
    }

    private HttpResult call(ErpWrite write, HttpRequest request) {
        return login.call(
                write.connection(),
                request,
                new TargetCalls.Bounds(write.attempt().deadlineNanos(), ANSWER_BYTES));
    }

    private Outcome failure(Answered answer, ErpWrite write, String before) {
        String said = NetSuiteError.words(answer);
        return OverHttp.refusal(
                TABLE.verdict(answer.status(), NetSuiteError.code(answer)),
                answer,
                before,
                said == null ? null : SystemWords.without(said, write.fields()),
                answer.body(),
                clock.instant());
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        ErpConnection connection = write.connection();
        ErpRequest shown =
                OverHttp.preview(connection, NetSuiteAccount.of(connection).upsert(write));
        Map<String, String> headers = new LinkedHashMap<>(shown.headers());
        headers.put("Authorization", NetSuiteLogin.shown(connection) + ErpRequest.MASK);
        return new ErpRequest(shown.method(), shown.target(), headers, shown.body());
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        return new NetSuiteTest(login, connection, deadlineNanos).run();
    }
}
