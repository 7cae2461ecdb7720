/** Faults of networks, logins and fields, in words for people who can mend them. */
@MayUse("message")
@NullMarked
package com.mobileapiconnect.bridge.fault;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
