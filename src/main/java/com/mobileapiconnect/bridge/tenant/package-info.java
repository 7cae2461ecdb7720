/** Tenants, their API keys, and who is calling. */
@NullMarked
package com.mobileapiconnect.bridge.tenant;

import org.jspecify.annotations.NullMarked;
