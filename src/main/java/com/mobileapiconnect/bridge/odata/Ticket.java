package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that a service has given to be shown with each call.
 *
 * @param cookies all of them, as they go back; null for none
 * @param token   against forgery, which is good together with the cookies alone; null for none
 */
record Ticket(@Nullable String cookies, @Nullable String token) {

    static final Ticket NONE = new Ticket(null, null);
    static final String TOKEN = "X-CSRF-Token";

    private static final int MOST_COOKIES = 50;
    private static final int LONGEST = 16 << 10;

    static Ticket of(Answered answer) {
        List<String> pairs = new ArrayList<>();
        int length = 0;
        for (String cookie : answer.all("set-cookie")) {
            int end = cookie.indexOf(';');
            String pair = (end < 0 ? cookie : cookie.substring(0, end)).strip();
            length += pair.length();
            if (pair.indexOf('=') > 0 && isPlain(pair) && length < LONGEST && pairs.size() < MOST_COOKIES) {
                pairs.add(pair);
            }
        }
        String token = answer.header(TOKEN);
        boolean usable = token != null && token.length() < LONGEST && isPlain(token);
        return new Ticket(pairs.isEmpty() ? null : String.join("; ", pairs), usable ? token : null);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    HttpRequest on(HttpRequest request) {
        if (cookies == null && token == null) {
            return request;
        }
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        if (cookies != null) {
            headers.put("Cookie", cookies);
        }
        if (token != null && request.method() != HttpRequest.Method.GET) {
            headers.put(TOKEN, token);
        }
        return request.with(headers);
    }

    @Override
    public String toString() {
        return "Ticket[…]";
    }
}
