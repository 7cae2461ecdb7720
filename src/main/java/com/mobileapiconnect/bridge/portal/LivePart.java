package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;

/** The part of a page that changes by itself: the template with the page's name and {@code live} behind it. */
final class LivePart {

    private static final String LIVE = "live";

    private LivePart() {}

    /**
     * Returns the part as it looks now; {@link Answer.Refused} if the page has none.
     *
     * @param frame of no session: what is drawn is for several browsers, whose scripts add the token of their forms
     */
    static String of(Reply reply, Frame frame) {
        if (reply instanceof Reply.Shown shown && Templates.has(shown.template() + LIVE)) {
            return new String(Templates.render(shown.template() + LIVE, frame, shown), StandardCharsets.UTF_8);
        }
        throw Answer.Refused.with(HttpServletResponse.SC_NOT_ACCEPTABLE);
    }
}
