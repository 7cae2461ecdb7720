/** Records of hospitals and clinics: the connector {@code fhir-communication}. */
@MayUse({"delivery", "erp", "fault", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.fhir;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
