/** The sender of e-mail over SMTP. */
@MayUse({"connector", "delivery", "message", "secret", "setting", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
