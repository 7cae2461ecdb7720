/** Resources: what the operator names for routes, so that no route holds an address or a password. */
@MayUse("setting")
@NullMarked
package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
