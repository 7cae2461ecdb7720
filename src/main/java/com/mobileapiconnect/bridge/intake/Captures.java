package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a request, and those that are bad, where the phone wants the others to be taken all the same. Both are
 * in the order of the request.
 */
record Captures(List<InboundMessage> good, List<Bad> bad) {

    /**
     * A message that is not taken.
     *
     * @param place   its index in the request
     * @param phoneId the phone's own id, as far as there is one
     */
    record Bad(int place, @Nullable String phoneId, List<Problem.FieldError> errors) {}

    static Captures of(List<InboundMessage> good) {
        return new Captures(good, List.of());
    }

    /** Returns the indexes of the good ones in the request. */
    int[] places() {
        int[] places = new int[good.size()];
        int before = 0;
        for (int i = 0; i < places.length; i++) {
            while (before < bad.size() && bad.get(before).place() == i + before) {
                before++;
            }
            places[i] = i + before;
        }
        return places;
    }
}
