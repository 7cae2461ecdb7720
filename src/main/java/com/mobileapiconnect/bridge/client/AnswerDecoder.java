package com.mobileapiconnect.bridge.client;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads answers, and tells whether a receiver has sent more than that. */
final class AnswerDecoder extends HttpResponseDecoder {

    AnswerDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** Returns whether all that has come is part of an answer. Bytes that are left would begin the next answer. */
    boolean isEmpty() {
        return actualReadableBytes() == 0;
    }
}
