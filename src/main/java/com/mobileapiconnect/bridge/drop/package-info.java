/** The system of {@code file-drop}: deliveries as files, or as lines of a file. */
@MayUse({"delivery", "erp", "fault", "resource", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.drop;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
