/** How a setting that cannot be used is reported: by its name, with what to write instead. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.setting;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
