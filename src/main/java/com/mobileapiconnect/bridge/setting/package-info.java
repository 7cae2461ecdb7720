/** The report of a setting that cannot be used: its name, and how to correct it. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.setting;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
