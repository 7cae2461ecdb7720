package com.mobileapiconnect.bridge.tryton;

import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import java.net.URI;

/**
 * The settings of a connection.
 *
 * @param place where the database is served
 * @param model of the records, like {@code party.party}
 * @param key   the field that gets the delivery's id
 */
record TrytonSettings(Place place, String model, String key) {

    static final String PARTY = "party.party";
    static final String CODE = "code";

    /** @param base the root of the server, without a slash at its end */
    record Place(String base, String database) {

        String host() {
            return String.valueOf(URI.create(base).getRawAuthority());
        }

        /** Returns the address of the calls of Tryton 8. */
        String rpc() {
            return base + "/" + database + "/rpc/";
        }

        /** Returns the address of the calls of older ones. */
        String olderRpc() {
            return base + "/" + database + "/";
        }
    }

    static TrytonSettings of(ErpConnection connection) {
        return new TrytonSettings(
                new Place(connection.root(), connection.text("database", "")),
                connection.text("model", PARTY),
                connection.text("key", CODE));
    }

    /** Returns the name of a method of the model. */
    String call(String method) {
        return "model." + model + "." + method;
    }

    /** Returns whether the system itself keeps two records from having the same key. */
    boolean isUnique() {
        return model.equals(PARTY) && key.equals(CODE);
    }

    /** Returns the record of that number, and its page in the web client. */
    ExternalRecord record(long number) {
        return new ExternalRecord(
                String.valueOf(number), place.base() + "/#" + place.database() + "/model/" + model + "/" + number);
    }
}
