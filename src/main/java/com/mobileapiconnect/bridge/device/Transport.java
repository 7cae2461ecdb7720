package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.gateway.TransportValues;

/** The way of an SMS to the device that sends it. */
public sealed interface Transport {

    Transport POLL = new Poll();

    /** The name in the API. */
    String type();

    /** The phone fetches it. */
    record Poll() implements Transport {
        @Override
        public String type() {
            return "poll";
        }
    }

    /** SMS are pushed to the gateway of that name. */
    record Pushed(String gateway, TransportValues settings) implements Transport {
        @Override
        public String type() {
            return gateway;
        }
    }
}
