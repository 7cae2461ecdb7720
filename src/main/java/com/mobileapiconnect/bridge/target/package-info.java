/** Where deliveries go: the forward-all webhook and the ERP connections, with their policy and state. */
@NullMarked
package com.mobileapiconnect.bridge.target;

import org.jspecify.annotations.NullMarked;
