package com.mobileapiconnect.bridge.gateway;

import java.util.List;

/**
 * A phone app or a provider of SMS, as a bean. The interfaces below that a gateway implements say what it can do;
 * everything that is particular to it stands in its one file.
 */
public interface Gateway {

    /** The name in the API: of a device's {@code adapter}, and of its {@code transport}'s type. */
    String name();

    /** A gateway that SMS to customers are pushed to. */
    interface Pushing extends Gateway {

        /** The settings of a device's transport, in the order in which they are read and shown. */
        List<Setting> settings();

        /** Says how the SMS is handed over; must not call anybody itself. */
        Push push(Sms sms, Settings settings);

        /** Whether an answer with this status, which is no 2xx, says that the gateway had this SMS before. */
        default boolean hadBefore(int status) {
            return false;
        }
    }
}
