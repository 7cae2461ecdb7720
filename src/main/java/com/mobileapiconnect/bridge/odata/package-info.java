/**
 * Records in services that speak OData 4: the connectors {@code odata4-entity}, {@code olingo4-entity}, {@code dataverse-row}
 * and {@code dynamics-fo-entity}.
 */
@MayUse({"delivery", "destination", "erp", "fault", "secret", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
