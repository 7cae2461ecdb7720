/** Phone apps and providers of SMS: for each one file that says how it is spoken to, in both directions. */
@MayUse({"api", "http", "message", "secret"})
@NullMarked
package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
