/** The pipeline: routes in YAML, checked and replaced while they run. */
@MayUse({"api", "delivery", "entry", "mapping", "message", "plugin", "rule", "setting", "store", "tenant", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
