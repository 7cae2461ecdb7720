package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Flags.Flag;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The part of acceptance that concerns replies: an answer gets its {@code ref}, and STOP counts once it is
 * acknowledged.
 */
@Component
public class Arrivals {

    private final Refs refs;
    private final OptOuts optOuts;
    private final Help help;
    private final OptOutVocabulary vocabulary;

    Arrivals(Refs refs, OptOuts optOuts, Help help, OptOutVocabulary vocabulary) {
        this.refs = refs;
        this.optOuts = optOuts;
        this.help = help;
        this.vocabulary = vocabulary;
    }

    /** Returns the same messages with ref and flags, before anything is decided about them; may query the store. */
    public List<InboundMessage> prepare(List<InboundMessage> messages) {
        return refs.carry(messages).stream().map(this::flagged).toList();
    }

    /** Applies opt-outs, and answers HELP, in the transaction of a new message. */
    public void accepted(Transaction tx, StoredMessage stored) throws SQLException {
        InboundMessage message = stored.message();
        if (message.flags().has(Flag.OPT_OUT)) {
            optOuts.stop(tx, message, stored.acceptedAt());
        } else if (message.flags().has(Flag.OPT_IN)) {
            if (message.flags().has(Flag.NO_REPLY)) {
                return; // an old START of a backup must not undo a newer STOP
            }
            optOuts.start(tx, new Customer(message.tenantId(), message.from(), message.region()));
        } else {
            help.answer(tx, stored);
        }
    }

    /** Leaves unknown senders alone: one cannot be told from another, and none gets a reply anyway. */
    private InboundMessage flagged(InboundMessage message) {
        Flags flags = message.flags();
        if (flags.has(Flag.SENDER_UNKNOWN) || flags.has(Flag.OPT_OUT) || flags.has(Flag.OPT_IN)) {
            return message; // the provider has decided
        }
        return switch (vocabulary.of(message.tenantId()).in(message.text())) {
            case STOP -> message.withFlag(Flag.OPT_OUT);
            case START -> message.withFlag(Flag.OPT_IN);
            case NONE -> message;
        };
    }
}
