/** Settings: the bounds of their values, the names near to a wrong one, and the report of one that cannot be used. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.setting;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
