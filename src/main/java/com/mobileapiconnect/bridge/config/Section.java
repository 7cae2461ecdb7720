package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of the configuration file. The feature that owns what is in it exports, compares and writes it. */
public interface Section {

    Part part();

    /** Returns the part as maps, lists and scalars, without secrets and without what changes by itself. */
    Object export(String tenantId);

    /**
     * Returns a text that is another one after every change of the part.
     *
     * @param tx the unit that asks; null for what is published
     */
    String tag(String tenantId, @Nullable Transaction tx);

    /**
     * Compares the file with what there is, on the caller's thread. Mistakes go to the reading.
     *
     * @param given null if the file leaves the part out, which then stays as it is
     */
    Plan plan(Reading reading, @Nullable JsonNode given);

    /**
     * An entry that changes, as a file has it before and after.
     *
     * @param place in the file
     */
    record Change(String place, Object before, Object after) {}

    /** The changes by which a part becomes as in the file. */
    interface Plan {

        Difference difference();

        /** Returns the entries that change, by their ids; made when somebody asks for it. */
        default Map<String, Change> changes() {
            return Map.of();
        }

        /** Does what takes long, once the whole file is without mistakes. Throws a 422 if it would be too much. */
        default void prepare() {}

        /** Returns whether this unit still sees what the plan was made from. */
        boolean stands(Transaction tx);

        /**
         * Writes the difference as a part of this unit.
         *
         * @param discard also removes what has unfinished deliveries
         * @return the id of the job that ends these deliveries; null if there are none
         */
        @Nullable String write(Transaction tx, boolean discard);

        /** Returns the plan for a part that stays as it is. */
        static Plan none(int unchanged) {
            return new Plan() {
                @Override
                public Difference difference() {
                    return Difference.none(unchanged);
                }

                @Override
                public boolean stands(Transaction tx) {
                    return true;
                }

                @Override
                public @Nullable String write(Transaction tx, boolean discard) {
                    return null;
                }
            };
        }
    }
}
