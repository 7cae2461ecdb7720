/** Requests as any HTTP API wants them: the connector {@code http-request}. */
@MayUse({"delivery", "destination", "erp", "fault", "http", "mapping", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.request;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
