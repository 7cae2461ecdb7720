/** What a phone captured: the inbound message, its ids, its numbers and the wire payload. Pure Java. */
@NullMarked
package com.mobileapiconnect.bridge.message;

import org.jspecify.annotations.NullMarked;
