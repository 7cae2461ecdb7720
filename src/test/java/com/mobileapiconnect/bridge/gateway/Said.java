package com.mobileapiconnect.bridge.gateway;

import java.time.Instant;

/** One SMS as an app or provider knows it. */
record Said(String id, String from, String to, String text, Instant at) {}
