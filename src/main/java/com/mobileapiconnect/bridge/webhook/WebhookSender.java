package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.outbox.Attempt;
import com.mobileapiconnect.bridge.outbox.Outcome;
import com.mobileapiconnect.bridge.outbox.Sender;
import com.mobileapiconnect.bridge.target.Target;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Signed JSON by HTTP POST: the connector {@code webhook}, and the forward-all webhook. */
@Component
class WebhookSender implements Sender {

    private final HttpCalls http;
    private final Tenants tenants;
    private final Clock clock;

    WebhookSender(HttpCalls http, Tenants tenants, Clock clock) {
        this.http = http;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public String connector() {
        return "webhook";
    }

    @Override
    public Outcome send(Attempt attempt, byte[] body) {
        Target target = attempt.target();
        Call call = new Call(
                target.tenantId(),
                tenants.get(target.tenantId()).allowedNetworks(),
                attempt.startNanos() + target.redelivery().timeout().toNanos());
        try {
            http.post(call, url(target), headers(attempt, body), body);
        } catch (Exception e) {
            return Verdict.of(call, e);
        }
        return Verdict.of(call, clock);
    }

    private static URI url(Target target) throws URISyntaxException {
        String url = target.url();
        if (url == null) {
            throw new URISyntaxException("", "The target has no URL");
        }
        return new URI(url);
    }

    private Map<String, String> headers(Attempt attempt, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-MAC-Event", attempt.delivery().event());
        String messageId = attempt.delivery().messageId();
        if (messageId != null) {
            headers.put("X-MAC-Message", messageId);
        }
        headers.put("X-MAC-Delivery", attempt.delivery().id());
        headers.put("X-MAC-Attempt", Integer.toString(attempt.number()));
        Signatures.sign(attempt.target().signing(), attempt.delivery().id(), clock.instant(), body, headers::put);
        return headers;
    }
}
