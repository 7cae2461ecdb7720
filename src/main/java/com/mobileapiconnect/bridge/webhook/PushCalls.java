package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.gateway.Push;
import com.mobileapiconnect.bridge.outgoing.PushClient;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Pushes SMS through the client that makes all outbound calls. */
@Component
class PushCalls implements PushClient {

    private final HttpCalls http;
    private final Tenants tenants;
    private final Clock clock;

    PushCalls(HttpCalls http, Tenants tenants, Clock clock) {
        this.http = http;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public Outcome call(String tenantId, Push.Call push, Duration timeout) {
        HttpCall call = new HttpCall(
                tenantId,
                null,
                Networks.of(tenants, tenantId),
                System.nanoTime() + timeout.toNanos(),
                WebhookSender.KEPT_BYTES);
        try {
            if (push instanceof Push.Post post) {
                http.post(call, post.url(), post.headers(), post.body(), post.contentType());
            } else {
                http.get(call, push.url(), push.headers());
            }
        } catch (Exception e) {
            return failed(call, e);
        }
        return AnswerVerdict.of(call, Answers.DEFAULT, clock);
    }

    private Outcome failed(HttpCall call, Exception failure) {
        HttpCall.Answer answer = call.answer();
        if (answer != null && answer.status() / 100 == 2) {
            return new Outcome.Delivered(Evidence.ok(answer.status(), answer.body()));
        }
        Outcome outcome = AnswerVerdict.of(call, failure, Answers.DEFAULT, clock);
        return !call.wasConnected() && outcome instanceof Outcome.Retry retry
                ? retry.with(Evidence.failure(
                        ErrorClass.CONNECT, String.valueOf(retry.evidence().error())))
                : outcome;
    }
}
