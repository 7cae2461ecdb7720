/** Records in Oracle NetSuite, over SuiteTalk REST: the connector {@code netsuite-record}. */
@MayUse({"delivery", "destination", "erp", "fault", "secret", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.netsuite;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
