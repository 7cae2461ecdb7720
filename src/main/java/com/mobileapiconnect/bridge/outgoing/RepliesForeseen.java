package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rulebook.ReplyOutlook;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the guards without queueing anything. Bounds over all of a tenant's replies are left to the moment itself. */
@Component
class RepliesForeseen implements ReplyOutlook {

    private final Guards guards;
    private final OptOutVocabulary vocabulary;
    private final Store store;
    private final Clock clock;

    RepliesForeseen(Guards guards, OptOutVocabulary vocabulary, Store store, Clock clock) {
        this.guards = guards;
        this.vocabulary = vocabulary;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public @Nullable String suppression(InboundMessage message) {
        Customer customer = new Customer(message.tenantId(), message.from(), message.region());
        String refusal = guards.ofNumber(customer);
        if (refusal != null) {
            return refusal;
        }
        OptOutWord said = vocabulary.of(message.tenantId()).in(message.text());
        return said == OptOutWord.STOP
                ? OptOuts.OPTED_OUT
                : store.read(message.tenantId(), sql -> ofHistory(sql, customer, said))
                        .orElse(null);
    }

    private Optional<String> ofHistory(JdbcClient sql, Customer customer, OptOutWord said) {
        Instant now = clock.instant();
        return Optional.ofNullable(
                said == OptOutWord.START ? guards.ofReplies(sql, customer, now) : guards.ofHistory(sql, customer, now));
    }
}
