/** The sender of e-mail over SMTP. */
@NullMarked
package com.mobileapiconnect.bridge.email;

import org.jspecify.annotations.NullMarked;
