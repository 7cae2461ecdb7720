/** The conventions of every HTTP resource: problems, field checks, pages, limits. */
@MayUse({"door", "setting", "store", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.api;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
