package com.mobileapiconnect.bridge.tryton;

import com.mobileapiconnect.bridge.delivery.Outcome;

/** Ends an attempt in which a question that has to come first was not answered. */
final class UnansweredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    UnansweredException(Outcome outcome) {
        super("The system did not answer", null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
