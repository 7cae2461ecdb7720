package com.mobileapiconnect.bridge.portal;

import org.jspecify.annotations.Nullable;

/** The pages below one link of the navigation. */
interface PortalPage {

    Place place();

    /** Returns where it is, which for most is where the link leads. */
    default String path() {
        return place().path();
    }

    Reply show(Visit visit);

    /** Does what a form asks for. */
    default Reply act(Visit visit) {
        return show(visit);
    }

    /** Returns all of the list that the page shows a part of; null where there is none. */
    default @Nullable Csv<?> table(Visit visit) {
        return Lists.of(place(), visit);
    }
}
