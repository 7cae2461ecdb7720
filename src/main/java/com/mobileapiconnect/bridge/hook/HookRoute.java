package com.mobileapiconnect.bridge.hook;

import org.apache.camel.support.DefaultConsumer;

/** A version of a route that serves HTTP. */
record HookRoute(HookOptions options, DefaultConsumer entry) {

    String name() {
        return options.name();
    }
}
