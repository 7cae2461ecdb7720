/** The event-driven HTTP/1.1 client: any number of calls under way, none of which holds a thread. */
@MayUse({"http", "setting", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.client;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
