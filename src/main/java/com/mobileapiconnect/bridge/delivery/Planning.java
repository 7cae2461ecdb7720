package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of a message that is being accepted.
 *
 * @param planned those that its row names, and that have no row of their own yet
 * @param others  those that get rows with it
 */
public record Planning(List<Delivery> planned, List<Delivery> others) {

    public static final Planning NOTHING = new Planning(List.of(), List.of());

    /** Returns what the message's row says of them; null for nothing. */
    public @Nullable String text() {
        return planned.isEmpty() ? null : PlanText.of(planned);
    }

    /** Returns the same for the message as it is stored. */
    public Planning of(StoredMessage stored) {
        return new Planning(of(planned, stored), of(others, stored));
    }

    private static List<Delivery> of(List<Delivery> deliveries, StoredMessage stored) {
        List<Delivery> ofStored = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            ofStored.add(delivery.of(stored));
        }
        return ofStored;
    }
}
