/** Documents in ERPNext and other systems made with Frappe: the connector {@code erpnext-communication}. */
@MayUse({"delivery", "destination", "erp", "fault", "secret", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.frappe;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
