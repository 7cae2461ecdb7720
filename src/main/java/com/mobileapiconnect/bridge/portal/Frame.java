package com.mobileapiconnect.bridge.portal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The things around the content of every page.
 *
 * @param session null where nobody has signed in
 * @param place   the link of the navigation that is shown as the present one; null for none
 * @param notice  what was done just now, as a key of the bundles; null for nothing
 */
record Frame(
        Texts texts,
        @Nullable Session session,
        @Nullable Place place,
        String title,
        @Nullable String notice) {

    String t(String key, Object... values) {
        return texts.get(key, values);
    }

    String formToken() {
        return session == null ? "" : session.formToken();
    }

    /** Returns a number of its own for each form that is drawn, by which one that is sent twice is known; none for nobody. */
    String formNumber() {
        return session == null ? "" : SentForms.number();
    }

    List<Place> places() {
        if (session == null) {
            return List.of();
        }
        boolean all = session.ofOperator();
        return Arrays.stream(Place.values())
                .filter(each -> each != Place.ACCOUNT && (all || !each.ofOperator()))
                .toList();
    }

    /** Returns the frame with another notice. */
    Frame noticing(String key) {
        return new Frame(texts, session, place, title, key);
    }

    Frame titled(String key) {
        return new Frame(texts, session, place, texts.has(key) ? texts.get(key) : key, notice);
    }
}
