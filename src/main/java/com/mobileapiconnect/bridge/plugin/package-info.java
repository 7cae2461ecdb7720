/** Plugins: jars that the operator puts beside the bridge, with Camel components, JDBC drivers and beans in them. */
@MayUse({"api", "connector", "delivery", "setting", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.plugin;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
