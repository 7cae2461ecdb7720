package com.mobileapiconnect.bridge.destination;

import java.util.List;
import java.util.Map;

/** A {@link Form} as the API shows it; a request gives the same fields. */
public record FormView(Map<String, String> metadata, Payload payload, String signatureHeader) {

    /** The fields that the body has beyond the contract's. */
    public record Payload(List<String> include) {

        static Payload of(Form form) {
            return new Payload(
                    form.include().stream().map(Form.Include::wireName).toList());
        }
    }

    public static FormView of(Form form) {
        return new FormView(form.metadata(), Payload.of(form), form.signatureHeader());
    }
}
