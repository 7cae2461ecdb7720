/** Records in Tryton, over its JSON-RPC: the connector {@code tryton-record}. */
@MayUse({"delivery", "destination", "erp", "fault", "secret", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.tryton;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
