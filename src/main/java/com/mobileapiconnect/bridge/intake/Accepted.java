package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.InboundMessage;

/** @param duplicate whether the message is a repeat, of which nothing else follows */
public record Accepted(InboundMessage message, boolean duplicate) {}
