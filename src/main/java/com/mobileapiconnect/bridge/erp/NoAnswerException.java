package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.fault.Fault;

/** Reports that a system did not say what was asked, and what that means. */
public final class NoAnswerException extends Exception {

    private final transient Outcome outcome;
    private final transient Fault fault;

    /**
     * @param outcome for the delivery
     * @param fault   for the test of the connection
     */
    public NoAnswerException(Outcome outcome, Fault fault) {
        super(fault.words(), null, false, false); // an expected answer: no stack trace to build
        this.outcome = outcome;
        this.fault = fault;
    }

    public Outcome outcome() {
        return outcome;
    }

    public Fault fault() {
        return fault;
    }
}
