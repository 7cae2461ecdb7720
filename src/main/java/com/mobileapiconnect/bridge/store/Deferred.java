package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;

/**
 * Rows that are written later than what they follow from, so that each is written once. A crash loses none, because what
 * they follow from is stored. Every query finds them written, and so does every unit but those of {@link
 * Store#writeKnowing}.
 */
public interface Deferred {

    /** A store without such rows. */
    Deferred NOTHING = new Deferred() {
        @Override
        public boolean any() {
            return false;
        }

        @Override
        public void write(Transaction tx) {
            // there is nothing
        }
    };

    /** Returns whether any are not written yet. */
    boolean any();

    /** Writes all of them, as this transaction sees them. */
    void write(Transaction tx) throws SQLException;
}
