/** Phone apps and providers of SMS, each in one file for both directions. */
@MayUse({"api", "http", "message", "secret"})
@NullMarked
package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
