/** HTTP in routes: what comes to {@code /hooks/…} enters the route of an integrator that begins with {@code hook:…}. */
@MayUse({"api", "entry", "intake", "setting", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.hook;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
