/** Pages for people: the phone's page. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
