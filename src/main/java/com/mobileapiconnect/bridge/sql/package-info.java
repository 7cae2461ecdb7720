/** The system of {@code sql-insert}: deliveries as rows of a table. */
@MayUse({"delivery", "destination", "erp", "fault", "resource"})
@NullMarked
package com.mobileapiconnect.bridge.sql;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
