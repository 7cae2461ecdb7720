package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.mapping.Values;

/**
 * A delivery to write.
 *
 * @param fields     mapped and typed; empty if the connector has no mapping
 * @param body       the payload, after the steps of the route
 * @param values     of the names in a connection's templates
 * @param mayBeThere whether an attempt before this one may have made the record: ask for the key first
 */
public record ErpWrite(
        ErpConnection connection, Attempt attempt, ObjectNode fields, byte[] body, Values values, boolean mayBeThere) {

    /** A write of which nothing is known but the number of its attempt. */
    public ErpWrite(ErpConnection connection, Attempt attempt, ObjectNode fields, byte[] body) {
        this(connection, attempt, fields, body, name -> null, attempt.number() > 1);
    }

    /** Returns the id of the delivery: the same on every attempt, and the key of the record. */
    public String key() {
        return attempt.delivery().id();
    }

    ErpWrite with(byte[] newBody) {
        return new ErpWrite(connection, attempt, fields, newBody, values, mayBeThere);
    }
}
