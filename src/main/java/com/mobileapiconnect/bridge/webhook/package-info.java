/** The sender of signed JSON over HTTP. */
@NullMarked
package com.mobileapiconnect.bridge.webhook;

import org.jspecify.annotations.NullMarked;
