/** Routes looked at from outside: drawn, and tried out with a sample without any effect. */
@MayUse({"api", "delivery", "destination", "device", "lane", "message", "route", "rulebook", "store", "tenant", "thread"
})
@NullMarked
package com.mobileapiconnect.bridge.trial;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
