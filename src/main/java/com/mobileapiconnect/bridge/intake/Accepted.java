package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.InboundMessage;

/** @param duplicate the message was there before; nothing else happened */
public record Accepted(InboundMessage message, boolean duplicate) {}
