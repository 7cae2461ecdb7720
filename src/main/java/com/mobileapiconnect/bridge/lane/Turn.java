package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;

/** A delivery that is to be called now, and the place that was taken for the call. */
record Turn(Delivery delivery, Place place) {}
