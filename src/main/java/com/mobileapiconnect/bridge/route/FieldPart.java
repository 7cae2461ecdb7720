package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;

/** A part of a body that is made of a mapping. */
interface FieldPart {

    /** @throws CannotBeException if a value cannot be what its field has to be */
    JsonNode in(FieldNames names);

    /** Reports a value that cannot be what its field has to be; names the field, and does not say the value. */
    final class CannotBeException extends RuntimeException {
        CannotBeException(String message) {
            super(message);
        }
    }
}
