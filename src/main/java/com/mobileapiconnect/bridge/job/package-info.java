/** Jobs: long work in small steps, tenants in turn, which goes on after a crash. */
@MayUse({"api", "message", "setting", "store", "tenant", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
