/** Resources: databases, brokers and folders that the operator names, so that neither tenants nor routes hold an address or a password. */
@MayUse({"api", "config", "message", "secret", "setting", "store", "tenant", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
