/** The pipeline, loaded from the YAML in routes/. */
@MayUse({"delivery", "message", "rule", "setting"})
@NullMarked
package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
