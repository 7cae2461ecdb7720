/** The sender of signed JSON over HTTP. */
@MayUse({"delivery", "destination", "guard", "outgoing", "secret", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
