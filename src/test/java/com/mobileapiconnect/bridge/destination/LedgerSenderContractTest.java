package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.Sender;
import com.mobileapiconnect.bridge.delivery.SenderContract;
import com.mobileapiconnect.bridge.destination.LedgerConnector.LedgerSender;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sender that holds no thread keeps to the contract too. */
class LedgerSenderContractTest extends SenderContract {

    private final LedgerSender sender = new LedgerSender();

    @Override
    protected Sender sender() {
        return sender;
    }

    @Override
    protected Target target(Behaviour receiver, Duration timeout) {
        TargetProperties properties = new TargetProperties(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("table", receiver.name().toLowerCase(Locale.ROOT)),
                Map.of("password", new Redacted(secret())));
        Target.Reach reach = new Target.Reach("ledger", null, properties, HttpOptions.NONE, Signing.NONE);
        return SampleTarget.reached("ten_1", reach, timeout);
    }

    @Override
    protected byte[] body(Behaviour receiver) {
        return "{\"text\":\"%s\"}".formatted("long ".repeat(1000)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected List<String> taken() {
        return sender.taken;
    }

    @Override
    protected String secret() {
        return "a-password-that-nobody-sees";
    }

    @Override
    protected Duration asksToWait() {
        return LedgerSender.LATER;
    }

    @Override
    protected int held() {
        return sender.open.size();
    }

    @Override
    protected void closeSender() {
        sender.open.forEach(call ->
                call.complete(new Outcome.Retry(Outcome.Evidence.failure(Outcome.ErrorClass.CONNECT, "Closed"), null)));
    }
}
