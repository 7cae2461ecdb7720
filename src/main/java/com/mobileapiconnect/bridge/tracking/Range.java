package com.mobileapiconnect.bridge.tracking;

/** The part of the list of deliveries that a page is of: ids from one to before another. */
record Range(String notBefore, String before) {}
