/** Records in Odoo: the connector {@code odoo-record}. */
@MayUse({"delivery", "destination", "erp", "fault", "secret", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.odoo;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
