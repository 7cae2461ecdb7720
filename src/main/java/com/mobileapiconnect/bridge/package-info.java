/** ERP Bridge: the application and its wiring. */
@NullMarked
package com.mobileapiconnect.bridge;

import org.jspecify.annotations.NullMarked;
