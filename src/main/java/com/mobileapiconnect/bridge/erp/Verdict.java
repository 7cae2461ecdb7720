package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;

/** The meaning of a system's answer for the delivery. */
public enum Verdict {
    /** The system has the record. */
    DONE,
    /** The system did not take the delivery now. */
    RETRY,
    /** The system will never take the delivery as it is. */
    REJECTED,
    /** The system may have taken the delivery: the next attempt asks for the key first. */
    UNKNOWN,
    /** The system refused the login: the connection is disabled, because wrong passwords lock accounts. */
    LOGIN;

    /** Returns the outcome of an attempt that was answered so. */
    public Outcome outcome(SystemAnswer answer) {
        return switch (this) {
            case DONE ->
                new Outcome.Delivered(new Evidence(answer.status(), null, null, answer.body()), false, answer.record());
            case RETRY -> new Outcome.Retry(evidence(answer, ErrorClass.HTTP), answer.after());
            case REJECTED -> new Outcome.Rejected(evidence(answer, ErrorClass.SYSTEM));
            case UNKNOWN -> new Outcome.Retry(evidence(answer, ErrorClass.UNKNOWN), answer.after());
            case LOGIN -> new Outcome.LoginRefused(evidence(answer, ErrorClass.LOGIN));
        };
    }

    private static Evidence evidence(SystemAnswer answer, ErrorClass stage) {
        return new Evidence(answer.status(), stage, answer.words(), answer.body());
    }
}
