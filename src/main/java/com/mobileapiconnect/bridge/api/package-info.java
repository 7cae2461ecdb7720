/** The manners that every HTTP resource shares: problems, field checks, pages, limits. */
@MayUse("store")
@NullMarked
package com.mobileapiconnect.bridge.api;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
