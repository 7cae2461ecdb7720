/** Pages for people: the portal, which is a client of the API within the bridge, and the phone's page. */
@MayUse({"api", "door", "setting", "tenant", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
