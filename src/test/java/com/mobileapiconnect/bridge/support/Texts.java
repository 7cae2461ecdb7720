package com.mobileapiconnect.bridge.support;

import com.fasterxml.jackson.databind.node.TextNode;

/** Texts that break things which interpret what they should only carry. */
public final class Texts {

    public static final String UGLY = "emoji \uD83D\uDE00\uD83C\uDDEE\uD83C\uDDF3 quotes \"'` ${sys:user.home} ${body}"
            + " {{env:HOME}} {{intake.accept}} #{1+1} line\u2028sep\u2029 \\u0041 <b>&amp;</b> %s \u200F\u05E9\u05DC\u05D5\u05DD"
            + " '; drop table message; -- \t\r\n end";

    private Texts() {}

    /** Returns the text as a string of JSON, in its quotes. */
    public static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
